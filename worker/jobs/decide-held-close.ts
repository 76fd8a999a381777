import type { z } from "zod";
import { decideHeldClose } from "#lib/db/write/closing.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { decideHeldCloseJob } from "#lib/jobs/decide-held-close.ts";

export async function handleDecideHeldClose(decision: z.infer<typeof decideHeldCloseJob.payloadSchema>): Promise<void> {
  try {
    await decideHeldClose({ ...decision, now: new Date() });
  } catch (error) {
    // A job that comes again after its work was done finds the decision made.
    if (!(error instanceof AppError && error.code === "conflict")) throw error;
  }
}
