import type { Expression, Place } from "../ir/nodes.ts";
import type { Run } from "./run.ts";
import {
  constantValue,
  deepTaints,
  type Frame,
  joinTaints,
  type Taint,
  taintedValue,
  UNKNOWN,
  type Value,
} from "./value.ts";

const MAX_TEXT = 4_096;
/** An address whose host is complete: whoever chooses the rest does not choose the host. */
const FIXED_HOST = /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/\s]+[/?#]|^\/(?!\/)|^[?#]/iu;

export function evaluateConcat(run: Run, expression: Extract<Expression, { kind: "concat" }>, frame: Frame): Value {
  return concatValues(expression.parts.map((part) => asText(run, run.evaluate(run, part, frame), part)));
}

/** An object that becomes part of a text is asked for its own. */
function asText(run: Run, value: Value, place: Place): Value {
  if (value.path === null || !value.path.endsWith("()") || value.taints.length > 0) return value;
  const [kind] = run.rules.about(`${value.path}.toString()`).sources;
  return kind === undefined ? value : taintedValue(kind, place, value.path);
}

/** Text made of parts. Its taints know whether the input stands at the start. */
export function concatValues(parts: Value[]): Value {
  const [only] = parts;
  if (only !== undefined && parts.every((part) => typeof part.constant === "number")) return addNumbers(parts);
  let prefix = "";
  let isPrefixOpen = true;
  let isStartFixed = false;
  let taints: readonly Taint[] = [];
  for (const part of parts) {
    taints = joinTaints(taints, startingAt(deepTaints(part), !isStartFixed));
    if (!isPrefixOpen) continue;
    const text = textOf(part);
    if (prefix.length <= MAX_TEXT) prefix += text ?? part.prefix;
    // What begins with something unknown that is not from outside, such as a setting, is not chosen by the sender.
    const isUnknownStart = text === null && prefix === "" && part.taints.length === 0;
    isStartFixed ||= isUnknownStart || FIXED_HOST.test(prefix.slice(0, MAX_TEXT));
    isPrefixOpen = text !== null;
  }
  if (isPrefixOpen && prefix.length <= MAX_TEXT) return { ...constantValue(prefix), taints };
  return { ...UNKNOWN, prefix: prefix.slice(0, MAX_TEXT), ending: endingOf(parts), taints };
}

/** What is known of a text from its end on. */
function endingOf(parts: Value[]): string {
  let ending = "";
  for (const part of parts.toReversed()) {
    const text = textOf(part);
    ending = `${text ?? part.ending}${ending}`;
    if (text === null || ending.length > MAX_TEXT) break;
  }
  return ending.slice(-MAX_TEXT);
}

function startingAt(taints: readonly Taint[], atStart: boolean): readonly Taint[] {
  return atStart ? taints : taints.map((taint) => (taint.atStart ? { ...taint, atStart: false } : taint));
}

function textOf(value: Value): string | null {
  return value.constant === undefined || value.constant === null ? null : String(value.constant);
}

function addNumbers(parts: Value[]): Value {
  return constantValue(parts.reduce((sum, part) => sum + Number(part.constant), 0));
}
