import type { Place } from "../ir/nodes.ts";
import { isSecretNamed } from "../secrets/secret-value.ts";
import type { Run } from "./run.ts";
import type { Value } from "./value.ts";

/** Reports a text written into the code under a name that says it should not be there. */
export function checkConstantSecret(run: Run, name: string, value: Value, place: Place): void {
  const detector = run.rules.secretDetector;
  if (detector === null || typeof value.constant !== "string") return;
  if (isSecretNamed(name, value.constant)) run.report({ detector, place, taint: null });
}
