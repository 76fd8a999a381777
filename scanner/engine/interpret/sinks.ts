import type { Place } from "../ir/nodes.ts";
import type { Sink } from "../rules/rule-set.ts";
import { type CallArguments, holds, holdsInPart, selectArguments } from "./call-arguments.ts";
import type { Run } from "./run.ts";
import { deepTaints, isCleaned, type Value } from "./value.ts";

/** Reports what a call does wrong: by itself, and by what reaches it. */
export function checkCall(run: Run, path: string, given: CallArguments, place: Place): void {
  for (const rule of run.rules.callRules.lookup(path)) {
    if (!applies(rule, given)) continue;
    run.report({ detector: rule.detector, place, taint: null });
  }
  for (const sink of run.rules.callSinks.lookup(path)) {
    if (!applies(sink, given)) continue;
    const values = sink.arguments.flatMap((selector) => selectArguments(given, selector));
    for (const value of values) checkSink(run, sink, value, place);
  }
}

function applies(rule: Pick<Sink, "when" | "unless">, given: CallArguments): boolean {
  if (rule.when !== undefined && !holds(rule.when, given)) return false;
  return rule.unless === undefined || !holdsInPart(rule.unless, given);
}

/** Reports a value that reaches a sink while it is still dangerous there. */
export function checkSink(run: Run, sink: Sink, value: Value, place: Place): void {
  const detector = run.rules.detectorsByClass.get(sink.class);
  if (detector?.taint === undefined) return;
  const { from } = detector.taint;
  const taint = (sink.deep ? deepTaints(value) : value.taints).find(
    (candidate) =>
      from.includes(candidate.kind) && !isCleaned(candidate, sink.class) && (candidate.atStart || !sink.atStart),
  );
  if (taint !== undefined) run.report({ detector, place, taint });
}

/** Reports a text that a handler returns, where the framework sends it as a page. */
export function checkReturn(run: Run, value: Value, place: Place): void {
  const activation = run.activations.at(-1);
  if (activation === undefined || activation.returnSink === null) return;
  const sink = { class: activation.returnSink, arguments: [], deep: false, atStart: false };
  checkSink(run, sink, value, place);
}
