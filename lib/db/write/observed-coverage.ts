import { database } from "../database.ts";
import { lineageId, resourceId } from "../identity.ts";
import { listUncoveredScopes, saveCoveredScopes } from "./scopes.ts";
import type { SyncPass } from "./sync-pass.ts";
import { inPass } from "./write-transaction.ts";

/** What a source says about a resource: whether it still examines it. */
export type CoveredResource = {
  accountId: string;
  region: string;
  resourceType: string;
  resourceId: string;
  scanType: string;
  isScanned: boolean;
  reason: string;
  /** The lineage as a finding on it names it, so that a rebuilt image without findings counts; null = not told. */
  lineage: string | null;
};

/**
 * Saves one or more pages of coverage; what is stored so already is not written again. Call it before the findings of
 * the pass, since coverage decides why a finding closed. Throws AppError `conflict` when the run was ended or taken over.
 */
export async function saveObservedCoverage(pass: SyncPass, coverage: CoveredResource[]): Promise<void> {
  const rows = [...new Map(coverage.map((one) => toRow(pass, one)).map((row) => [keyOf(row), row])).values()];
  if (rows.length === 0) return;
  const scopes = await listUncoveredScopes(pass, coverage);
  const accountIds = new Set(rows.map((row) => row.account_id));
  await inPass(pass, accountIds, async (client) => {
    await saveCoveredScopes(client, pass, scopes);
    await client.query(
      `INSERT INTO coverage AS c SELECT n.* FROM jsonb_populate_recordset(NULL::coverage, $1) AS n
       WHERE NOT EXISTS (
         SELECT 1 FROM coverage o WHERE o.account_id = n.account_id AND o.resource_id = n.resource_id
           AND o.scan_type = n.scan_type AND o.source = n.source
           AND (o.is_scanned, o.reason, o.region, o.lineage_id) IS NOT DISTINCT FROM (n.is_scanned, n.reason, n.region, n.lineage_id))
       ON CONFLICT (account_id, resource_id, scan_type, source) DO UPDATE SET region = EXCLUDED.region,
         lineage_id = EXCLUDED.lineage_id, is_scanned = EXCLUDED.is_scanned, reason = EXCLUDED.reason,
         since = CASE WHEN (c.is_scanned, c.reason) = (EXCLUDED.is_scanned, EXCLUDED.reason) THEN c.since ELSE EXCLUDED.since END`,
      [JSON.stringify(rows)],
    );
  });
  for (const row of rows) pass.seenCoverage.add(keyOf(row));
}

/**
 * Ends a whole reading of coverage: what it did not name is gone, in every scope that the connection covers. Not to be
 * called after a reading that broke off.
 */
export async function closeUnseenCoverage(pass: SyncPass): Promise<void> {
  const { number, source } = pass.connection;
  const { rows: accounts } = await database().pool.query<{ account_id: string }>(
    "SELECT DISTINCT account_id FROM scope WHERE source = $1 AND $2 = ANY (connections)",
    [source, number],
  );
  const accountIds = accounts.map(({ account_id }) => account_id);
  await inPass(pass, accountIds, async (client) => {
    const { rows } = await client.query<CoverageKey>(
      `SELECT c.account_id, c.resource_id, c.scan_type
       FROM scope s JOIN coverage c ON c.account_id = s.account_id AND c.region = s.region AND c.source = s.source
       WHERE s.source = $1 AND $2 = ANY (s.connections)`,
      [source, number],
    );
    await client.query(
      `UPDATE scope AS s SET first_coverage_at = $3 FROM (
         SELECT account_id, region FROM scope WHERE source = $1 AND $2 = ANY (connections) AND first_coverage_at IS NULL
         ORDER BY account_id, region FOR UPDATE
       ) AS covered
       WHERE s.account_id = covered.account_id AND s.region = covered.region AND s.source = $1`,
      [source, number, pass.now],
    );
    const gone = rows.filter((row) => !pass.seenCoverage.has(keyOf(row)));
    if (gone.length === 0) return;
    await client.query(
      `DELETE FROM coverage c USING jsonb_populate_recordset(NULL::coverage, $1) AS g
       WHERE c.account_id = g.account_id AND c.resource_id = g.resource_id AND c.scan_type = g.scan_type AND c.source = $2`,
      [JSON.stringify(gone), source],
    );
  });
}

type CoverageKey = { account_id: string; resource_id: string; scan_type: string };

const keyOf = (row: CoverageKey): string => `${row.account_id}\0${row.resource_id}\0${row.scan_type}`;

function toRow({ connection, now }: SyncPass, one: CoveredResource) {
  return {
    account_id: one.accountId,
    resource_id: resourceId(one.accountId, one.resourceType, one.resourceId),
    scan_type: one.scanType,
    source: connection.source,
    region: one.region,
    resource_type: one.resourceType,
    resource_source_id: one.resourceId,
    lineage_id: one.lineage ? lineageId(one.accountId, one.lineage) : null,
    is_scanned: one.isScanned,
    reason: one.reason,
    since: now,
  };
}
