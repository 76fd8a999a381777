import { z } from "zod";
import { getScanRun } from "#lib/db/read/scans.ts";
import { scanRunParamsSchema, scanRunSchema } from "#lib/domain/scan.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { cancelScan } from "#lib/usecases/cancel-scan.ts";
import { archives } from "../../../../archives.ts";

export const POST = handleCommand(
  "scans:write",
  z.strictObject({}),
  async (_, { params, now }) => {
    await cancelScan(archives(), params, now);
    return getScanRun(params);
  },
  { params: scanRunParamsSchema, output: scanRunSchema, status: 202, summary: "Ask a run to stop" },
);
