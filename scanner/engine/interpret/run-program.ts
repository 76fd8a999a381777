import type { Program } from "../ir/nodes.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import { evaluate } from "./evaluate.ts";
import { execute } from "./execute.ts";
import { newFrame } from "./frame.ts";
import { invoke } from "./invoke.ts";
import { type Hit, type Run, StepsSpent } from "./run.ts";

/** About what 20,000 lines of ordinary code need. */
const MAX_STEPS = 2_000_000;

export type RunResult = { hits: Hit[]; isCut: boolean };

/**
 * Runs a file's code on abstract values: first the module, then every function as if called from outside.
 * `isCut` tells that the step budget or the stack ended before the code did.
 */
export function runProgram(program: Program, source: string, rules: RuleSet, maxSteps = MAX_STEPS): RunResult {
  const hits: Hit[] = [];
  const run: Run = {
    rules,
    source,
    report: (hit) => hits.push(hit),
    stepsLeft: maxSteps,
    activations: [],
    pending: [],
    entered: new Set(),
    evaluate,
    execute,
    invoke,
  };
  let isCut = !untilSpent(() => run.execute(run, program.body, newFrame(null)));
  // Running one function may meet further ones.
  for (let next = run.pending.shift(); next !== undefined; next = run.pending.shift()) {
    const callable = next;
    if (run.entered.has(callable.function)) continue;
    run.activations.length = 0;
    const isDone = untilSpent(() => run.invoke(run, callable, { kind: "outside", handler: null, positional: [] }));
    isCut ||= !isDone;
    if (run.stepsLeft < 0) break;
  }
  return { hits, isCut };
}

/** False if the budget or the stack did not suffice. What was found until then stays. */
function untilSpent(body: () => void): boolean {
  try {
    body();
    return true;
  } catch (error) {
    if (error instanceof StepsSpent || error instanceof RangeError) return false;
    throw error;
  }
}
