import { z } from "zod";
import { getScanRun } from "#lib/db/read/scans.ts";
import { scanRunParamsSchema, scanRunSchema } from "#lib/domain/scan.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { retryScan } from "#lib/usecases/retry-scan.ts";

export const POST = handleCommand(
  "scans:write",
  z.strictObject({}),
  async (_, { params }) => {
    await retryScan(params);
    return getScanRun(params);
  },
  { params: scanRunParamsSchema, output: scanRunSchema, status: 202, summary: "Scan the same archive again" },
);
