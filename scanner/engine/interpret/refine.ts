import type { Expression } from "../ir/nodes.ts";
import { evaluateArguments, holds } from "./call-arguments.ts";
import { type Check, checkOf } from "./check-of.ts";
import { refineInputs } from "./checked-inputs.ts";
import { vouchByAnswer } from "./checking-functions.ts";
import { isNarrow, isOfOwnSite } from "./narrow-patterns.ts";
import { DIFFERS, EQUALS, refineChoice } from "./refine-choice.ts";
import type { Run } from "./run.ts";
import { SHARED_KEYS } from "./shared-keys.ts";
import { deepTaints, EVERY_CLASS, type Frame, type Value } from "./value.ts";
import { vouch, vouchByPart, vouchWhole } from "./vouch.ts";
import { wholesOf } from "./wholes.ts";

type CallExpression = Extract<Expression, { kind: "call" }>;

/** Where the end of a name tells what matters of the whole. */
const CHECKED_BY_ENDING = ["unrestricted-file-upload"];
const LISTS = new Set(["includes", "has", "contains", "hasOwnProperty"]);
const MATCHERS = new Set(["match", "matches", "fullmatch", "test"]);
/** Those that hold the whole text without being told so. */
const WHOLE_MATCHERS = new Set(["matches", "fullmatch"]);
const SEARCHES = new Set(["includes", "indexOf", "contains", "search"]);

/** Takes into account that a condition is known to be true, or false: what was checked against a list is harmless now. */
export function refine(run: Run, test: Expression, truth: boolean, frame: Frame): void {
  if (test.kind === "logical" && test.operator === (truth ? "and" : "or")) {
    for (const operand of test.operands) refine(run, operand, truth, frame);
  }
  if (test.kind === "logical" && test.operator === (truth ? "or" : "and"))
    refineChoice(run, test.operands, truth, frame);
  refineInputs(run, test, truth, frame);
  if (test.kind === "operation") refineOperation(run, test, truth, frame);
  if (test.kind !== "call") return;
  vouchByAnswer(run, test, truth, frame);
  if (truth) refineCall(run, test, frame);
  else refuteCall(run, test, frame);
}

type Operation = Extract<Expression, { kind: "operation" }>;

function refineOperation(run: Run, test: Operation, truth: boolean, frame: Frame): void {
  const [left, right] = test.operands;
  const { operator } = test;
  if (left !== undefined && operator === "not") refine(run, left, !truth, frame);
  if (left === undefined || right === undefined) return;
  if (operator === "in" || operator === "not in")
    refineMembership(run, { left, right, isIn: (operator === "in") === truth }, frame);
  refineSearch(run, test, truth, frame);
  if (truth ? EQUALS.has(operator) : DIFFERS.has(operator)) refineEquality(run, left, right, frame);
  else if (EQUALS.has(operator) || DIFFERS.has(operator)) vouchIfOrdinaryKey(run, left, right, frame);
}

function refineMembership(run: Run, test: { left: Expression; right: Expression; isIn: boolean }, frame: Frame): void {
  const { left, right, isIn } = test;
  if (isIn) vouchIfListed(run, left, run.evaluate(run, right, frame), frame);
  else vouchIfWithout(run, right, run.evaluate(run, left, frame), frame);
}

function refineEquality(run: Run, left: Expression, right: Expression, frame: Frame): void {
  vouchIfKnown(run, left, run.evaluate(run, right, frame), frame);
  vouchIfKnown(run, right, run.evaluate(run, left, frame), frame);
  refineComparedCall(run, left, right, frame);
  vouchByType(run, left, right, frame);
}

/** Whoever asks for the names by which all objects are reached means to refuse them. */
function vouchIfOrdinaryKey(run: Run, left: Expression, right: Expression, frame: Frame): void {
  const { constant } = run.evaluate(run, right, frame);
  if (typeof constant === "string" && SHARED_KEYS.has(constant)) vouch(run, left, ["prototype-pollution"], frame);
}

/** Equal to something that is not from outside is as good as that. */
function vouchIfKnown(run: Run, place: Expression, other: Value, frame: Frame): void {
  const isEmpty = other.constant === null || other.constant === "" || other.constant === false;
  if (other.taints.length > 0 || isEmpty) return;
  if (other.constant !== undefined) vouch(run, place, [EVERY_CLASS], frame);
  vouchByPart(run, place, frame);
}

/** `typeof x === "string"`: text is no operator of a document database, and a number is nothing else. */
function vouchByType(run: Run, left: Expression, right: Expression, frame: Frame): void {
  const subject = left.kind === "operation" && left.operator === "typeof" ? left.operands[0] : undefined;
  const classes = right.kind === "literal" ? TYPE_VOUCHES.get(String(right.value)) : undefined;
  if (subject !== undefined && classes !== undefined) vouch(run, subject, classes, frame);
}

const TYPE_VOUCHES = new Map([
  ["string", ["nosql-injection"]],
  ["number", [EVERY_CLASS]],
  ["boolean", [EVERY_CLASS]],
]);

/** `LIST.indexOf(x) > -1` is `LIST.includes(x)`, however it is compared. */
function refineSearch(run: Run, { operator, operands }: Operation, truth: boolean, frame: Frame): void {
  const [left, right] = operands;
  if (left?.kind !== "call" || right === undefined) return;
  const found = FOUND.get(`${operator} ${run.evaluate(run, right, frame).constant}`);
  if (found === undefined) return;
  if (found !== truth) {
    vouchIfSearched(run, left, frame);
    return;
  }
  const check = checkOf(run, left, frame);
  if (check?.method === "indexOf") vouchByList(run, { ...check, method: "includes" }, frame);
}

/** What a comparison with a place in a list says when it is true: that something was found, or not. */
const FOUND: ReadonlyMap<string, boolean> = new Map([
  ["=== -1", false],
  ["== -1", false],
  ["< 0", false],
  ["!== -1", true],
  ["!= -1", true],
  ["> -1", true],
  [">= 0", true],
]);

/** `x.indexOf("/") === 0`, and calls that are compared with `true`. */
function refineComparedCall(run: Run, left: Expression, right: Expression, frame: Frame): void {
  if (left.kind !== "call") return;
  if (right.kind === "literal" && right.value === true) refineCall(run, left, frame);
  const { constant } = run.evaluate(run, right, frame);
  const check = constant === 0 ? checkOf(run, left, frame) : null;
  // `x.indexOf(y) === 0` is `x.startsWith(y)`.
  if (check?.method === "indexOf")
    vouchByGuards(run, { ...check, path: check.path.replace(/\w+$/u, "startsWith") }, true, frame);
}

/** Whoever looked for what does harm, and did not find it, is safe from it. */
function vouchIfSearched(run: Run, call: CallExpression, frame: Frame): void {
  const { callee } = call;
  const [first] = call.arguments;
  if (callee.kind !== "member" || !SEARCHES.has(callee.property) || first === undefined) return;
  vouchIfWithout(run, callee.object, run.evaluate(run, first.value, frame), frame);
}

/** Without `..`, or without a slash behind it, a path stays in its folder; without a quote nothing leaves a literal of XPath, which knows no escapes. */
function vouchIfWithout(run: Run, place: Expression, sought: Value, frame: Frame): void {
  if (typeof sought.constant !== "string") return;
  if (sought.constant.includes("..") || sought.constant === "/")
    vouch(run, place, ["path-traversal", "archive-path-traversal"], frame);
  if (SHARED_KEYS.has(sought.constant)) vouch(run, place, ["prototype-pollution"], frame);
  if (sought.constant === "'" || sought.constant === '"') vouch(run, place, ["xpath-injection"], frame);
}

function vouchIfListed(run: Run, place: Expression, list: Value, frame: Frame): void {
  if (deepTaints(list).length > 0 || typeof list.constant === "string") return;
  vouch(run, place, [EVERY_CLASS], frame);
  vouchByPart(run, place, frame);
  for (const whole of wholesOf(place)) vouch(run, whole, CHECKED_BY_ENDING, frame);
}

function refineCall(run: Run, call: CallExpression, frame: Frame): void {
  const check = checkOf(run, call, frame);
  if (check === null) return;
  vouchByGuards(run, check, true, frame);
  vouchByList(run, check, frame);
  vouchByPattern(run, check, frame);
}

function refuteCall(run: Run, call: CallExpression, frame: Frame): void {
  vouchIfSearched(run, call, frame);
  const check = checkOf(run, call, frame);
  if (check === null) return;
  vouchByGuards(run, check, false, frame);
  vouchIfRefused(run, check, frame);
  vouchIfUnmatched(run, check, frame);
}

/** `["__proto__", "constructor"].includes(x)` was false. */
function vouchIfRefused(run: Run, { call, receiver, method }: Check, frame: Frame): void {
  const [first] = call.arguments;
  if (first === undefined || !LISTS.has(method)) return;
  const listed = [...(receiver?.elements?.values() ?? [])];
  if (listed.some(({ constant }) => typeof constant === "string" && SHARED_KEYS.has(constant)))
    vouch(run, first.value, ["prototype-pollution"], frame);
}

/** `/__proto__|constructor/.test(x)` was false. */
function vouchIfUnmatched(run: Run, { call, receiver, method }: Check, frame: Frame): void {
  const [first] = call.arguments;
  if (first === undefined || !MATCHERS.has(method)) return;
  const pattern = receiver?.pattern ?? patternOf(run, first.value, frame);
  const matched = receiver?.pattern == null && call.callee.kind === "member" ? call.callee.object : first.value;
  if (pattern !== null && [...SHARED_KEYS].some((key) => pattern.includes(key)))
    vouch(run, matched, ["prototype-pollution"], frame);
}

function vouchByGuards(run: Run, { call, receiver: value, path }: Check, truth: boolean, frame: Frame): void {
  for (const guard of run.rules.about(path).guards) {
    if (guard.refuses === truth) continue;
    if (guard.when !== undefined && !holds(guard.when, evaluateArguments(run, call, value, frame))) continue;
    const receiver = call.callee.kind === "member" ? call.callee.object : undefined;
    const place = guard.of === "receiver" ? receiver : call.arguments[0]?.value;
    if (place === undefined) continue;
    vouchWhole(run, place, guard.classes, frame);
  }
}

/** `ALLOWED.includes(x)`. */
function vouchByList(run: Run, { call, receiver, method }: Check, frame: Frame): void {
  const [first] = call.arguments;
  if (first === undefined || receiver === null || !LISTS.has(method) || receiver.taints.length > 0) return;
  // Which names an object has is its own, whatever was put under them.
  const names = method === "hasOwnProperty" ? { ...receiver, elements: null } : receiver;
  vouchIfListed(run, first.value, names, frame);
}

/** `/^\d+$/.test(x)`, `PATTERN.fullmatch(x)`, `re.match(r"^\w+$", x)`, `x.match(/^\w+$/)`. */
function vouchByPattern(run: Run, { call, receiver, method }: Check, frame: Frame): void {
  const [first, second] = call.arguments;
  if (first === undefined || receiver === null || !MATCHERS.has(method)) return;
  const compiled = receiver.pattern;
  const pattern = compiled ?? patternOf(run, first.value, frame);
  const receiverPlace = call.callee.kind === "member" ? call.callee.object : first.value;
  const matched = second?.value ?? receiverPlace;
  const whole = WHOLE_MATCHERS.has(method) && pattern !== null ? `^${pattern.replace(/^\^|\$$/gu, "")}$` : pattern;
  if (whole === null) return;
  const place = compiled === null ? matched : first.value;
  if (isNarrow(whole)) vouch(run, place, [EVERY_CLASS], frame);
  else if (isOfOwnSite(whole)) vouch(run, place, ["open-redirect"], frame);
}

function patternOf(run: Run, expression: Expression, frame: Frame): string | null {
  const { constant, pattern } = run.evaluate(run, expression, frame);
  return pattern ?? (typeof constant === "string" ? constant : null);
}
