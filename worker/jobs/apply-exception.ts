import type { z } from "zod";
import { applyRule } from "#lib/db/write/exceptions/apply-rule.ts";
import type { applyExceptionJob } from "#lib/jobs/apply-exception.ts";
import type { Task } from "../register-job.ts";

type Payload = z.infer<typeof applyExceptionJob.payloadSchema>;

export async function handleApplyException({ id }: Payload, { signal }: Task): Promise<void> {
  await applyRule(id, signal, () => new Date());
}
