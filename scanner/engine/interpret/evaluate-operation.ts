import type { Expression } from "../ir/nodes.ts";
import { numericTaints } from "./numeric-kinds.ts";
import type { Run } from "./run.ts";
import { checkComparison } from "./sinks.ts";
import { constantValue, type Frame, joinTaints, UNKNOWN, type Value } from "./value.ts";
import { checkComparedSecret } from "./written-secrets.ts";

/** A number or a truth value, known where its operands are. */
export function evaluateOperation(
  run: Run,
  expression: Extract<Expression, { kind: "operation" }>,
  frame: Frame,
): Value {
  const operands = expression.operands.map((operand) => run.evaluate(run, operand, frame));
  const [left, right] = operands;
  if (COMPARES.has(expression.operator)) {
    checkComparedSecret(run, expression.operands);
    checkComparison(run, operands, expression);
  }
  if (expression.operator === "|" && operands.every(({ constant }) => typeof constant === "number"))
    return constantValue(operands.reduce((bits, { constant }) => bits | Number(constant), 0));
  if (left?.constant !== undefined && expression.operator === "not") return constantValue(!left.constant);
  if (left?.constant === undefined || right?.constant === undefined) {
    const taints = ANSWERS_TRUTH.has(expression.operator) ? [] : operands.map((operand) => numericTaints(run, operand));
    return { ...UNKNOWN, taints: taints.reduce(joinTaints, []) };
  }
  return compareConstants(expression.operator, left.constant, right.constant);
}

const COMPARES = new Set(["==", "===", "!=", "!=="]);

const ANSWERS_TRUTH = new Set([
  "==",
  "===",
  "!=",
  "!==",
  "<",
  ">",
  "<=",
  ">=",
  "not",
  "in",
  "not in",
  "is",
  "is not",
  "instanceof",
  "typeof",
]);

function compareConstants(operator: string, left: NonNullable<Value["constant"]> | null, right: typeof left): Value {
  if (["==", "===", "is"].includes(operator)) return constantValue(left === right);
  if (["!=", "!==", "is not"].includes(operator)) return constantValue(left !== right);
  if (typeof left === "string" && typeof right === "string") {
    if (operator === "in") return constantValue(right.includes(left));
    if (operator === "not in") return constantValue(!right.includes(left));
  }
  if (typeof left !== "number" || typeof right !== "number") return UNKNOWN;
  const answer = ARITHMETIC[operator]?.(left, right);
  return answer === undefined ? UNKNOWN : constantValue(answer);
}

const ARITHMETIC: Record<string, (left: number, right: number) => number | boolean> = {
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "%": (left, right) => left % right,
  "<": (left, right) => left < right,
  ">": (left, right) => left > right,
  "<=": (left, right) => left <= right,
  ">=": (left, right) => left >= right,
};
