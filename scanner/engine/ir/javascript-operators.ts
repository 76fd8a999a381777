import { child, childrenOf, type SyntaxNode } from "../syntax/syntax-node.ts";
import { lowerTarget } from "./javascript-targets.ts";
import { flattenChain, type Lowering, lowerAll, lowerOther, operatorOf, placeOf, textOf } from "./lowering.ts";
import type { Expression } from "./nodes.ts";

const LOGICAL: Record<string, "and" | "or" | "nullish"> = { "&&": "and", "||": "or", "??": "nullish" };

export function lowerBinary(lowering: Lowering, node: SyntaxNode): Expression {
  const operator = operatorOf(lowering, node);
  const isSame = (link: SyntaxNode) => link.type === "binary_expression" && operatorOf(lowering, link) === operator;
  const operands = lowerAll(lowering, flattenChain(node, isSame));
  if (operator === "+") return { ...placeOf(lowering, node), kind: "concat", parts: operands };
  const logical = LOGICAL[operator];
  if (logical !== undefined) return { ...placeOf(lowering, node), kind: "logical", operator: logical, operands };
  return { ...placeOf(lowering, node), kind: "operation", operator, operands };
}

export function lowerUnary(lowering: Lowering, node: SyntaxNode): Expression {
  const operator = operatorOf(lowering, node);
  const operands = lowerAll(lowering, childrenOf(node, "argument"));
  const [only] = operands;
  if (operator === "-" && only?.kind === "literal" && typeof only.value === "number")
    return { ...placeOf(lowering, node), kind: "literal", value: -only.value };
  return { ...placeOf(lowering, node), kind: "operation", operator: operator === "!" ? "not" : operator, operands };
}

export function lowerTernary(lowering: Lowering, node: SyntaxNode): Expression {
  const [test, consequent, otherwise] = ["condition", "consequence", "alternative"].map((field) => child(node, field));
  if (test === undefined || consequent === undefined || otherwise === undefined) return lowerOther(lowering, node);
  return {
    ...placeOf(lowering, node),
    kind: "conditional",
    test: lowering.lowerExpression(lowering, test),
    consequent: lowering.lowerExpression(lowering, consequent),
    otherwise: lowering.lowerExpression(lowering, otherwise),
  };
}

export function lowerAssignment(lowering: Lowering, node: SyntaxNode): Expression {
  const [left, right] = [child(node, "left"), child(node, "right")];
  if (left === undefined || right === undefined) return lowerOther(lowering, node);
  const target = lowerTarget(lowering, left);
  const name = textOf(lowering, child(left, "property") ?? left);
  return {
    ...placeOf(lowering, node),
    kind: "assign",
    target,
    value: named(lowering.lowerExpression(lowering, right), name),
  };
}

/** `x += y` is `x = x + y`; other operators make numbers, or choose. */
export function lowerAugmented(lowering: Lowering, node: SyntaxNode): Expression {
  const [left, right] = [child(node, "left"), child(node, "right")];
  if (left === undefined || right === undefined) return lowerOther(lowering, node);
  const operands = [lowering.lowerExpression(lowering, left), lowering.lowerExpression(lowering, right)];
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
