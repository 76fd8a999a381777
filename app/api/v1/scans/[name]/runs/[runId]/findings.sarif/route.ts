import { z } from "zod";
import { getWholeScanDifference } from "#lib/db/read/scan-difference.ts";
import { toSarif } from "#lib/domain/sarif.ts";
import { scanRunParamsSchema } from "#lib/domain/scan.ts";
import { toDownload } from "#lib/http/download.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "scans:read",
  z.strictObject({}),
  async (_, { params }) => {
    const difference = await getWholeScanDifference(params);
    return toDownload(JSON.stringify(toSarif(difference)), {
      type: "application/sarif+json",
      name: `${params.name}-${difference.run.revision}.sarif`,
    });
  },
  {
    params: scanRunParamsSchema,
    summary: "What was open when a run had ended as SARIF 2.1.0, marked as new or unchanged",
  },
);
