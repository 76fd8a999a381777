import { applyRules } from "#lib/usecases/apply-rules.ts";
import type { Task } from "../register-job.ts";

export async function handleApplyRules(_: unknown, { signal }: Task): Promise<void> {
  await applyRules(signal, () => new Date());
}
