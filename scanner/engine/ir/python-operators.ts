import { childrenOf, type SyntaxNode } from "../syntax/syntax-node.ts";
import {
  flattenChain,
  type Lowering,
  lowerAll,
  lowerOther,
  operatorOf,
  placeOf,
  sequenceOf,
  textOf,
} from "./lowering.ts";
import type { Expression, Place } from "./nodes.ts";

export function lowerBinary(lowering: Lowering, node: SyntaxNode): Expression {
  const operator = operatorOf(lowering, node);
  if (operator === "+") {
    const isSum = (link: SyntaxNode) => link.type === "binary_operator" && operatorOf(lowering, link) === "+";
    return { ...placeOf(lowering, node), kind: "concat", parts: lowerAll(lowering, flattenChain(node, isSum)) };
  }
  const isSame = (link: SyntaxNode) => link.type === "binary_operator" && operatorOf(lowering, link) === operator;
  const operands = lowerAll(lowering, flattenChain(node, isSame));
  // `%` on text fills it in; only a plain number to the right says that it is arithmetic.
  const isNumber = operands.at(-1)?.kind === "literal" && typeof textOrNull(operands.at(-1)) !== "string";
  if (operator === "%" && !isNumber) return { ...placeOf(lowering, node), kind: "concat", parts: operands };
  if (operator === "/" && !isNumber) return joinedPath(placeOf(lowering, node), operands);
  return { ...placeOf(lowering, node), kind: "operation", operator, operands };
}

function textOrNull(expression: Expression | undefined): string | null {
  return expression?.kind === "literal" && typeof expression.value === "string" ? expression.value : null;
}

/** `folder / name` of pathlib is `folder.joinpath(name)`. */
function joinedPath(place: Place, [first, ...others]: Expression[]): Expression {
  const start: Expression = first ?? sequenceOf(place, []);
  return others.reduce<Expression>((object, value) => {
    const here = { ...place, line: object.line, endLine: value.endLine, start: object.start, end: value.end };
    const callee: Expression = { ...here, kind: "member", object, property: "joinpath" };
    return { ...here, kind: "call", callee, arguments: [{ name: null, value, isSpread: false }], isNew: false };
  }, start);
}

export function lowerOperation(lowering: Lowering, node: SyntaxNode, operator: string): Expression {
  return {
    ...placeOf(lowering, node),
    kind: "operation",
    operator,
    operands: lowerAll(lowering, childrenOf(node, "argument")),
  };
}

export function lowerComparison(lowering: Lowering, node: SyntaxNode): Expression {
  const operators = childrenOf(node, "operators").map((operator) => textOf(lowering, operator));
  const operands = node.children.filter((operand) => operand.field !== "operators");
  const operator = operators.join(" ").replace(/\s+/gu, " ");
  return { ...placeOf(lowering, node), kind: "operation", operator, operands: lowerAll(lowering, operands) };
}

export function lowerBoolean(lowering: Lowering, node: SyntaxNode): Expression {
  const operator = operatorOf(lowering, node) === "or" ? "or" : "and";
  const isSame = (link: SyntaxNode) => link.type === "boolean_operator" && operatorOf(lowering, link) === operator;
  return {
    ...placeOf(lowering, node),
    kind: "logical",
    operator,
    operands: lowerAll(lowering, flattenChain(node, isSame)),
  };
}

export function lowerConditional(lowering: Lowering, node: SyntaxNode): Expression {
  const [consequent, test, otherwise] = lowerAll(lowering, node.children);
  if (consequent === undefined || test === undefined || otherwise === undefined) return lowerOther(lowering, node);
  return { ...placeOf(lowering, node), kind: "conditional", test, consequent, otherwise };
}
