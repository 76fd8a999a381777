import { child, childOfType, type SyntaxNode } from "../syntax/syntax-node.ts";
import { lowerClass } from "./java-classes.ts";
import { lowerBareMethod, typeName } from "./java-scopes.ts";
import { type Lowering, lowerAll, placeOf, textOf } from "./lowering.ts";
import type { Argument, Expression, Place } from "./nodes.ts";

export function lowerInvocation(lowering: Lowering, node: SyntaxNode): Expression {
  const [object, name] = [child(node, "object"), child(node, "name")];
  const place = placeOf(lowering, node);
  const given = lowerAll(lowering, child(node, "arguments")?.children ?? []);
  if (name === undefined) return { ...place, kind: "sequence", expressions: given };
  if (object === undefined) return callOf(place, lowerBareMethod(lowering, name), given);
  const receiver = lowering.lowerExpression(lowering, object);
  const property = textOf(lowering, name);
  const known = KNOWN.get(property)?.({ place, receiver, given });
  // A chain over many lines is marked where the method's name stands.
  const here = { ...place, endLine: name.endLine };
  return known ?? callOf(place, { ...here, kind: "member", object: receiver, property }, given);
}

type Invocation = { place: Place; receiver: Expression; given: Expression[] };

/** Methods of the standard library that other languages have an operator for. */
const KNOWN = new Map<string, (invocation: Invocation) => Expression | null>([
  ["equals", comparison],
  ["equalsIgnoreCase", comparison],
  [
    "get",
    ({ place, receiver, given }) => {
      const [index] = given;
      const isPosition = index?.kind === "literal" && typeof index.value === "number";
      return isPosition ? { ...place, kind: "index", object: receiver, index } : null;
    },
  ],
  ["matches", wholeMatch],
  ["asList", listOf],
  ["of", listOf],
]);

function comparison({ place, receiver, given }: Invocation): Expression | null {
  const [other] = given;
  if (other === undefined || given.length > 1) return null;
  return { ...place, kind: "operation", operator: "==", operands: [receiver, other] };
}

/** `P.matcher(x).matches()` is `P.fullmatch(x)`. */
function wholeMatch({ place, receiver, given }: Invocation): Expression | null {
  if (receiver.kind !== "call" || receiver.callee.kind !== "member" || receiver.callee.property !== "matcher")
    return null;
  const [text] = receiver.arguments;
  if (text === undefined || given.length > 0) return null;
  return callOf(place, { ...place, kind: "member", object: receiver.callee.object, property: "fullmatch" }, [
    text.value,
  ]);
}

const COLLECTIONS = new Set(["Arrays", "List", "Set", "ImmutableList", "ImmutableSet"]);

function listOf({ place, receiver, given }: Invocation): Expression | null {
  if (receiver.kind !== "name" || !COLLECTIONS.has(receiver.name)) return null;
  return { ...place, kind: "list", elements: given };
}

export function callOf(place: Place, callee: Expression, given: Expression[], isNew = false): Expression {
  const plain: Argument[] = given.map((value) => ({ name: null, value, isSpread: false }));
  return { ...place, kind: "call", callee, arguments: plain, isNew };
}

const LISTS = new Set(["ArrayList", "LinkedList", "Vector", "HashSet", "LinkedHashSet", "ArrayDeque", "Stack"]);
const MAPS = new Set(["HashMap", "LinkedHashMap", "TreeMap", "Hashtable", "ConcurrentHashMap"]);

/** `new Type(…)`; a collection of the standard library is what the literal of other languages is. */
export function lowerCreation(lowering: Lowering, node: SyntaxNode): Expression {
  const place = placeOf(lowering, node);
  const type = child(node, "type");
  const name = type === undefined ? "" : typeName(lowering, type);
  const given = lowerAll(lowering, child(node, "arguments")?.children ?? []);
  const body = childOfType(node, "class_body");
  if (body !== undefined) {
    const nameless: Expression = { ...place, kind: "class", class: lowerClass(lowering, body) };
    const created = callOf(place, { ...place, kind: "name", name }, given, true);
    return { ...place, kind: "sequence", expressions: [nameless, created] };
  }
  if (given.length === 0 && LISTS.has(name)) return { ...place, kind: "list", elements: [] };
  if (given.length === 0 && MAPS.has(name)) return { ...place, kind: "record", entries: [] };
  return callOf(place, { ...place, kind: "name", name }, given, true);
}
