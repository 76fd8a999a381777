import { z } from "zod";
import { defineJob } from "./job.ts";

/** A rule that was made, changed or ended: its row says which. */
export const applyExceptionJob = defineJob("apply-exception", z.object({ id: z.uuid() }), ({ id }) => id);
