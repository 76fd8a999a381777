import { z } from "zod";
import { getScanRun } from "#lib/db/read/scans.ts";
import { scanRunParamsSchema, scanRunSchema } from "#lib/domain/scan.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("scans:read", z.strictObject({}), (_, { params }) => getScanRun(params), {
  params: scanRunParamsSchema,
  output: scanRunSchema,
  summary: "One examination of one revision: how far it is, or how it ended",
});
