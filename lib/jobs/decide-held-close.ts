import { z } from "zod";
import { defineJob } from "./job.ts";

/** A person's decision on a mass close that was held. */
export const decideHeldCloseJob = defineJob(
  "decide-held-close",
  z.object({ id: z.uuid(), decision: z.enum(["confirmed", "rejected"]), personId: z.uuid() }),
  ({ id }) => id,
);
