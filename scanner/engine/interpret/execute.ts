import type { Expression, Statement, SwitchCase } from "../ir/nodes.ts";
import { assign, combine } from "./assign.ts";
import { noteReturn } from "./checking-functions.ts";
import { defineClass } from "./define-class.ts";
import { concatValues } from "./evaluate-concat.ts";
import { catchJumps, jump, meetBranches, readVariable, runBranch, writeVariable } from "./frame.ts";
import { importNames } from "./import-module.ts";
import { insideOf } from "./member.ts";
import { refine } from "./refine.ts";
import { enqueue, type Run, spendStep } from "./run.ts";
import { checkNamed, checkReturn } from "./sinks.ts";
import { type Branch, type Frame, pathValue, UNKNOWN, type Value } from "./value.ts";
import { checkWrittenSecret, nameOfTarget } from "./written-secrets.ts";

type Kind = Statement["kind"];
type Of<K extends Kind> = Extract<Statement, { kind: K }>;

/** Runs statements in order. True if control does not get behind the last one. Throws StepsSpent. */
export function execute(run: Run, statements: Statement[], frame: Frame): boolean {
  hoist(run, statements, frame);
  for (const statement of statements) {
    spendStep(run);
    // The table gives each kind its own function; TypeScript cannot see that key and argument belong together.
    const executeKind = EXECUTE[statement.kind] as (run: Run, statement: Statement, frame: Frame) => boolean;
    if (executeKind(run, statement, frame)) return true;
  }
  return false;
}

/** Functions may be called before the line that defines them. */
function hoist(run: Run, statements: Statement[], frame: Frame): void {
  for (const statement of statements) {
    if (statement.kind !== "function" || statement.function.name === null) continue;
    const callable = { function: statement.function, frame, self: readVariable(frame, "this") ?? null };
    writeVariable(frame, statement.function.name, { ...UNKNOWN, callable, path: statement.function.name });
    enqueue(run, callable);
  }
}

const goOn = () => false;

const EXECUTE: { [K in Kind]: (run: Run, statement: Of<K>, frame: Frame) => boolean } = {
  expression: (run, { expression }, frame) => {
    run.evaluate(run, expression, frame);
    if (expression.kind !== "call") return false;
    const { path } = run.evaluate(run, expression.callee, frame);
    return path !== null && run.rules.about(path).traits.includes("exits");
  },
  assign: executeAssign,
  if: executeIf,
  loop: executeLoop,
  switch: executeSwitch,
  try: executeTry,
  return: (run, statement, frame) => {
    const value = statement.value === null ? UNKNOWN : run.evaluate(run, statement.value, frame);
    checkReturn(run, value, statement);
    noteReturn(run, { value, expression: statement.value }, frame);
    run.activations.at(-1)?.returns.push(value);
    return true;
  },
  throw: (run, { value }, frame) => {
    if (value !== null) run.evaluate(run, value, frame);
    return true;
  },
  jump: (_, { to }, frame) => {
    jump(frame, to === "end");
    return true;
  },
  function: goOn,
  class: (run, statement, frame) => {
    defineClass(run, statement.class, frame);
    return false;
  },
  import: (run, statement, frame) => {
    importNames(run, statement, frame);
    return false;
  },
  block: (run, { body }, frame) => run.execute(run, body, frame),
};

function executeAssign(run: Run, statement: Of<"assign">, frame: Frame): boolean {
  const value = run.evaluate(run, statement.value, frame);
  checkWrittenSecret(run, nameOfTarget(statement.target), statement.value);
  checkNamed(run, nameOfTarget(statement.target), value, statement);
  if (statement.operator === null) {
    assign(run, statement.target, value, frame);
    return false;
  }
  const { target } = statement;
  const place = target.kind === "place" ? target.expression : null;
  const before =
    target.kind === "variable" ? readVariable(frame, target.name) : place && run.evaluate(run, place, frame);
  const old = before ?? UNKNOWN;
  const isText = statement.operator === "+" && old.elements === null;
  assign(run, target, isText ? concatValues([old, value]) : combine(old, value), frame);
  return false;
}

function executeIf(run: Run, statement: Of<"if">, frame: Frame): boolean {
  const { constant } = run.evaluate(run, statement.test, frame);
  if (constant !== undefined) return run.execute(run, constant ? statement.consequent : statement.otherwise, frame);
  const side = (truth: boolean, body: Statement[]): Branch =>
    runBranch(frame, () => {
      refine(run, statement.test, truth, frame);
      return run.execute(run, body, frame);
    });
  return meetBranches(frame, [side(true, statement.consequent), side(false, statement.otherwise)]);
}

/** Twice, so that what one turn leaves behind is seen by the next. */
function executeLoop(run: Run, statement: Of<"loop">, frame: Frame): boolean {
  const { iterable } = statement;
  for (let turn = 0; turn < 2; turn++) {
    const branches: Branch[] = [];
    // What is walked through is asked for even if there is nothing in it.
    const walked = iterable === null ? UNKNOWN : run.evaluate(run, iterable, frame);
    const jumps = catchJumps(frame, true, () => {
      branches.push(runBranch(frame, () => executeTurn(run, statement, walked, frame)));
    });
    meetBranches(frame, [...branches, ...jumps, skipped(frame)]);
  }
  return false;
}

function executeTurn(run: Run, { target, test, body }: Of<"loop">, walked: Value, frame: Frame): boolean {
  if (target !== null) assign(run, target, insideOf(walked), frame);
  if (test !== null) {
    run.evaluate(run, test, frame);
    refine(run, test, true, frame);
  }
  return run.execute(run, body, frame);
}

function executeSwitch(run: Run, statement: Of<"switch">, frame: Frame): boolean {
  const chosen = chooseCase(run, statement, frame);
  const cases = chosen === null ? statement.cases : [chosen];
  const branches: Branch[] = [];
  const runCases = () => {
    for (const each of cases) branches.push(runBranch(frame, () => executeCase(run, statement.subject, each, frame)));
  };
  let jumps: Branch[] = [];
  if (statement.endsAtBreak) jumps = catchJumps(frame, false, runCases);
  else runCases();
  const mayTakeNone = chosen === null && cases.every(({ tests }) => tests.length > 0);
  return meetBranches(frame, [...branches, ...jumps, ...(mayTakeNone ? [skipped(frame)] : [])]);
}

/** The case that a known subject takes, or null where it is not known. */
function chooseCase(run: Run, { subject, cases }: Of<"switch">, frame: Frame): SwitchCase | null {
  const { constant } = run.evaluate(run, subject, frame);
  if (constant === undefined) return null;
  const isMatch = (test: Expression) => run.evaluate(run, test, frame).constant === constant;
  const match = cases.find(({ tests }) => tests.some(isMatch)) ?? cases.find(({ tests }) => tests.length === 0);
  return match ?? { tests: [], body: [] };
}

function executeCase(run: Run, subject: Expression, { tests, body }: SwitchCase, frame: Frame): boolean {
  for (const test of tests) {
    refine(run, { ...subject, kind: "operation", operator: "==", operands: [subject, test] }, true, frame);
  }
  return run.execute(run, body, frame);
}

/** A handler may run after any part of the body, so it sees what the body may have done. */
function executeTry(run: Run, statement: Of<"try">, frame: Frame): boolean {
  const body = runBranch(frame, () => run.execute(run, statement.body, frame));
  meetBranches(frame, [{ ...body, isEnded: false }, skipped(frame)]);
  const handlers = statement.handlers.map(({ name, body: handler }) =>
    runBranch(frame, () => {
      if (name !== null) assign(run, name, pathValue("error"), frame);
      return run.execute(run, handler, frame);
    }),
  );
  const isEnded = meetBranches(frame, [body, ...handlers]);
  return run.execute(run, statement.finally, frame) || isEnded;
}

function skipped(frame: Frame): Branch {
  return runBranch(frame, goOn);
}
