import type { Run } from "./run.ts";
import { cleaned, EVERY_CLASS, type Taint, type Value } from "./value.ts";

/** What numbers carry: a letter that is picked by a number which can be guessed can be guessed, too. */
export function numericTaints(run: Run, value: Value): readonly Taint[] {
  return value.taints.filter(({ kind }) => run.rules.numericKinds.has(kind));
}

/** Harmless for those classes; what is dangerous as a number remains so when all else is taken out. */
export function sanitized(run: Run, value: Value, classes: string[]): Value {
  const answer = cleaned(value, classes);
  const numeric = classes.includes(EVERY_CLASS) ? numericTaints(run, value) : [];
  if (numeric.length === 0) return answer;
  return { ...answer, taints: [...answer.taints.filter(({ kind }) => !run.rules.numericKinds.has(kind)), ...numeric] };
}
