import { z } from "zod";
import { getWholeScanDifference } from "#lib/db/read/scan-difference.ts";
import { toScanDifferenceCsv } from "#lib/db/read/scan-difference-csv.ts";
import { scanRunParamsSchema } from "#lib/domain/scan.ts";
import { toDownload } from "#lib/http/download.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "scans:read",
  z.strictObject({}),
  async (_, { params }) => {
    const difference = await getWholeScanDifference(params);
    return toDownload(toScanDifferenceCsv(difference), {
      type: "text/csv; charset=utf-8; header=present",
      name: `${params.name}-${difference.run.revision}.csv`,
    });
  },
  { params: scanRunParamsSchema, summary: "The whole difference of a run as CSV" },
);
