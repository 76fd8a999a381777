import type { Expression } from "../ir/nodes.ts";
import type { Facts } from "../rules/rule-set.ts";
import type { Run } from "./run.ts";
import type { Frame } from "./value.ts";

/** What is known of a decorator, or of an annotation, or null; reports one that is wrong as it is given. */
export function decoratorFacts(run: Run, decorator: Expression, frame: Frame): Facts | null {
  const { path } = run.evaluate(run, decorator.kind === "call" ? decorator.callee : decorator, frame);
  if (path === null) return null;
  const facts = run.rules.about(path);
  for (const detector of facts.decoratorRules) run.report({ detector, place: decorator, taint: null });
  // A call reports itself; it is evaluated only for that, since its answer is a function that nobody knows.
  if (facts.callRules.length > 0) run.evaluate(run, decorator, frame);
  return facts;
}
