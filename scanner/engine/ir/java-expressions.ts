import { child, childrenOf, type SyntaxNode } from "../syntax/syntax-node.ts";
import { lowerCreation, lowerInvocation } from "./java-calls.ts";
import { lowerFunction } from "./java-classes.ts";
import { fullTypeName, lowerName, typeName } from "./java-scopes.ts";
import {
  deeper,
  flattenChain,
  type Lowering,
  lowerAll,
  lowerOther,
  operatorOf,
  placeOf,
  sequenceOf,
  textOf,
  unescapeText,
} from "./lowering.ts";
import type { Constant, Expression, Statement, Target } from "./nodes.ts";

/** Lowers one Java expression. Kinds that mean nothing to us become a sequence of what they hold. */
export function lowerExpression(lowering: Lowering, node: SyntaxNode): Expression {
  return deeper(
    lowering,
    () => (LOWER[node.type] ?? lowerOther)(lowering, node),
    () => sequenceOf(placeOf(lowering, node), []),
  );
}

type Lower = (lowering: Lowering, node: SyntaxNode) => Expression;

const literal =
  (toConstant: (text: string) => Constant): Lower =>
  (lowering, node) => ({ ...placeOf(lowering, node), kind: "literal", value: toConstant(textOf(lowering, node)) });
const lowerNothing: Lower = (lowering, node) => sequenceOf(placeOf(lowering, node), []);
const lowerKeyword: Lower = (lowering, node) => ({ ...placeOf(lowering, node), kind: "name", name: node.type });
const number = literal((text) => Number(text.replaceAll("_", "").replace(/(?<!^0x[\da-f]*)[dfl]$|l$/iu, "")));

const LOWER: Record<string, Lower> = {
  identifier: lowerName,
  type_identifier: (lowering, node) => ({ ...placeOf(lowering, node), kind: "name", name: textOf(lowering, node) }),
  this: lowerKeyword,
  super: lowerKeyword,
  null_literal: literal(() => null),
  true: literal(() => true),
  false: literal(() => false),
  decimal_integer_literal: number,
  hex_integer_literal: number,
  decimal_floating_point_literal: number,
  character_literal: literal((text) => unescapeText(text.slice(1, -1))),
  string_literal: literal((text) =>
    text.startsWith('"""') ? unescapeText(text.slice(3, -3)) : unescapeText(text.slice(1, -1)),
  ),
  field_access: (lowering, node) => {
    const type = fullTypeName(lowering, node);
    if (type !== null) return { ...placeOf(lowering, node), kind: "name", name: type.name };
    const [object, property] = [child(node, "object"), child(node, "field")];
    if (object === undefined || property === undefined) return lowerOther(lowering, node);
    const lowered = lowering.lowerExpression(lowering, object);
    return { ...placeOf(lowering, node), kind: "member", object: lowered, property: textOf(lowering, property) };
  },
  array_access: (lowering, node) => {
    const [object, index] = [child(node, "array"), child(node, "index")];
    if (object === undefined || index === undefined) return lowerOther(lowering, node);
    const [array, key] = lowerAll(lowering, [object, index]);
    if (array === undefined || key === undefined) return lowerOther(lowering, node);
    return { ...placeOf(lowering, node), kind: "index", object: array, index: key };
  },
  method_invocation: lowerInvocation,
  explicit_constructor_invocation: (lowering, node) =>
    sequenceOf(placeOf(lowering, node), lowerAll(lowering, child(node, "arguments")?.children ?? [])),
  object_creation_expression: lowerCreation,
  array_creation_expression: (lowering, node) => {
    const value = child(node, "value");
    if (value !== undefined) return lowering.lowerExpression(lowering, value);
    return { ...placeOf(lowering, node), kind: "list", elements: [] };
  },
  array_initializer: lowerList,
  element_value_array_initializer: lowerList,
  binary_expression: lowerBinary,
  unary_expression: (lowering, node) => {
    const operator = operatorOf(lowering, node);
    const operands = lowerAll(lowering, childrenOf(node, "operand"));
    return { ...placeOf(lowering, node), kind: "operation", operator: operator === "!" ? "not" : operator, operands };
  },
  update_expression: lowerNothing,
  ternary_expression: (lowering, node) => {
    const parts = ["condition", "consequence", "alternative"].flatMap((field) => childrenOf(node, field));
    const [test, consequent, otherwise] = lowerAll(lowering, parts);
    if (test === undefined || consequent === undefined || otherwise === undefined) return lowerOther(lowering, node);
    return { ...placeOf(lowering, node), kind: "conditional", test, consequent, otherwise };
  },
  assignment_expression: lowerAssignment,
  cast_expression: (lowering, node) => {
    const [type, value] = [child(node, "type"), child(node, "value")];
    if (type === undefined || value === undefined) return lowerOther(lowering, node);
    const lowered = lowering.lowerExpression(lowering, value);
    return { ...placeOf(lowering, node), kind: "typed", type: typeName(lowering, type), value: lowered };
  },
  instanceof_expression: lowerInstanceof,
  lambda_expression: (lowering, node) => {
    const body = child(node, "body");
    if (body === undefined) return lowerOther(lowering, node);
    return { ...placeOf(lowering, node), kind: "function", function: lowerFunction(lowering, node, body) };
  },
  method_reference: (lowering, node) => {
    const [object, method] = node.children;
    if (object === undefined || method === undefined) return lowerNothing(lowering, node);
    const lowered = lowering.lowerExpression(lowering, object);
    return { ...placeOf(lowering, node), kind: "member", object: lowered, property: textOf(lowering, method) };
  },
  switch_expression: lowerSwitchExpression,
  class_literal: (lowering, node) => lowerOther(lowering, node),
};

function lowerList(lowering: Lowering, node: SyntaxNode): Expression {
  return { ...placeOf(lowering, node), kind: "list", elements: lowerAll(lowering, node.children) };
}

const LOGICAL: Record<string, "and" | "or"> = { "&&": "and", "||": "or" };

function lowerBinary(lowering: Lowering, node: SyntaxNode): Expression {
  const operator = operatorOf(lowering, node);
  const isSame = (link: SyntaxNode) => link.type === "binary_expression" && operatorOf(lowering, link) === operator;
  const operands = lowerAll(lowering, flattenChain(node, isSame));
  if (operator === "+") return { ...placeOf(lowering, node), kind: "concat", parts: operands };
  const logical = LOGICAL[operator];
  if (logical !== undefined) return { ...placeOf(lowering, node), kind: "logical", operator: logical, operands };
  return { ...placeOf(lowering, node), kind: "operation", operator, operands };
}

function lowerAssignment(lowering: Lowering, node: SyntaxNode): Expression {
  const [left, right] = [child(node, "left"), child(node, "right")];
  if (left === undefined || right === undefined) return lowerOther(lowering, node);
  const place = placeOf(lowering, node);
  const [before, given] = lowerAll(lowering, [left, right]);
  if (before === undefined || given === undefined) return lowerOther(lowering, node);
  const target: Target =
    before.kind === "name"
      ? { ...placeOf(lowering, left), kind: "variable", name: before.name }
      : { ...placeOf(lowering, left), kind: "place", expression: before };
  const operator = operatorOf(lowering, node).slice(0, -1);
  if (operator === "") return { ...place, kind: "assign", target, value: given };
  const operands = [before, given];
  const value: Expression =
    operator === "+"
      ? { ...place, kind: "concat", parts: operands }
      : { ...place, kind: "operation", operator, operands };
  return { ...place, kind: "assign", target, value };
}

/** `o instanceof T t` declares `t`. */
function lowerInstanceof(lowering: Lowering, node: SyntaxNode): Expression {
  const [left, type, name] = ["left", "right", "name"].map((field) => child(node, field));
  if (left === undefined) return lowerOther(lowering, node);
  const place = placeOf(lowering, node);
  let value = lowering.lowerExpression(lowering, left);
  if (type !== undefined && name !== undefined) {
    const target: Target = { ...placeOf(lowering, name), kind: "variable", name: textOf(lowering, name) };
    value = {
      ...place,
      kind: "assign",
      target,
      value: { ...place, kind: "typed", type: typeName(lowering, type), value },
    };
  }
  return { ...place, kind: "operation", operator: "instanceof", operands: [value] };
}

/** A switch that has a value is a function that returns it, called where it stands. */
function lowerSwitchExpression(lowering: Lowering, node: SyntaxNode): Expression {
  const place = placeOf(lowering, node);
  const body: Statement[] = lowering.lowerStatement(lowering, node).map((statement) => {
    if (statement.kind !== "switch") return statement;
    return { ...statement, cases: statement.cases.map((each) => ({ ...each, body: each.body.map(returned) })) };
  });
  const chooser = { ...place, name: null, parameters: [], decorators: [], body, isMethod: false };
  const callee: Expression = { ...place, kind: "function", function: chooser };
  return { ...place, kind: "call", callee, arguments: [], isNew: false };
}

function returned(statement: Statement): Statement {
  if (statement.kind !== "expression") return statement;
  const { path, line, endLine, start, end, expression } = statement;
  return { path, line, endLine, start, end, kind: "return", value: expression };
}
