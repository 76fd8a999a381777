import { z } from "zod";
import { getRun } from "../../store/read-runs.ts";
import { scanNameSchema, uuidSchema } from "../input-schemas.ts";
import { operation } from "../operation.ts";
import { notFound } from "../wire-error.ts";
import { toScanNameArn, toSeconds } from "../wire-values.ts";

export const getScan = operation(
  {
    name: "GetScan",
    method: "GET",
    path: "/scans/{scanName}",
    input: z.object({ scanName: scanNameSchema, runId: uuidSchema.optional() }),
  },
  async ({ scanName, runId }, service) => {
    const run = await getRun(service.database, scanName, runId ?? null);
    if (!run) throw runId ? notFound("ScanRun", runId) : notFound("Scan", scanName);
    return {
      scanName,
      runId: run.id,
      scanState: run.state,
      createdAt: toSeconds(run.createdAt),
      updatedAt: run.scanType === "Standard" ? toSeconds(run.updatedAt) : undefined,
      analysisType: run.analysisType,
      // The first run is no revision yet.
      numberOfRevisions: run.revision - 1,
      scanNameArn: toScanNameArn(service, scanName),
      errorMessage: run.errorMessage ?? undefined,
      "x-sightline": {
        stage: run.stage,
        done: run.done,
        total: run.total,
        skippedFiles: run.skippedFiles,
        skippedFileCount: run.skippedFileCount,
        errorCode: run.errorCode ?? undefined,
      },
    };
  },
);
