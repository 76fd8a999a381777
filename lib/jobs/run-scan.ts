import { z } from "zod";
import { defineJob } from "./job.ts";

/** `token` is the scanner's name for one try: the same however often the job is taken up, another for a retry. */
const runScanSchema = z.object({ runId: z.uuid(), token: z.uuid() });
export type ScanTry = z.infer<typeof runScanSchema>;

/** Takes one scan run from its uploaded archive to its findings. */
export const runScanJob = defineJob("run-scan", runScanSchema, ({ runId }) => runId);
