import { findLeaks } from "../checks/find-leaks.ts";
import type { ProjectView, SourceModule } from "../project/source-module.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import { evaluate } from "./evaluate.ts";
import { execute } from "./execute.ts";
import { newFrame } from "./frame.ts";
import { invoke } from "./invoke.ts";
import { refine } from "./refine.ts";
import { type Hit, type Run, StepsSpent } from "./run.ts";
import { EVERY_CLASS } from "./value.ts";

/** About what 20,000 lines of ordinary code need. */
const MAX_STEPS = 2_000_000;

/** `sources` holds the text of every file that hits or their steps are in. */
type RunResult = { hits: Hit[]; sources: Map<string, string>; isCut: boolean };

type RunOptions = { rules: RuleSet; project: ProjectView; maxSteps?: number };

/**
 * Runs a file's code on abstract values: first the module, then every function as if called from outside.
 * `isCut` tells that the step budget or the stack ended before the code did.
 */
export function runProgram({ path, text, program }: SourceModule, options: RunOptions): RunResult {
  let hits: Hit[] = [];
  const run: Run = {
    rules: options.rules,
    path,
    sources: new Map([[path, text]]),
    project: options.project,
    modules: new Map(),
    report: (hit) => {
      // What has nothing to do with this file is reported with its own.
      if (hit.place.path !== path && !hit.taint?.origin.startsWith(`${path}:`)) return;
      // Where a place is used, naming it is no finding of its own.
      if (hit.awaitsCheck !== true && hit.taint !== null)
        run.withdraw(new Set([hit.taint.origin]), [hit.detector.taint?.class ?? ""]);
      hits.push(hit);
    },
    withdraw: (origins, classes) => {
      hits = hits.filter((hit) => !isTakenBack(hit, origins, classes));
    },
    stepsLeft: options.maxSteps ?? MAX_STEPS,
    activations: [],
    openings: new Map(),
    pending: [],
    entered: new Set(),
    evaluate,
    execute,
    invoke,
    refine,
  };
  const frame = newFrame(null);
  run.modules.set(path, { frame, exports: null });
  let isCut = !untilSpent(() => run.execute(run, program.body, frame));
  // Running one function may meet further ones.
  for (let next = run.pending.shift(); next !== undefined; next = run.pending.shift()) {
    const callable = next;
    if (run.entered.has(callable.function)) continue;
    run.activations.length = 0;
    const isDone = untilSpent(() => run.invoke(run, callable, { kind: "outside", handler: null, positional: [] }));
    isCut ||= !isDone;
    if (run.stepsLeft < 0) break;
  }
  const detector = options.rules.leakDetector;
  if (detector !== null) hits.push(...findLeaks(run.openings).map((place) => ({ detector, place, taint: null })));
  return { hits, sources: run.sources, isCut };
}

function isTakenBack(hit: Hit, origins: ReadonlySet<string>, classes: readonly string[]): boolean {
  if (hit.awaitsCheck !== true || !origins.has(hit.taint?.origin ?? "")) return false;
  return classes.includes(hit.detector.taint?.class ?? "") || classes.includes(EVERY_CLASS);
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
