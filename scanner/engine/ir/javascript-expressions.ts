import { child, childrenOf, type SyntaxNode } from "../syntax/syntax-node.ts";
import { lowerElement } from "./javascript-elements.ts";
import type { JavascriptLowering } from "./javascript-lowering.ts";
import { lowerParameters, lowerTarget } from "./javascript-targets.ts";
import { deeper, flattenChain, placeOf, sequenceOf, textOf, unescapeText } from "./lowering.ts";
import type { Argument, Entry, Expression, FunctionNode } from "./nodes.ts";

/** Lowers one JavaScript or TypeScript expression. Kinds that mean nothing to us become a sequence of what they hold. */
export function lowerExpression(lowering: JavascriptLowering, node: SyntaxNode): Expression {
  return deeper(
    lowering,
    () => (LOWER[node.type] ?? lowerOther)(lowering, node),
    () => sequenceOf(placeOf(lowering, node), []),
  );
}

type Lower = (lowering: JavascriptLowering, node: SyntaxNode) => Expression;

const lowerName: Lower = (lowering, node) => ({
  ...placeOf(lowering, node),
  kind: "name",
  name: textOf(lowering, node),
});
const lowerNothing: Lower = (lowering, node) => sequenceOf(placeOf(lowering, node), []);
const literal =
  (value: boolean | null): Lower =>
  (lowering, node) => ({ ...placeOf(lowering, node), kind: "literal", value });
/** What stands around an expression for the compiler alone: `x as T`, `x!`, `(x)`, `await x`. */
const lowerFirst: Lower = (lowering, node) => {
  const [inner] = node.children;
  return inner === undefined ? sequenceOf(placeOf(lowering, node), []) : lowerExpression(lowering, inner);
};

const LOWER: Record<string, Lower> = {
  identifier: lowerName,
  shorthand_property_identifier: lowerName,
  this: lowerName,
  super: lowerName,
  undefined: literal(null),
  null: literal(null),
  true: literal(true),
  false: literal(false),
  number: (lowering, node) => ({
    ...placeOf(lowering, node),
    kind: "literal",
    value: Number(textOf(lowering, node).replaceAll("_", "")),
  }),
  string: lowerString,
  template_string: lowerTemplate,
  regex: (lowering, node) => {
    const pattern = child(node, "pattern");
    return {
      ...placeOf(lowering, node),
      kind: "regex",
      pattern: pattern === undefined ? "" : textOf(lowering, pattern),
    };
  },
  member_expression: lowerMember,
  subscript_expression: lowerSubscript,
  call_expression: (lowering, node) => lowerCall(lowering, node, child(node, "function"), false),
  new_expression: (lowering, node) => lowerCall(lowering, node, child(node, "constructor"), true),
  binary_expression: lowerBinary,
  unary_expression: lowerUnary,
  update_expression: lowerNothing,
  ternary_expression: lowerTernary,
  assignment_expression: lowerAssignment,
  augmented_assignment_expression: lowerAugmented,
  array: (lowering, node) => ({
    ...placeOf(lowering, node),
    kind: "list",
    elements: lowerAll(lowering, node.children),
  }),
  object: lowerObject,
  spread_element: (lowering, node) => ({
    ...placeOf(lowering, node),
    kind: "spread",
    value: lowerFirst(lowering, node),
  }),
  arrow_function: lowerFunctionExpression,
  function_expression: lowerFunctionExpression,
  function: lowerFunctionExpression,
  generator_function: lowerFunctionExpression,
  class: (lowering, node) => ({ ...placeOf(lowering, node), kind: "class", class: lowering.lowerClass(node) }),
  sequence_expression: (lowering, node) =>
    lowerAll(lowering, node.children).at(-1) ?? sequenceOf(placeOf(lowering, node), []),
  as_expression: lowerFirst,
  satisfies_expression: lowerFirst,
  non_null_expression: lowerFirst,
  parenthesized_expression: lowerFirst,
  await_expression: lowerFirst,
  yield_expression: lowerFirst,
  type_assertion: (lowering, node) => {
    const value = node.children.at(-1);
    return value === undefined ? sequenceOf(placeOf(lowering, node), []) : lowerExpression(lowering, value);
  },
  jsx_element: (lowering, node) => lowerElement(lowering, node, lowerExpression),
  jsx_self_closing_element: (lowering, node) => lowerElement(lowering, node, lowerExpression),
  type_arguments: lowerNothing,
  type_annotation: lowerNothing,
};

export function lowerAll(lowering: JavascriptLowering, nodes: SyntaxNode[]): Expression[] {
  return nodes.map((node) => lowerExpression(lowering, node));
}

function lowerOther(lowering: JavascriptLowering, node: SyntaxNode): Expression {
  const lowered = lowerAll(lowering, node.children);
  const [only] = lowered;
  return only !== undefined && lowered.length === 1 ? only : sequenceOf(placeOf(lowering, node), lowered);
}

export function stringText(lowering: JavascriptLowering, node: SyntaxNode): string {
  return unescapeText(lowering.source.slice(node.start + 1, node.end - 1));
}

function lowerString(lowering: JavascriptLowering, node: SyntaxNode): Expression {
  return { ...placeOf(lowering, node), kind: "literal", value: stringText(lowering, node) };
}

function lowerTemplate(lowering: JavascriptLowering, node: SyntaxNode): Expression {
  const parts = node.children.map((part): Expression => {
    if (part.type === "template_substitution") return lowerFirst(lowering, part);
    return { ...placeOf(lowering, part), kind: "literal", value: unescapeText(textOf(lowering, part)) };
  });
  return { ...placeOf(lowering, node), kind: "concat", parts };
}

function lowerMember(lowering: JavascriptLowering, node: SyntaxNode): Expression {
  const [object, property] = [child(node, "object"), child(node, "property")];
  if (object === undefined || property === undefined) return lowerOther(lowering, node);
  const lowered = lowerExpression(lowering, object);
  return { ...placeOf(lowering, node), kind: "member", object: lowered, property: textOf(lowering, property) };
}

function lowerSubscript(lowering: JavascriptLowering, node: SyntaxNode): Expression {
  const [object, index] = [child(node, "object"), child(node, "index")];
  if (object === undefined || index === undefined) return lowerOther(lowering, node);
  const lowered = lowerExpression(lowering, object);
  return { ...placeOf(lowering, node), kind: "index", object: lowered, index: lowerExpression(lowering, index) };
}

function lowerCall(
  lowering: JavascriptLowering,
  node: SyntaxNode,
  callee: SyntaxNode | undefined,
  isNew: boolean,
): Expression {
  if (callee === undefined) return lowerOther(lowering, node);
  const list = child(node, "arguments");
  const isTag = list?.type === "template_string";
  const call: Expression = {
    ...placeOf(lowering, node),
    kind: "call",
    callee:
      callee.type === "import"
        ? { ...placeOf(lowering, callee), kind: "name", name: "require" }
        : lowerExpression(lowering, callee),
    arguments: isTag
      ? lowerTag(lowering, list)
      : (list?.children ?? []).map((argument) => lowerArgument(lowering, argument)),
    isNew,
  };
  return requiredModule(lowering, call) ?? call;
}

/** `require("fs")` is the module itself. */
function requiredModule(lowering: JavascriptLowering, call: Expression): Expression | null {
  if (call.kind !== "call" || call.callee.kind !== "name" || call.callee.name !== "require") return null;
  const specifier = call.arguments[0]?.value;
  if (specifier?.kind !== "literal" || typeof specifier.value !== "string") return null;
  lowering.imports.add(specifier.value);
  const { path, line, endLine, start, end } = call;
  const module = moduleName(specifier.value);
  return { path, line, endLine, start, end, kind: "module", module, specifier: specifier.value };
}

/** `node:fs/promises` and `fs/promises` are the same; a file of the project is known by its last part. */
export function moduleName(specifier: string): string {
  return specifier
    .replace(/^node:/u, "")
    .replace(/^(?:\.{1,2}\/)+/u, "")
    .replace(/\.[cm]?[jt]s$/u, "")
    .replaceAll("/", ".");
}

/** A tag gets the texts as a list, then each value: a library that binds values is told from one that pastes them. */
function lowerTag(lowering: JavascriptLowering, template: SyntaxNode): Argument[] {
  const values = template.children.filter((part) => part.type === "template_substitution");
  const texts: Expression = { ...placeOf(lowering, template), kind: "list", elements: [] };
  return [texts, ...values.map((value) => lowerFirst(lowering, value))].map((value) => ({
    name: null,
    value,
    isSpread: false,
  }));
}

function lowerArgument(lowering: JavascriptLowering, node: SyntaxNode): Argument {
  const isSpread = node.type === "spread_element";
  return { name: null, value: isSpread ? lowerFirst(lowering, node) : lowerExpression(lowering, node), isSpread };
}

function operatorOf(lowering: JavascriptLowering, node: SyntaxNode): string {
  const operator = child(node, "operator");
  return operator === undefined ? "" : textOf(lowering, operator);
}

const LOGICAL: Record<string, "and" | "or" | "nullish"> = { "&&": "and", "||": "or", "??": "nullish" };

function lowerBinary(lowering: JavascriptLowering, node: SyntaxNode): Expression {
  const operator = operatorOf(lowering, node);
  const isSame = (link: SyntaxNode) => link.type === "binary_expression" && operatorOf(lowering, link) === operator;
  const operands = lowerAll(lowering, flattenChain(node, isSame));
  if (operator === "+") return { ...placeOf(lowering, node), kind: "concat", parts: operands };
  const logical = LOGICAL[operator];
  if (logical !== undefined) return { ...placeOf(lowering, node), kind: "logical", operator: logical, operands };
  return { ...placeOf(lowering, node), kind: "operation", operator, operands };
}

function lowerUnary(lowering: JavascriptLowering, node: SyntaxNode): Expression {
  const operator = operatorOf(lowering, node);
  const operands = lowerAll(lowering, childrenOf(node, "argument"));
  return { ...placeOf(lowering, node), kind: "operation", operator: operator === "!" ? "not" : operator, operands };
}

function lowerTernary(lowering: JavascriptLowering, node: SyntaxNode): Expression {
  const [test, consequent, otherwise] = ["condition", "consequence", "alternative"].map((field) => child(node, field));
  if (test === undefined || consequent === undefined || otherwise === undefined) return lowerOther(lowering, node);
  return {
    ...placeOf(lowering, node),
    kind: "conditional",
    test: lowerExpression(lowering, test),
    consequent: lowerExpression(lowering, consequent),
    otherwise: lowerExpression(lowering, otherwise),
  };
}

function lowerAssignment(lowering: JavascriptLowering, node: SyntaxNode): Expression {
  const [left, right] = [child(node, "left"), child(node, "right")];
  if (left === undefined || right === undefined) return lowerOther(lowering, node);
  const target = lowerTarget(lowering, left);
  const name = textOf(lowering, child(left, "property") ?? left);
  return { ...placeOf(lowering, node), kind: "assign", target, value: named(lowerExpression(lowering, right), name) };
}

/** `x += y` is `x = x + y`; other operators make numbers, or choose. */
function lowerAugmented(lowering: JavascriptLowering, node: SyntaxNode): Expression {
  const [left, right] = [child(node, "left"), child(node, "right")];
  if (left === undefined || right === undefined) return lowerOther(lowering, node);
  const operands = [lowerExpression(lowering, left), lowerExpression(lowering, right)];
  const operator = operatorOf(lowering, node).slice(0, -1);
  const logical = LOGICAL[operator];
  let value: Expression = { ...placeOf(lowering, node), kind: "operation", operator, operands };
  if (operator === "+") value = { ...placeOf(lowering, node), kind: "concat", parts: operands };
  if (logical !== undefined) value = { ...placeOf(lowering, node), kind: "logical", operator: logical, operands };
  return { ...placeOf(lowering, node), kind: "assign", target: lowerTarget(lowering, left), value };
}

/** A function without a name is called as what it is stored in. */
export function named(value: Expression, name: string): Expression {
  if (value.kind !== "function" || value.function.name !== null) return value;
  return { ...value, function: { ...value.function, name } };
}

function lowerObject(lowering: JavascriptLowering, node: SyntaxNode): Expression {
  return {
    ...placeOf(lowering, node),
    kind: "record",
    entries: node.children.flatMap((entry) => lowerEntry(lowering, entry)),
  };
}

function lowerEntry(lowering: JavascriptLowering, node: SyntaxNode): Entry[] {
  const place = placeOf(lowering, node);
  if (node.type === "spread_element") return [{ key: null, value: lowerFirst(lowering, node) }];
  if (node.type === "shorthand_property_identifier") {
    return [{ key: { ...place, kind: "literal", value: textOf(lowering, node) }, value: lowerName(lowering, node) }];
  }
  const [key, value] = [child(node, "key") ?? child(node, "name"), child(node, "value")];
  if (key === undefined) return [];
  if (node.type === "method_definition") {
    const method: Expression = { ...place, kind: "function", function: lowerFunction(lowering, node) };
    return [{ key: lowerKey(lowering, key), value: method }];
  }
  return value === undefined
    ? []
    : [{ key: lowerKey(lowering, key), value: named(lowerExpression(lowering, value), textOf(lowering, key)) }];
}

function lowerKey(lowering: JavascriptLowering, key: SyntaxNode): Expression {
  if (key.type === "property_identifier")
    return { ...placeOf(lowering, key), kind: "literal", value: textOf(lowering, key) };
  return lowerExpression(lowering, key);
}

function lowerFunctionExpression(lowering: JavascriptLowering, node: SyntaxNode): Expression {
  return { ...placeOf(lowering, node), kind: "function", function: lowerFunction(lowering, node) };
}

/** Functions of every form: declared, arrow, method. */
export function lowerFunction(
  lowering: JavascriptLowering,
  node: SyntaxNode,
  decorators: Expression[] = [],
): FunctionNode {
  const [name, list, single, body] = ["name", "parameters", "parameter", "body"].map((field) => child(node, field));
  const parameters = list?.children ?? (single === undefined ? [] : [single]);
  return {
    ...placeOf(lowering, node),
    name: name === undefined ? null : textOf(lowering, name),
    parameters: lowerParameters(lowering, parameters),
    decorators,
    body: body === undefined ? [] : lowering.lowerBody(body),
    isMethod: node.type === "method_definition",
  };
}
