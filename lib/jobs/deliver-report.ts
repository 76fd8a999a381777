import { z } from "zod";
import { defineJob } from "./job.ts";

/** Tries to send one report to one recipient. */
export const deliverReportJob = defineJob("deliver-report", z.object({ id: z.uuid() }), ({ id }) => id);
