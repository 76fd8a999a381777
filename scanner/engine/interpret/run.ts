import type { EngineSeverity } from "../engine-finding.ts";
import type { Expression, FunctionNode, Place, Statement } from "../ir/nodes.ts";
import type { ProjectView } from "../project/source-module.ts";
import type { Detector } from "../rules/detector-schema.ts";
import type { Handler, RuleSet } from "../rules/rule-set.ts";
import type { Callable, Frame, Taint, Value } from "./value.ts";

/**
 * A place where a detector strikes; `taint` tells how the data came there. `severity` if it is not the detector's.
 * `awaitsCheck` where it does no harm if the input is checked after that.
 */
export type Hit = {
  detector: Detector;
  place: Place;
  taint: Taint | null;
  severity?: EngineSeverity | undefined;
  awaitsCheck?: boolean;
};

/** One function being run. */
export type Activation = {
  function: FunctionNode;
  returns: Value[];
  returnSinks: Handler["returns"];
  /** What its parameters held at first. */
  bound: (Value | undefined)[];
  probe: Probe | undefined;
};

/**
 * Asks what a function has made sure of where it answers so, or, without `truth`, where it comes back at all: for each
 * way back and each parameter, the classes for which that has become harmless.
 */
export type Probe = { truth: boolean | null; learned: ReadonlySet<string>[][] };

/** How a function is entered: with what a call in the file gives it, or as whoever calls it from outside would. */
export type Entry =
  /** `creates` where the function makes an object, as in JavaScript's `new F()`: that is its answer then. */
  | { kind: "call"; positional: Value[]; named: Map<string, Value>; creates?: boolean; probe?: Probe }
  | { kind: "outside"; handler: Handler | null; positional: Value[]; route?: Route };

/** The address under which a framework calls a function: its parameters there, and where that is written. */
export type Route = { names: ReadonlySet<string>; place: Place };

/** A module in a file's run; `exports` once it was run to its end. */
export type RunModule = { frame: Frame; exports: Value | null };

/** What the parts of the interpreter share while one file is run. The functions are here so that parts can call each other. */
export type Run = {
  rules: RuleSet;
  /** The file whose run this is; code of others is run where this one calls it. */
  path: string;
  /** The text of this file and of every other that was run. */
  sources: Map<string, string>;
  project: ProjectView;
  /** Each module that was imported, and this file's own. */
  modules: Map<string, RunModule>;
  report: (hit: Hit) => void;
  /** Takes back what was reported of these inputs for these classes and awaited a check. */
  withdraw: (origins: ReadonlySet<string>, classes: readonly string[]) => void;
  /** Steps left; each expression and statement costs one. */
  stepsLeft: number;
  activations: Activation[];
  /** In which functions of this file calls open what has to be closed, and where those end: calls in a chain start together. */
  openings: Map<FunctionNode, Set<number>>;
  /** Functions met but not yet run from outside. */
  pending: Callable[];
  /** Functions that have been run from outside. */
  entered: Set<FunctionNode>;
  evaluate: (run: Run, expression: Expression, frame: Frame) => Value;
  /** True if control does not get behind the last statement. */
  execute: (run: Run, statements: Statement[], frame: Frame) => boolean;
  invoke: (run: Run, callable: Callable, entry: Entry) => Value;
  refine: (run: Run, test: Expression, truth: boolean, frame: Frame) => void;
};

/** The file is not done, but its share of time is. */
export class StepsSpent extends Error {}

export function spendStep(run: Run): void {
  if (--run.stepsLeft < 0) throw new StepsSpent();
}

/** Remembers that the function being run opens something. */
export function noteOpening(run: Run, { path, end }: Place): void {
  const node = run.activations.at(-1)?.function;
  if (node === undefined || path !== run.path) return;
  run.openings.set(node, (run.openings.get(node) ?? new Set()).add(end));
}

/** Has a function run from outside later, if it is of this file: those of other files are run with theirs. */
export function enqueue(run: Run, callable: Callable): void {
  if (callable.function.path !== run.path) return;
  // What it leaves behind is there when the others read it.
  if (callable.function.assignsOuter === true) run.pending.unshift(callable);
  else run.pending.push(callable);
}
