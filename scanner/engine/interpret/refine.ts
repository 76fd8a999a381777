import type { Expression } from "../ir/nodes.ts";
import { type Frame, readVariable, variablesOf, writeVariable } from "./frame.ts";
import { memberOf } from "./member.ts";
import type { Run } from "./run.ts";
import { cleaned, deepTaints, EVERY_CLASS, type Value } from "./value.ts";

type CallExpression = Extract<Expression, { kind: "call" }>;
const EQUALS = new Set(["==", "===", "is"]);
const DIFFERS = new Set(["!=", "!==", "is not"]);
/** Classes where checking a part of the input, such as its host, vouches for the whole. */
const CHECKED_BY_PART = ["ssrf", "path-traversal"];

/** The key under which what we learned of a place such as `req.query.file` is kept; no variable is called so. */
export function placeKey(run: Run, place: Expression): string {
  return `@${run.source.slice(place.start, Math.min(place.end, place.start + 200))}`;
}

/** Takes into account that a condition is known to be true, or false: what was checked against a list is harmless now. */
export function refine(run: Run, test: Expression, truth: boolean, frame: Frame): void {
  if (test.kind === "logical" && test.operator === (truth ? "and" : "or")) {
    for (const operand of test.operands) refine(run, operand, truth, frame);
  }
  if (test.kind === "operation") refineOperation(run, test, truth, frame);
  if (test.kind === "call" && truth) refineCall(run, test, frame);
}

function refineOperation(
  run: Run,
  test: Extract<Expression, { kind: "operation" }>,
  truth: boolean,
  frame: Frame,
): void {
  const [left, right] = test.operands;
  if (left === undefined) return;
  if (test.operator === "not") refine(run, left, !truth, frame);
  if (right === undefined) return;
  if ((test.operator === "in" && truth) || (test.operator === "not in" && !truth)) {
    vouchIfListed(run, left, run.evaluate(run, right, frame), frame);
  }
  if (truth ? EQUALS.has(test.operator) : DIFFERS.has(test.operator)) {
    vouchIfKnown(run, left, run.evaluate(run, right, frame), frame);
    vouchIfKnown(run, right, run.evaluate(run, left, frame), frame);
    refineComparedCall(run, left, right, frame);
  }
}

/** Equal to something that is not from outside is as good as that. */
function vouchIfKnown(run: Run, place: Expression, other: Value, frame: Frame): void {
  const isEmpty = other.constant === null || other.constant === "" || other.constant === false;
  if (other.taints.length > 0 || isEmpty) return;
  if (other.constant !== undefined) vouch(run, place, [EVERY_CLASS], frame);
  vouchByPart(run, place, frame);
}

/** `list.indexOf(x) !== -1` is known by its false side elsewhere; here: `path.normalize(x) === x` and the like. */
function refineComparedCall(run: Run, left: Expression, right: Expression, frame: Frame): void {
  if (left.kind === "call" && right.kind === "literal" && right.value === true) refineCall(run, left, frame);
}

function vouchIfListed(run: Run, place: Expression, list: Value, frame: Frame): void {
  if (deepTaints(list).length > 0 || typeof list.constant === "string") return;
  vouch(run, place, [EVERY_CLASS], frame);
  vouchByPart(run, place, frame);
}

function refineCall(run: Run, call: CallExpression, frame: Frame): void {
  const { callee } = call;
  if (callee.kind !== "member" && callee.kind !== "name") return;
  const receiver = callee.kind === "member" ? run.evaluate(run, callee.object, frame) : null;
  const [first] = call.arguments;
  const calleeValue =
    receiver !== null && callee.kind === "member"
      ? memberOf(receiver, callee.property)
      : run.evaluate(run, callee, frame);
  for (const guard of run.rules.guards.lookup(calleeValue.path ?? "?")) {
    const place = guard.of === "receiver" && callee.kind === "member" ? callee.object : first?.value;
    if (place === undefined) continue;
    vouch(run, place, guard.classes, frame);
    if (guard.classes.some((name) => CHECKED_BY_PART.includes(name))) vouchByPart(run, place, frame);
  }
  if (callee.kind !== "member" || receiver === null || first === undefined) return;
  if (LISTS.has(callee.property) && receiver.taints.length === 0) vouchIfListed(run, first.value, receiver, frame);
  const pattern = receiver.pattern ?? (MATCHERS.has(callee.property) ? patternOf(run, first.value, frame) : null);
  const subject = receiver.pattern === null && call.arguments.length > 1 ? call.arguments[1] : first;
  if (pattern !== null && subject !== undefined && isNarrow(pattern)) vouch(run, subject.value, [EVERY_CLASS], frame);
}

const LISTS = new Set(["includes", "has", "contains", "hasOwnProperty"]);
const MATCHERS = new Set(["match", "fullmatch", "test"]);

function patternOf(run: Run, expression: Expression, frame: Frame): string | null {
  const { constant } = run.evaluate(run, expression, frame);
  return typeof constant === "string" ? constant : null;
}

/** A pattern that describes the whole text and lets through nothing that could mean more than a word or a number. */
export function isNarrow(pattern: string): boolean {
  const isWhole = /^(?:\\A|\^)/u.test(pattern) && /(?:\\Z|\\z|\$)$/u.test(pattern);
  const withoutEscapes = pattern.replace(/\\[.\-\w]/gu, (escaped) => (/\\[WSD]/u.test(escaped) ? "." : ""));
  return isWhole && !/\.[*+{]|\[\^|['";<>`$|&](?!$)/u.test(withoutEscapes);
}

/** Makes one place harmless for those classes. */
function vouch(run: Run, place: Expression, classes: readonly string[], frame: Frame): void {
  if (place.kind === "name") {
    const value = readVariable(frame, place.name);
    if (value !== undefined) writeVariable(frame, place.name, cleaned(value, classes));
    return;
  }
  if (place.kind === "call" && place.callee.kind === "member") vouch(run, place.callee.object, classes, frame);
  if (place.kind !== "member" && place.kind !== "index") return;
  writeVariable(frame, placeKey(run, place), cleaned(run.evaluate(run, place, frame), classes));
}

/** Makes harmless whatever holds the same input as this place, where checking a part is enough. */
function vouchByPart(run: Run, place: Expression, frame: Frame): void {
  const origins = new Set(run.evaluate(run, place, frame).taints.map((taint) => taint.origin));
  if (origins.size === 0) return;
  for (const [name, value] of [...variablesOf(frame)]) {
    const current = readVariable(frame, name);
    if (current === value && value.taints.some((taint) => origins.has(taint.origin))) {
      writeVariable(frame, name, cleaned(value, CHECKED_BY_PART));
    }
  }
}
