import { z } from "zod";
import { getScan } from "#lib/db/read/scans.ts";
import { scanNameSchema, scanWithRunsSchema } from "#lib/domain/scan.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { deleteScan } from "#lib/usecases/delete-scan.ts";
import { archives } from "../archives.ts";

const params = z.object({ name: scanNameSchema });

export const GET = handleQuery("scans:read", z.strictObject({}), (_, { params: { name } }) => getScan(name), {
  params,
  output: scanWithRunsSchema,
  summary: "One scan with its runs, the newest first",
});

export const DELETE = handleCommand(
  "scans:write",
  z.strictObject({}),
  (_, { params: { name }, caller, now }) => deleteScan(archives(), name, caller, now),
  { params, output: z.void(), status: 204, summary: "Delete a scan; what was open in it closes as scope-lost" },
);
