import type { z } from "zod";
import type { carryOutDecisionJob } from "#lib/jobs/carry-out-decision.ts";
import { carryOutDecision } from "#lib/usecases/carry-out-decision.ts";
import type { Task } from "../register-job.ts";

type Payload = z.infer<typeof carryOutDecisionJob.payloadSchema>;

export async function handleCarryOutDecision({ id }: Payload, { signal }: Task): Promise<void> {
  await carryOutDecision(id, signal, () => new Date());
}
