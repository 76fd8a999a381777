import { z } from "zod";
import { countNewBySeverity } from "#lib/db/read/scan-difference.ts";
import { scanRunParamsSchema } from "#lib/domain/scan.ts";
import { failOnSchema, scanGateSchema, toScanGate } from "#lib/domain/scan-gate.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "scans:read",
  z.strictObject({ failOn: failOnSchema }),
  async ({ failOn }, { params }) => toScanGate(await countNewBySeverity(params), failOn),
  {
    params: scanRunParamsSchema,
    output: scanGateSchema,
    summary: "Whether the run brought a new finding of failOn's severity or worse",
  },
);
