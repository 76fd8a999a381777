import type { Expression } from "../ir/nodes.ts";
import type { Condition, ConditionValue } from "../rules/condition-schema.ts";
import type { Run } from "./run.ts";
import { isSlowPattern } from "./slow-pattern.ts";
import { isTrivial, readsField } from "./trivial-functions.ts";
import { ANY_KEY, deepTaints, elementOf, type Frame, joinAll, UNKNOWN, type Value } from "./value.ts";

type CallExpression = Extract<Expression, { kind: "call" }>;

/** What a call is given, evaluated. `rest` stands for what a spread may add anywhere. */
export type CallArguments = {
  /** What stands before the dot. */
  receiver: Value | null;
  positional: Value[];
  named: Map<string, Value>;
  rest: Value | null;
};

export function evaluateArguments(run: Run, call: CallExpression, receiver: Value | null, frame: Frame): CallArguments {
  const result: CallArguments = { receiver, positional: [], named: new Map(), rest: null };
  for (const argument of call.arguments) {
    const value = run.evaluate(run, argument.value, frame);
    if (argument.isSpread) spread(result, value);
    else if (argument.name === null) result.positional.push(value);
    else result.named.set(argument.name, value);
  }
  return result;
}

function spread(result: CallArguments, value: Value): void {
  const known = [...(value.elements ?? [])].filter(([key]) => key !== ANY_KEY);
  for (const [key, element] of known) {
    if (/^\d+$/u.test(key)) result.positional.push(element);
    else result.named.set(key, element);
  }
  const others = { ...UNKNOWN, taints: deepTaints(value) };
  if (known.length === 0) result.rest = result.rest === null ? others : joinAll([result.rest, others]);
}

export function allArguments(given: CallArguments): Value[] {
  return [...given.positional, ...given.named.values(), ...(given.rest === null ? [] : [given.rest])];
}

/**
 * The values a selector means: `0` the first argument, `shell` a named one, `0|sql` either, `1.shell` a field of the
 * second, `*` all of them, `2+` all from the third on, `receiver` what stands before the dot.
 */
export function selectArguments(given: CallArguments, selector: string): Value[] {
  if (selector === "*") return allArguments(given);
  if (selector === "receiver") return given.receiver === null ? [] : [given.receiver];
  const from = /^(\d+)\+$/u.exec(selector);
  if (from !== null) return given.positional.slice(Number(from[1]));
  const [head = "", ...path] = selector.split(".");
  for (const option of head.split("|")) {
    const argument = given.named.get(option) ?? given.positional[/^\d+$/u.test(option) ? Number(option) : -1];
    if (argument === undefined) continue;
    const value = path.reduce<Value | undefined>(
      (inner, key) => (inner === undefined ? inner : elementOf(inner, key)),
      argument,
    );
    return value === undefined ? [] : [value];
  }
  return given.rest === null || path.length > 0 ? [] : [given.rest];
}

/** Whether every part of the condition holds. */
export function holds(condition: Condition, given: CallArguments): boolean {
  return Object.entries(condition).every(([selector, expected]) => {
    const [value] = selectArguments(given, selector);
    return isAs(value, expected);
  });
}

/** Whether any part of the condition holds. */
export function holdsInPart(condition: Condition, given: CallArguments): boolean {
  return Object.entries(condition).some(([selector, expected]) => holds({ [selector]: expected }, given));
}

function isAs(value: Value | undefined, expected: ConditionValue): boolean {
  if (Array.isArray(expected)) return expected.some((option) => isAs(value, option));
  if (expected === null || typeof expected !== "object") return value !== undefined && isSame(value.constant, expected);
  if ("is" in expected) return value === undefined ? IS_WITHOUT_VALUE.has(expected.is) : IS[expected.is](value);
  if ("below" in expected || "bits" in expected)
    return typeof value?.constant === "number" && isNumberAs(value.constant, expected);
  return value !== undefined && isValueAs(value, expected);
}

type Quest = Extract<ConditionValue, { matches: string } | { ends: string } | { lacks: string } | { carries: string }>;

function isValueAs(value: Value, expected: Quest): boolean {
  if ("matches" in expected) {
    const text = value.constant === undefined ? knownText(value) : value.constant;
    return typeof text === "string" && new RegExp(expected.matches, "iu").test(text);
  }
  if ("ends" in expected) return new RegExp(expected.ends, "iu").test(value.ending);
  if ("carries" in expected) return deepTaints(value).some(({ kind }) => kind === expected.carries);
  return value.callable !== null && !readsField(value.callable.function.body, expected.lacks);
}

/** What is known of a value that is no constant: a pattern, how a text begins, or how the value came about. */
function knownText(value: Value): string | null {
  if (value.pattern !== null) return value.pattern;
  return value.prefix === "" ? value.path : value.prefix;
}

function isNumberAs(number: number, expected: { below: number } | { bits: number }): boolean {
  return "below" in expected ? number < expected.below : (number & expected.bits) !== 0;
}

type Quality = Extract<ConditionValue, { is: string }>["is"];

/** What holds of an argument that is not given. */
const IS_WITHOUT_VALUE: ReadonlySet<Quality> = new Set(["missing", "unknown"]);

const IS: Record<Quality, (value: Value) => boolean> = {
  missing: () => false,
  present: () => true,
  constant: ({ constant }) => constant !== undefined,
  unknown: ({ constant }) => constant === undefined,
  slow: ({ constant, pattern }) => {
    const text = pattern ?? constant;
    return typeof text === "string" && isSlowPattern(text);
  },
  trivial: ({ callable }) => callable !== null && isTrivial(callable.function),
};

function isSame(constant: Value["constant"], expected: string | number | boolean | null): boolean {
  if (typeof constant === "string" && typeof expected === "string")
    return constant.toLowerCase() === expected.toLowerCase();
  return constant === expected;
}
