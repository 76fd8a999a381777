import { z } from "zod";
import { hasScan, listFindings } from "../../store/read-findings.ts";
import { pageSchema, scanNameSchema } from "../input-schemas.ts";
import { operation } from "../operation.ts";
import { notFound } from "../wire-error.ts";
import { toWireFinding } from "../wire-values.ts";

export const getFindings = operation(
  {
    name: "GetFindings",
    method: "GET",
    path: "/findings/{scanName}",
    input: z.object({
      scanName: scanNameSchema,
      status: z.enum(["Open", "Closed", "All"]).default("All"),
      ...pageSchema(1000),
    }),
  },
  async ({ scanName, status, nextToken, maxResults }, { database, tokens }) => {
    const query = ["GetFindings", scanName, status];
    const afterId = nextToken === undefined ? null : tokens.read(query, nextToken);
    const findings = await listFindings(database, { scanName, status, afterId, limit: maxResults + 1 });
    if (findings.length === 0 && !(await hasScan(database, scanName))) throw notFound("Scan", scanName);
    const page = findings.slice(0, maxResults);
    const last = page.at(-1);
    return {
      findings: page.map(toWireFinding),
      nextToken: last && findings.length > page.length ? tokens.write(query, last.id) : undefined,
    };
  },
);
