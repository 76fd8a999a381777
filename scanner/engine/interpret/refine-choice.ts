import type { Expression } from "../ir/nodes.ts";
import type { Run } from "./run.ts";
import { EVERY_CLASS, type Frame } from "./value.ts";
import { placeKey, vouch } from "./vouch.ts";

export const EQUALS: ReadonlySet<string> = new Set(["==", "===", "is"]);
export const DIFFERS: ReadonlySet<string> = new Set(["!=", "!==", "is not"]);

/** `x === "a" || x === "b"` is `["a", "b"].includes(x)`. */
export function refineChoice(run: Run, tests: readonly Expression[], truth: boolean, frame: Frame): void {
  const places = tests.map((test) => placeOfKnown(run, test, truth, frame));
  const [first] = places;
  if (first === undefined || first === null) return;
  const key = placeKey(run, first);
  if (places.every((place) => place !== null && placeKey(run, place) === key)) vouch(run, first, [EVERY_CLASS], frame);
}

/** What a test compares with a constant, if it is equal to it when the test is as said. */
function placeOfKnown(run: Run, test: Expression, truth: boolean, frame: Frame): Expression | null {
  if (test.kind !== "operation" || !(truth ? EQUALS : DIFFERS).has(test.operator)) return null;
  const [left, right] = test.operands;
  if (left === undefined || right === undefined) return null;
  const isKnown = (side: Expression) => Boolean(run.evaluate(run, side, frame).constant);
  if (isKnown(right)) return left;
  return isKnown(left) ? right : null;
}
