import { z } from "zod";
import { getScan } from "#lib/db/read/scans.ts";
import { scanNameSchema, scanWithRunsSchema } from "#lib/domain/scan.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("scans:read", z.strictObject({}), (_, { params }) => getScan(params.name), {
  params: z.object({ name: scanNameSchema }),
  output: scanWithRunsSchema,
  summary: "One scan with its runs, the newest first",
});
