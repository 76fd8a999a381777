import { z } from "zod";
import { defineJob } from "./job.ts";

/** Takes one run of an import from its report to its findings. */
export const importReportJob = defineJob("import-report", z.object({ runId: z.uuid() }), ({ runId }) => runId);
