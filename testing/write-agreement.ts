import { expect } from "vitest";
import { database } from "#lib/db/database.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { clocksOf, rankOf, severityOf, type WriteOracle } from "./write-oracle.ts";

/** Everything of what is stored that may not depend on the order; and every count beside it. */
export async function expectAgreement(oracle: WriteOracle): Promise<void> {
  const { rows } = await database().pool.query(
    `SELECT f.source_id, f.status, f.source_status, f.severity, f.rank, f.source_updated_at, f.reported_by, f.closed_reason,
       EXISTS (SELECT 1 FROM finding_hold h WHERE h.finding_id = f.id AND h.kind = 'aws') AS is_held,
       EXISTS (SELECT 1 FROM finding_raw r WHERE r.finding_id = f.id) AS has_raw
     FROM finding f ORDER BY f.source_id`,
  );
  const expected = [...oracle.findings.values()].map((finding) => ({
    source_id: finding.content.sourceId,
    status: finding.status,
    source_status: finding.content.status,
    severity: severityOf(finding),
    rank: rankOf(finding),
    source_updated_at: finding.content.updatedAt,
    reported_by: [...finding.reportedBy].sort((a, b) => a - b),
    closed_reason: finding.closedReason,
    is_held: finding.content.status === "suppressed",
    has_raw: true,
  }));
  expect(rows).toEqual(expected.sort((a, b) => (a.source_id < b.source_id ? -1 : 1)));
  expect(await verifyRollups()).toEqual([]);
}

/** Everything that came about on the way, in its order. */
export async function expectHistory(oracle: WriteOracle): Promise<void> {
  const { pool } = database();
  const { rows: events } = await pool.query(
    `SELECT f.source_id AS "sourceId", e.kind, e.cause, e.occurred_at AS "occurredAt", e.recorded_at AS "recordedAt"
     FROM lifecycle_event e JOIN finding f ON f.id = e.finding_id ORDER BY e.recorded_at, e.id`,
  );
  const bySource = (all: typeof oracle.events) => Map.groupBy(all, ({ sourceId }) => sourceId);
  expect(bySource(events)).toEqual(bySource(oracle.events));
  const { rows: stands } = await pool.query("SELECT source_id, closed_at, updated_at FROM finding ORDER BY source_id");
  expect(stands).toEqual(
    [...oracle.findings.values()]
      .map(({ content, closedAt, updatedAt }) => ({
        source_id: content.sourceId,
        closed_at: closedAt,
        updated_at: updatedAt,
      }))
      .sort((a, b) => (a.source_id < b.source_id ? -1 : 1)),
  );
  const { rows: clocks } = await pool.query(
    `SELECT (SELECT array_agg(f.source_id ORDER BY f.source_id) FROM finding f WHERE f.issue_id = k.issue_id) AS ids,
       json_agg(json_build_array(k.opened_at, k.closed_at) ORDER BY k.number) AS clocks
     FROM issue_clock k GROUP BY k.issue_id`,
  );
  const toMs = (at: Date | string | null) => (at === null ? null : new Date(at).getTime());
  for (const { ids, clocks: stored } of clocks) {
    expect(stored.map((clock: string[]) => clock.map(toMs))).toEqual(
      clocksOf(oracle, ids).map(({ openedAt, closedAt }) => [openedAt, closedAt].map(toMs)),
    );
  }
  expect(await gapsInVersions()).toEqual([]);
}

/** Versions that do not begin where the one before ends, or that say otherwise than the last event at their start. */
async function gapsInVersions(): Promise<unknown[]> {
  const { rows } = await database().pool.query(
    `SELECT * FROM (
       SELECT v.*, lead(v.valid_from) OVER (PARTITION BY v.finding_id ORDER BY v.valid_from) AS next_from, e.status_after, e.severity_after
       FROM finding_version v LEFT JOIN LATERAL (
         SELECT status_after, severity_after FROM lifecycle_event e WHERE e.finding_id = v.finding_id AND e.recorded_at = v.valid_from
         ORDER BY e.id DESC LIMIT 1) AS e ON true
     ) AS v
     WHERE valid_to <> coalesce(next_from, 'infinity') OR (status, severity) IS DISTINCT FROM (status_after, severity_after)`,
  );
  return rows;
}
