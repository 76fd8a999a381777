import type { Place } from "../ir/nodes.ts";
import type { Facts, Sink } from "../rules/rule-set.ts";
import { type CallArguments, holds, holdsInPart, selectArguments } from "./call-arguments.ts";
import { readVariable, writeVariable } from "./frame.ts";
import type { Run } from "./run.ts";
import { constantValue, deepTaints, type Frame, isCleaned, type Value } from "./value.ts";

/** A call, what is known of what it calls, and where to report it. */
type CheckedCall = { facts: Facts; given: CallArguments; place: Place };

/** Reports what a call does wrong: by itself, and by what reaches it. */
export function checkCall(run: Run, { facts, given, place }: CheckedCall, frame: Frame): void {
  for (const rule of facts.callRules) {
    const { detector, severity } = rule;
    if (applies(rule, given)) run.report({ detector, severity, place, taint: null });
  }
  for (const sink of facts.callSinks) {
    if (!applies(sink, given) || (sink.page && readVariable(frame, CONTENT_TYPE) !== undefined)) continue;
    const values = sink.arguments.flatMap((selector) => selectArguments(given, selector));
    for (const value of values) checkSink(run, sink, value, place);
  }
}

/** No variable is called so; it is set where an answer was said to be something other than a page. */
const CONTENT_TYPE = "@content-type";

/** Notes what `res.type("json")` or `res.setHeader("Content-Type", …)` say of what is sent after. */
export function noteContentType(given: CallArguments, frame: Frame): void {
  const [first, second] = given.positional;
  const isHeader = typeof first?.constant === "string" && first.constant.toLowerCase() === "content-type";
  const only = given.positional.length === 1 ? first : undefined;
  const type = (isHeader ? second : only)?.constant;
  if (typeof type === "string" && !/html/iu.test(type)) writeVariable(frame, CONTENT_TYPE, constantValue(type));
}

function applies(rule: Pick<Sink, "when" | "unless">, given: CallArguments): boolean {
  if (rule.when !== undefined && !holds(rule.when, given)) return false;
  return rule.unless === undefined || !holdsInPart(rule.unless, given);
}

type Danger = Pick<Sink, "class" | "deep" | "atStart" | "alongside"> & { onlyNames?: boolean };

/** Reports a value that reaches a sink while it is still dangerous there. */
export function checkSink(run: Run, sink: Danger, value: Value, place: Place): void {
  const detector = run.rules.detectorsByClass.get(sink.class);
  if (detector?.taint === undefined) return;
  const { from } = detector.taint;
  const taints = sink.deep ? deepTaints(value) : value.taints;
  if (sink.alongside !== undefined && !taints.some(({ kind }) => kind === sink.alongside)) return;
  const taint = taints.find(
    (candidate) =>
      from.includes(candidate.kind) && !isCleaned(candidate, sink.class) && (candidate.atStart || !sink.atStart),
  );
  if (taint !== undefined) run.report({ detector, place, taint, awaitsCheck: sink.onlyNames ?? false });
}

/** Reports a value that is believed for what it says, by what it is compared with. */
export function checkComparison(run: Run, operands: Value[], place: Place): void {
  for (const [value, other] of [operands, operands.toReversed()]) {
    if (value === undefined || other === undefined || value.taints.length === 0) continue;
    const given = { receiver: value, positional: [other], named: new Map(), rest: null };
    for (const sink of run.rules.comparedSinks) if (applies(sink, given)) checkSink(run, sink, value, place);
  }
}

/** Reports a value that does harm under the name it is given: a setting, or what can be guessed as a token. */
export function checkNamed(run: Run, name: string | null, value: Value, place: Place): void {
  if (name === null) return;
  checkSetting(run, name, value, place);
  if (value.taints.length === 0) return;
  for (const { sink, matches } of run.rules.nameSinks) if (matches.test(name)) checkSink(run, sink, value, place);
}

/** Reports a setting that is switched to what does harm. */
function checkSetting(run: Run, name: string, value: Value, place: Place): void {
  const setting = run.rules.settings.get(name);
  const given = [value, ...(value.elements?.values() ?? [])];
  if (setting !== undefined && given.some(({ constant }) => setting.values.includes(constant)))
    run.report({ detector: setting.detector, place, taint: null });
}

/** Reports what is put into a field of a known thing. */
export function checkField(run: Run, path: string, value: Value, place: Place): void {
  const { fieldRules, fieldSinks } = run.rules.about(path);
  const given = { receiver: null, positional: [value], named: new Map(), rest: null };
  for (const { detector, values, are, when } of fieldRules) {
    const isWrong = values.includes(value.constant) || (value.path !== null && are.includes(value.path));
    if (isWrong || (when !== undefined && holds(when, given))) run.report({ detector, place, taint: null });
  }
  for (const sink of fieldSinks) checkSink(run, sink, value, place);
}

/** Reports a text that a handler returns, where the framework sends it as a page. */
export function checkReturn(run: Run, value: Value, place: Place): void {
  const activation = run.activations.at(-1);
  checkNamed(run, activation?.function.name ?? null, value, place);
  for (const { class: name, deep, beginning } of activation?.returnSinks ?? []) {
    if (beginning !== undefined && !new RegExp(beginning, "u").test(value.prefix)) continue;
    checkSink(run, { class: name, deep, atStart: false }, answerOf(value), place);
  }
}

/** Python's handlers may return a text with a status: `return page, 404`. */
function answerOf(value: Value): Value {
  const hasStatus = typeof value.elements?.get("1")?.constant === "number";
  return (hasStatus ? value.elements?.get("0") : undefined) ?? value;
}
