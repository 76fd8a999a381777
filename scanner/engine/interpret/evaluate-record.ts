import type { Expression } from "../ir/nodes.ts";
import type { Run } from "./run.ts";
import { checkNamed, checkSink } from "./sinks.ts";
import {
  ANY_KEY,
  cleaned,
  deepTaints,
  type Frame,
  joinTaints,
  joinValues,
  type Taint,
  UNKNOWN,
  type Value,
} from "./value.ts";
import { checkWrittenSecret } from "./written-secrets.ts";

export function evaluateRecord(run: Run, expression: Extract<Expression, { kind: "record" }>, frame: Frame): Value {
  const elements = new Map<string, Value>();
  let taints: readonly Taint[] = [];
  for (const entry of expression.entries) {
    const given = run.evaluate(run, entry.value, frame);
    if (entry.key === null) {
      for (const [key, element] of given.elements ?? []) elements.set(key, element);
      taints = joinTaints(taints, given.taints);
      continue;
    }
    const key = run.evaluate(run, entry.key, frame);
    // A key that the sender chooses makes the whole record his.
    taints = joinTaints(taints, deepTaints(key));
    const name = key.constant === undefined ? ANY_KEY : String(key.constant);
    const value = cleaned(given, run.rules.harmlessKeys.get(name) ?? []);
    put(elements, name, value);
    if (name !== ANY_KEY) checkEntry(run, name, value, { ...entry.value, start: entry.key.start });
  }
  return { ...UNKNOWN, elements, taints };
}

/** Of two values whose keys are not known, either may be there. */
function put(elements: Map<string, Value>, name: string, value: Value): void {
  const known = name === ANY_KEY ? elements.get(name) : undefined;
  elements.set(name, known === undefined ? value : joinValues(known, value));
}

/** Reports what does harm under the key it is given. The place is that of both. */
function checkEntry(run: Run, name: string, value: Value, expression: Expression): void {
  const sink = run.rules.keySinks.get(name);
  if (sink !== undefined) checkSink(run, sink, value, expression);
  checkNamed(run, name, value, expression);
  checkWrittenSecret(run, name, expression);
}
