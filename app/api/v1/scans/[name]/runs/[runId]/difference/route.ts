import { z } from "zod";
import { getScanDifference } from "#lib/db/read/scan-difference.ts";
import { scanRunParamsSchema } from "#lib/domain/scan.ts";
import { scanDifferenceSchema } from "#lib/domain/scan-difference.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "scans:read",
  z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).default(100) }),
  ({ limit }, { params }) => getScanDifference(params, limit),
  {
    params: scanRunParamsSchema,
    output: scanDifferenceSchema,
    summary: "What exactly this run changed: new, fixed and unchanged findings, each list worst first",
  },
);
