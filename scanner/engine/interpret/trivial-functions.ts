import type { Expression, FunctionNode, Statement } from "../ir/nodes.ts";
import type { Run } from "./run.ts";

/** Reports a function that should refuse something, and lets everything through. */
export function checkTrivial(run: Run, node: FunctionNode): void {
  const known = node.name === null ? undefined : run.rules.trivialFunctions.get(node.name);
  if (known === undefined || !isTrivial(node)) return;
  const types = node.parameters.map(({ annotation }) => annotation);
  const isSuch = known.parameters?.every((type, position) => types[position] === type) ?? true;
  if (isSuch) run.report({ detector: known.detector, place: node, taint: null });
}

/** Whether a function does nothing but write to a log and answer with something fixed. */
export function isTrivial({ body }: FunctionNode): boolean {
  return body.every(isIdle);
}

function isIdle(statement: Statement): boolean {
  if (statement.kind === "block") return statement.body.every(isIdle);
  if (statement.kind === "return") return statement.value === null || isFixed(statement.value);
  return statement.kind === "expression" && (isFixed(statement.expression) || isLogging(statement.expression));
}

function isFixed(expression: Expression): boolean {
  return expression.kind === "literal" || (expression.kind === "sequence" && expression.expressions.length === 0);
}

/** Whether code reads a field so named of anything, also by taking it apart. */
export function readsField(code: object, name: string): boolean {
  const pending: object[] = [code];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ("kind" in next && next.kind === "member" && "property" in next && next.property === name) return true;
    if ("key" in next && "target" in next && next.key === name) return true;
    for (const part of Object.values(next)) if (typeof part === "object" && part !== null) pending.push(part);
  }
  return false;
}

const LOGS = /^(?:console|log|logger|_logger|System|Log)$/iu;

function isLogging(expression: Expression): boolean {
  if (expression.kind !== "call") return false;
  let root = expression.callee;
  while (root.kind === "member") root = root.object;
  return root.kind === "name" && LOGS.test(root.name);
}
