import { z } from "zod";
import { defineJob } from "./job.ts";

/** Tries one delivery of a hand-over. */
export const deliverHandOverJob = defineJob("deliver-hand-over", z.object({ id: z.uuid() }), ({ id }) => id);
