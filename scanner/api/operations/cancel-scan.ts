import { z } from "zod";
import { getRun } from "../../store/read-runs.ts";
import { cancelRun } from "../../store/run-queue.ts";
import { scanNameSchema, uuidSchema } from "../input-schemas.ts";
import { operation } from "../operation.ts";
import { notFound } from "../wire-error.ts";

/** Not one of AWS's operations: it ends a run that is in progress; one that has ended stays as it is. */
export const cancelScan = operation(
  {
    name: "CancelScan",
    method: "DELETE",
    path: "/scans/{scanName}",
    input: z.object({ scanName: scanNameSchema, runId: uuidSchema }),
  },
  async ({ scanName, runId }, { database, now }) => {
    if (!(await getRun(database, scanName, runId))) throw notFound("ScanRun", runId);
    await cancelRun(database, runId, now());
    const run = await getRun(database, scanName, runId);
    return { scanName, runId, scanState: run?.state };
  },
);
