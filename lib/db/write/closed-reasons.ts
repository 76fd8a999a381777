import type pg from "pg";
import type { ClosedReason, SourceName } from "#lib/domain/finding.ts";
import type { FindingRow } from "./finding-row.ts";

export type PlacedResource = { accountId: string; region: string; resourceId: string };

/** Words in a source's reason that say that the resource is no longer there. */
const GONE = "terminated|deleted|gone";

/**
 * Why a finding on each of these resources closed, by resource id: `fixed` when the resource is still scanned,
 * `resource-gone` when coverage, once read whole, leaves it out or says so, else `not-reported`. Code that a scan no
 * longer finds is fixed.
 */
export async function closedReasons(
  client: pg.ClientBase,
  source: SourceName,
  resources: PlacedResource[],
): Promise<Map<string, ClosedReason>> {
  if (source !== "inspector") return new Map(resources.map(({ resourceId }) => [resourceId, "fixed"]));
  if (resources.length === 0) return new Map();
  const distinct = [...new Map(resources.map((one) => [one.resourceId, one])).values()];
  const { rows } = await client.query<{ resource_id: string; reason: ClosedReason }>(
    `SELECT r.resource_id, CASE
       WHEN bool_or(c.is_scanned) THEN 'fixed'
       WHEN bool_and(s.first_coverage_at IS NOT NULL) AND (bool_and(c.resource_id IS NULL) OR bool_or(c.reason ~* $5)) THEN 'resource-gone'
       ELSE 'not-reported' END AS reason
     FROM unnest($1::text[], $2::text[], $3::uuid[]) AS r (account_id, region, resource_id)
     LEFT JOIN scope s ON s.account_id = r.account_id AND s.region = r.region AND s.source = $4
     LEFT JOIN coverage c ON c.account_id = r.account_id AND c.resource_id = r.resource_id AND c.source = $4
     GROUP BY r.account_id, r.resource_id`,
    [
      distinct.map(({ accountId }) => accountId),
      distinct.map(({ region }) => region),
      distinct.map(({ resourceId }) => resourceId),
      source,
      GONE,
    ],
  );
  return new Map(rows.map(({ resource_id, reason }) => [resource_id, reason]));
}

/** The same for stored findings. */
export async function reasonsOf(
  client: pg.ClientBase,
  source: SourceName,
  findings: FindingRow[],
): Promise<(finding: FindingRow) => ClosedReason> {
  const resources = findings.map((finding) => ({
    accountId: finding.account_id,
    region: finding.region,
    resourceId: finding.resource_id,
  }));
  const reasons = await closedReasons(client, source, resources);
  return (finding) => reasons.get(finding.resource_id) ?? "not-reported";
}
