import { z } from "zod";
import { defineJob } from "./job.ts";

/** Takes one scan run from its uploaded archive to its findings. */
export const runScanJob = defineJob("run-scan", z.object({ runId: z.uuid() }), ({ runId }) => runId);
