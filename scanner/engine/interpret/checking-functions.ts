import type { Expression, FunctionNode } from "../ir/nodes.ts";
import { readVariable, runBranch } from "./frame.ts";
import type { Probe, Run } from "./run.ts";
import { type Callable, EVERY_CLASS, type Frame, type Value } from "./value.ts";
import { vouchWhole } from "./vouch.ts";

type CallExpression = Extract<Expression, { kind: "call" }>;

const MAX_DEPTH = 5;

/** Whether a function can be looked into from here: not too deep, and not from inside of itself. */
export function mayEnter(run: Run, callable: Callable): boolean {
  return (
    run.activations.length < MAX_DEPTH &&
    run.activations.every((activation) => activation.function !== callable.function)
  );
}

/** Has a function of the project that answers so vouch for what it was given, as far as it looked at it itself. */
export function vouchByAnswer(run: Run, call: CallExpression, truth: boolean, frame: Frame): void {
  const { callable } = run.evaluate(run, call.callee, frame);
  if (callable === null || !mayEnter(run, callable)) return;
  const positional = call.arguments.map(({ value }) => run.evaluate(run, value, frame));
  if (positional.every(({ taints }) => taints.length === 0)) return;
  const probe: Probe = { truth, learned: [] };
  run.invoke(run, callable, { kind: "call", positional, named: new Map(), probe });
  vouchByProbe(run, call, probe, frame);
}

/** Makes harmless what a function has made sure of on each of its ways back. */
export function vouchByProbe(run: Run, call: CallExpression, { learned }: Probe, frame: Frame): void {
  const [first, ...others] = learned;
  for (const [position, classes] of first?.entries() ?? []) {
    const place = call.arguments[position]?.value;
    const sure = others.reduce((known, other) => inBoth(known, other[position] ?? NONE), classes);
    if (place !== undefined && sure.size > 0) vouchWhole(run, place, [...sure], frame);
  }
}

const NONE: ReadonlySet<string> = new Set();

function inBoth(left: ReadonlySet<string>, right: ReadonlySet<string>): ReadonlySet<string> {
  if (left.has(EVERY_CLASS)) return right;
  return right.has(EVERY_CLASS) ? left : new Set([...left].filter((name) => right.has(name)));
}

/** What the parameters held when the function was entered. */
export function boundParameters({ parameters }: FunctionNode, frame: Frame): (Value | undefined)[] {
  return parameters.map(({ name }) => (name === null ? undefined : readVariable(frame, name)));
}

/** Notes what one way back out of the function being run says of its parameters. */
export function noteReturn(
  run: Run,
  answer: { value: Value; expression: Expression | null } | null,
  frame: Frame,
): void {
  const activation = run.activations.at(-1);
  const probe = activation?.probe;
  if (activation === undefined || probe === undefined) return;
  const { truth } = probe;
  const constant = answer?.value.constant;
  if (truth !== null && constant !== undefined && Boolean(constant) !== truth) return;
  runBranch(frame, () => {
    if (truth !== null && answer?.expression) run.refine(run, answer.expression, truth, frame);
    const after = boundParameters(activation.function, frame);
    probe.learned.push(after.map((value, position) => cleanedSince(activation.bound[position], value)));
    return false;
  });
}

/** The classes for which the same input has become harmless. */
function cleanedSince(before: Value | undefined, after: Value | undefined): ReadonlySet<string> {
  const [known] = before?.taints ?? [];
  const taint = after?.taints.find(({ step }) => step === known?.step);
  if (known === undefined || taint === undefined || after?.taints.length !== before?.taints.length) return NONE;
  return new Set([...taint.cleanedFor].filter((name) => !known.cleanedFor.has(name)));
}
