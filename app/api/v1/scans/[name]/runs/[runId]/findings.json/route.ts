import { z } from "zod";
import { getWholeScanDifference } from "#lib/db/read/scan-difference.ts";

import { scanRunParamsSchema } from "#lib/domain/scan.ts";
import { toDownload } from "#lib/http/download.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "scans:read",
  z.strictObject({}),
  async (_, { params }) => {
    const difference = await getWholeScanDifference(params);
    return toDownload(JSON.stringify(difference), {
      type: "application/json",
      name: `${params.name}-${difference.run.revision}.json`,
    });
  },
  { params: scanRunParamsSchema, summary: "The whole difference of a run as JSON" },
);
