import { child, childOfType, childrenOf, type SyntaxNode } from "../syntax/syntax-node.ts";
import { type Lowering, placeOf, type Scope, textOf } from "./lowering.ts";
import type { Expression } from "./nodes.ts";

/** The last name of a type, its arguments aside: `java.util.Map<K, V>` is a `Map`, but an array is none of its items. */
export function typeName(lowering: Lowering, node: SyntaxNode): string {
  const text = textOf(lowering, node);
  const [bare = ""] = text.split("<", 1);
  const name = bare.slice(bare.lastIndexOf(".") + 1).trim();
  return text.endsWith("]") && !name.endsWith("]") ? `${name}[]` : name;
}

/** Written in full, a type is the same type: `java.io.File`. */
const FULL_NAME = /^([a-z_]\w*)(?:\.[a-z_]\w*)+\.([A-Z]\w*)$/u;

/** A type that is written with its package, or null: what begins with a variable or a field is none. */
export function fullTypeName(lowering: Lowering, node: SyntaxNode): { specifier: string; name: string } | null {
  const specifier = textOf(lowering, node).replace(/\s+/gu, "");
  const [, head, name] = FULL_NAME.exec(specifier) ?? [];
  if (head === undefined || name === undefined) return null;
  const isDeclared = lowering.scopes.some(({ locals, fields }) => locals.has(head) || fields.has(head));
  return isDeclared ? null : { specifier, name };
}

/** A field that is named without `this` is the nearest class's that has it, unless a variable hides it. */
export function lowerName(lowering: Lowering, node: SyntaxNode): Expression {
  const name = textOf(lowering, node);
  const place = placeOf(lowering, node);
  const owner = ownerOf(lowering, (scope) => scope.locals.has(name) || scope.fields.has(name));
  if (owner === null || owner.scope.locals.has(name)) return { ...place, kind: "name", name };
  return { ...place, kind: "member", object: ownerExpression(place, owner), property: name };
}

/** What a bare call means: a method of the nearest class that has one so named, an import, or one that is inherited. */
export function lowerBareMethod(lowering: Lowering, node: SyntaxNode): Expression {
  const name = textOf(lowering, node);
  const place = placeOf(lowering, node);
  const owner = ownerOf(lowering, (scope) => scope.methods.has(name));
  if (owner?.scope.className === null) return { ...place, kind: "name", name };
  const object: Expression = owner === null ? { ...place, kind: "name", name: "this" } : ownerExpression(place, owner);
  return { ...place, kind: "member", object, property: name };
}

type Owner = { scope: Scope; isInner: boolean };

function ownerOf(lowering: Lowering, has: (scope: Scope) => boolean): Owner | null {
  let isInner = true;
  for (const scope of lowering.scopes.toReversed()) {
    if (has(scope)) return { scope, isInner };
    if (scope.className !== null) isInner = false;
  }
  return null;
}

function ownerExpression(place: ReturnType<typeof placeOf>, { scope, isInner }: Owner): Expression {
  return { ...place, kind: "name", name: isInner ? "this" : (scope.className ?? "this") };
}

/** The scope of a class: the names of what it declares. */
export function classScope(lowering: Lowering, node: SyntaxNode, className: string): Scope {
  const members = membersOf(node);
  const namesOf = (nodes: SyntaxNode[]) =>
    nodes.flatMap((named) => childrenOf(named, "name")).map((name) => textOf(lowering, name));
  const ofType = (type: string) => members.filter((member) => member.type === type);
  const declarators = members.flatMap((member) => childrenOf(member, "declarator"));
  // What a record is given are its fields.
  const given = child(node, "parameters")?.children ?? [];
  return {
    className,
    fields: new Set(namesOf([...declarators, ...ofType("enum_constant"), ...given])),
    methods: new Set(namesOf(ofType("method_declaration"))),
    locals: new Set(),
  };
}

export function membersOf(node: SyntaxNode): SyntaxNode[] {
  const body = child(node, "body") ?? childOfType(node, "class_body") ?? node;
  return body.children.flatMap((member) => (member.type === "enum_body_declarations" ? member.children : [member]));
}

const DECLARES = new Set([
  "variable_declarator",
  "formal_parameter",
  "catch_formal_parameter",
  "enhanced_for_statement",
  "resource",
  "instanceof_expression",
  "inferred_parameters",
]);

/** The scope of a function: every name that it declares anywhere, its inner classes aside. */
export function functionScope(lowering: Lowering, node: SyntaxNode): Scope {
  const locals = new Set<string>();
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (DECLARES.has(next.type)) for (const name of declaredNames(next)) locals.add(textOf(lowering, name));
    const single = next.type === "lambda_expression" ? child(next, "parameters") : undefined;
    if (single?.type === "identifier") locals.add(textOf(lowering, single));
    for (const inner of next.children) if (inner.type !== "class_body") pending.push(inner);
  }
  return { className: null, fields: new Set(), methods: new Set(), locals };
}

function declaredNames(node: SyntaxNode): SyntaxNode[] {
  if (node.type === "inferred_parameters") return node.children;
  const name = child(node, "name");
  return name === undefined ? [] : [name];
}
