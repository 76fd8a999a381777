import { child, childOfType, childrenOf, type SyntaxNode } from "../syntax/syntax-node.ts";
import { classScope, functionScope, membersOf, typeName } from "./java-scopes.ts";
import { deeper, type Lowering, lowerAll, lowerBlock, placeOf, type Scope, sequenceOf, textOf } from "./lowering.ts";
import type { ClassNode, Expression, FunctionNode, Parameter, Statement } from "./nodes.ts";

export const CLASS_DECLARATIONS = new Set([
  "class_declaration",
  "interface_declaration",
  "enum_declaration",
  "record_declaration",
]);
const CONSTRUCTORS = new Set(["constructor_declaration", "compact_constructor_declaration"]);

/** A class, behind the classes inside of it: they are known by their bare name all over the file. */
export function lowerClassStatement(lowering: Lowering, node: SyntaxNode): Statement[] {
  const nested = membersOf(node).filter(({ type }) => CLASS_DECLARATIONS.has(type));
  return deeper(
    lowering,
    () => [
      ...nested.flatMap((inner) => lowerClassStatement(lowering, inner)),
      { ...placeOf(lowering, node), kind: "class" as const, class: lowerClass(lowering, node) },
    ],
    () => [],
  );
}

/** A class of any form, also the nameless one behind `new Type() { … }`. */
export function lowerClass(lowering: Lowering, node: SyntaxNode): ClassNode {
  const name = child(node, "name");
  const className = name === undefined ? "" : textOf(lowering, name);
  const members = membersOf(node);
  return within(lowering, classScope(lowering, node, className), () => ({
    ...placeOf(lowering, node),
    name: name === undefined ? null : className,
    bases: basesOf(lowering, node),
    decorators: annotationsOf(lowering, node),
    methods: [
      ...recordConstructor(lowering, node),
      ...members.flatMap((member) => lowerMethod(lowering, member, node)),
    ],
    body: members.flatMap((member) => lowerMember(lowering, member)),
  }));
}

function within<Result>(lowering: Lowering, scope: Scope, lower: () => Result): Result {
  lowering.scopes.push(scope);
  try {
    return lower();
  } finally {
    lowering.scopes.pop();
  }
}

function basesOf(lowering: Lowering, node: SyntaxNode): Expression[] {
  const base = child(node, "superclass")?.children[0];
  return base === undefined ? [] : [{ ...placeOf(lowering, base), kind: "name", name: typeName(lowering, base) }];
}

/** Methods without a body, as interfaces have them, say nothing of what is done. */
function lowerMethod(lowering: Lowering, node: SyntaxNode, owner: SyntaxNode): FunctionNode[] {
  const isConstructor = CONSTRUCTORS.has(node.type);
  const [name, body] = [child(node, "name"), child(node, "body")];
  if ((node.type !== "method_declaration" && !isConstructor) || name === undefined || body === undefined) return [];
  const lower = () => ({
    ...lowerFunction(lowering, node, body),
    name: isConstructor ? "constructor" : textOf(lowering, name),
    decorators: answersText(lowering, node, owner),
    isMethod: true,
  });
  return deeper(
    lowering,
    () => [lower()],
    () => [],
  );
}

/** A method's, a constructor's or a lambda's parameters and body. */
export function lowerFunction(lowering: Lowering, node: SyntaxNode, body: SyntaxNode): FunctionNode {
  return within(lowering, functionScope(lowering, node), () => ({
    ...placeOf(lowering, node),
    name: null,
    parameters: lowerParameters(lowering, child(node, "parameters")),
    decorators: [],
    body: lowering.lowerBody(lowering, body),
    isMethod: false,
  }));
}

/**
 * A method's annotations. Only text that is sent as it is can carry a script, so `ResponseBody` stands before the
 * methods that requests reach and that send text, also where the class says so, and before no others.
 */
function answersText(lowering: Lowering, method: SyntaxNode, owner: SyntaxNode): Expression[] {
  const annotations = annotationsOf(lowering, method);
  const isSent = [...annotations, ...annotationsOf(lowering, owner)].some((annotation) =>
    ["ResponseBody", "RestController"].includes(annotationName(annotation)),
  );
  const isReached = annotations.some((annotation) => REACHED.test(annotationName(annotation)));
  const others = annotations.filter((annotation) => annotationName(annotation) !== "ResponseBody");
  const type = child(method, "type");
  const typeText = type === undefined ? "" : textOf(lowering, type);
  const isWrapped = /^ResponseEntity<\s*String\b/u.test(typeText);
  const isPage =
    /^(?:String|Response)$/u.test(typeText) && [method, owner].some((node) => producesPages(lowering, node));
  const isText = isSent && /^String\b/u.test(typeText);
  if (!isReached || !(isText || isWrapped || isPage)) return others;
  return [{ ...placeOf(lowering, method), kind: "name", name: "ResponseBody" }, ...others];
}

const REACHED = /Mapping$|^ExceptionHandler$|^(?:GET|POST|PUT|DELETE|PATCH)$/u;

/** Whether JAX-RS is told that a method, or all of a class, answers with pages. */
function producesPages(lowering: Lowering, node: SyntaxNode): boolean {
  const annotations = (childOfType(node, "modifiers")?.children ?? []).map((each) => textOf(lowering, each));
  return annotations.some((text) => /^@Produces\b.*html/isu.test(text));
}

function annotationName(annotation: Expression): string {
  if (annotation.kind === "call") return annotationName(annotation.callee);
  return annotation.kind === "name" ? annotation.name : "";
}

/** `@A(b = c)` is a call with named arguments. */
function annotationsOf(lowering: Lowering, node: SyntaxNode): Expression[] {
  const annotations = (childOfType(node, "modifiers")?.children ?? []).filter(({ type }) => /annotation$/u.test(type));
  return annotations.map((annotation): Expression => {
    const place = placeOf(lowering, annotation);
    const name = child(annotation, "name");
    const callee: Expression = {
      ...place,
      kind: "name",
      name: name === undefined ? "" : typeName(lowering, name),
    };
    const given = (child(annotation, "arguments")?.children ?? []).map((argument) => {
      const [key, value] = [child(argument, "key"), child(argument, "value") ?? argument];
      const lowered = lowering.lowerExpression(lowering, value);
      return { name: key === undefined ? null : textOf(lowering, key), value: lowered, isSpread: false };
    });
    return { ...place, kind: "call", callee, arguments: given, isNew: false };
  });
}

function lowerParameters(lowering: Lowering, node: SyntaxNode | undefined): Parameter[] {
  if (node === undefined) return [];
  // `x -> …`
  const parameters = node.type === "identifier" ? [node] : node.children;
  return parameters.filter(({ type }) => type !== "receiver_parameter").map((each) => lowerParameter(lowering, each));
}

function lowerParameter(lowering: Lowering, node: SyntaxNode): Parameter {
  const name = child(node, "name") ?? child(childOfType(node, "variable_declarator") ?? node, "name") ?? node;
  const type = child(node, "type");
  return {
    target: { ...placeOf(lowering, name), kind: "variable", name: textOf(lowering, name) },
    name: textOf(lowering, name),
    annotation: type === undefined ? null : typeName(lowering, type),
    decorators: annotationsOf(lowering, node),
    fallback: null,
    isRest: node.type === "spread_parameter",
    isField: false,
  };
}

/** A record stores what it is given. */
function recordConstructor(lowering: Lowering, node: SyntaxNode): FunctionNode[] {
  if (node.type !== "record_declaration") return [];
  const parameters = lowerParameters(lowering, child(node, "parameters")).map((parameter) => ({
    ...parameter,
    isField: true,
  }));
  return [{ ...placeOf(lowering, node), name: "constructor", parameters, decorators: [], body: [], isMethod: true }];
}

/** What a class body runs: field initialisers, blocks, and the instances of an enum. */
function lowerMember(lowering: Lowering, node: SyntaxNode): Statement[] {
  switch (node.type) {
    case "field_declaration":
    case "constant_declaration":
      return childrenOf(node, "declarator").flatMap((declarator) => lowerField(lowering, node, declarator));
    case "static_initializer":
      return node.children.flatMap((block) => lowerBlock(lowering, block));
    case "block":
      return lowerBlock(lowering, node);
    case "method_declaration":
      return lowerPromise(lowering, node);
    case "enum_constant": {
      const given = lowerAll(lowering, child(node, "arguments")?.children ?? []);
      return [
        { ...placeOf(lowering, node), kind: "expression", expression: sequenceOf(placeOf(lowering, node), given) },
      ];
    }
    default:
      return [];
  }
}

/** A method that a library writes the body of is what its annotations say. */
function lowerPromise(lowering: Lowering, node: SyntaxNode): Statement[] {
  if (child(node, "body") !== undefined) return [];
  return annotationsOf(lowering, node).map((expression) => ({
    ...placeOf(lowering, node),
    kind: "expression" as const,
    expression,
  }));
}

/** A field that somebody else fills in is known by its type alone. */
function lowerField(lowering: Lowering, field: SyntaxNode, declarator: SyntaxNode): Statement[] {
  const [name, value, type] = [child(declarator, "name"), child(declarator, "value"), child(field, "type")];
  if (name === undefined || type === undefined) return [];
  const place = placeOf(lowering, declarator);
  const object: Expression = { ...place, kind: "name", name: "this" };
  const member: Expression = { ...place, kind: "member", object, property: textOf(lowering, name) };
  const given = value === undefined ? sequenceOf(place, []) : lowering.lowerExpression(lowering, value);
  return [
    {
      ...place,
      kind: "assign",
      target: { ...place, kind: "place", expression: member },
      value: { ...place, kind: "typed", type: typeName(lowering, type), value: given },
      operator: null,
    },
  ];
}
