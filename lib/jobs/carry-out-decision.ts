import { z } from "zod";
import { defineJob } from "./job.ts";

/** A decision about more findings than are decided at once, or its undo: the row's state says which. */
export const carryOutDecisionJob = defineJob("carry-out-decision", z.object({ id: z.uuid() }), ({ id }) => id);
