import { z } from "zod";
import { listScans as listStoredScans } from "../../store/read-runs.ts";
import { pageSchema } from "../input-schemas.ts";
import { operation } from "../operation.ts";
import { toScanNameArn, toSeconds } from "../wire-values.ts";

const QUERY = ["ListScans"];

export const listScans = operation(
  { name: "ListScans", method: "GET", path: "/scans", input: z.object(pageSchema(100)) },
  async ({ nextToken, maxResults }, service) => {
    const { database, tokens } = service;
    const afterScanId = nextToken === undefined ? null : tokens.read(QUERY, nextToken);
    const scans = await listStoredScans(database, { afterScanId, limit: maxResults + 1 });
    const page = scans.slice(0, maxResults);
    const last = page.at(-1);
    return {
      summaries: page.map((scan) => ({
        scanName: scan.scanName,
        runId: scan.runId,
        scanState: scan.state,
        createdAt: toSeconds(scan.createdAt),
        updatedAt: toSeconds(scan.updatedAt),
        scanNameArn: toScanNameArn(service, scan.scanName),
      })),
      nextToken: last && scans.length > page.length ? tokens.write(QUERY, last.scanId) : undefined,
    };
  },
);
