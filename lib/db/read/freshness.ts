import type { Freshness, FreshnessScope, FreshnessState } from "#lib/domain/freshness.ts";
import type { SyncFailure } from "#lib/domain/sync-run.ts";
import { database } from "../database.ts";
import { toFailure } from "./connections.ts";
import { isSampleShown } from "./sample-visibility.ts";

type ScopeRow = {
  source: FreshnessScope["source"];
  account_id: string;
  account_name: string | null;
  region: string;
  last_whole_pass_at: Date | null;
  last_pass_at: Date | null;
  failure: unknown;
  is_sample: boolean;
  is_scheduled: boolean;
  is_late: boolean;
};

/** Twice its interval and some minutes: one pass may be missed or slow before a place counts as late. */
const IS_LATE = `coalesce(
  p.recorded_at + make_interval(mins => 2 * c.incremental_every_minutes + 5) < $1
  OR w.recorded_at + make_interval(mins => 2 * c.whole_every_minutes + 5) < $1, false)`;

/** Each place that is read and has been seen, with the connection whose pass was the last over it. */
const SEEN_SCOPES = `
  SELECT s.source, s.account_id, a.name AS account_name, s.region, w.recorded_at AS last_whole_pass_at,
    p.recorded_at AS last_pass_at, c.failure, s.is_sample, c.next_run_at IS NOT NULL AS is_scheduled,
    c.next_run_at IS NOT NULL AND ${IS_LATE} AS is_late
  FROM scope s
  LEFT JOIN account a ON a.id = s.account_id
  LEFT JOIN LATERAL (
    SELECT p.connection_id, p.recorded_at FROM scope_pass p
    WHERE p.account_id = s.account_id AND p.region = s.region AND p.source = s.source
    ORDER BY p.recorded_at DESC LIMIT 1
  ) p ON true
  LEFT JOIN LATERAL (
    SELECT max(w.recorded_at) AS recorded_at FROM scope_pass w
    WHERE w.account_id = s.account_id AND w.region = s.region AND w.source = s.source AND w.mode = 'whole'
  ) w ON true
  LEFT JOIN connection c ON c.id = p.connection_id
  WHERE s.lost_at IS NULL`;

/** Connections that no pass has got through yet: which accounts they see is not known, only whose role they take. */
const UNSEEN_CONNECTIONS = `
  SELECT c.source, coalesce(split_part(c.role_arn, ':', 5), 'unknown') AS account_id, NULL AS account_name, c.region,
    NULL AS last_whole_pass_at, NULL AS last_pass_at, c.failure, c.is_sample, true AS is_scheduled, false AS is_late
  FROM connection c
  WHERE c.source = 'inspector' AND c.disconnected_at IS NULL AND NOT c.is_sample
    AND NOT EXISTS (SELECT 1 FROM sync_run r WHERE r.connection_id = c.id AND r.state IN ('succeeded', 'held'))`;

/**
 * How far each place can be trusted: what needs a look first, then by account and region. `asOf` is the oldest last pass
 * among the places that are read on a schedule.
 */
export async function getFreshness(now: Date): Promise<Freshness> {
  const [{ rows }, showSample] = await Promise.all([
    database().pool.query<ScopeRow>(`${SEEN_SCOPES} UNION ALL ${UNSEEN_CONNECTIONS}`, [now]),
    isSampleShown(),
  ]);
  const shown = rows.filter((row) => showSample || !row.is_sample);
  const scopes = shown.map(toScope).sort(byNeed);
  const passes = shown.filter((row) => row.is_scheduled || row.is_sample).flatMap((row) => row.last_pass_at ?? []);
  return {
    asOf: passes.length === 0 ? null : new Date(Math.min(...passes.map(Number))).toISOString(),
    late: scopes.filter((scope) => scope.state !== "complete").length,
    scopes,
  };
}

function toScope(row: ScopeRow): FreshnessScope {
  const failure = toFailure(row.failure);
  return {
    source: row.source,
    accountId: row.account_id,
    accountName: row.account_name,
    region: row.region,
    state: toState(row, failure),
    lastWholePassAt: row.last_whole_pass_at?.toISOString() ?? null,
    lastPassAt: row.last_pass_at?.toISOString() ?? null,
    failure,
    isSample: row.is_sample,
  };
}

const REFUSALS = new Set<SyncFailure["code"]>(["access-denied", "credentials", "region-off", "not-enabled"]);

function toState(row: ScopeRow, failure: SyncFailure | null): FreshnessState {
  if (failure !== null && REFUSALS.has(failure.code)) return "refused";
  if (failure !== null) return "failed";
  if (row.last_whole_pass_at === null && row.source === "inspector") return "never";
  return row.is_late ? "late" : "complete";
}

const NEED: Record<FreshnessState, number> = { refused: 0, failed: 1, never: 2, late: 3, complete: 4 };

function byNeed(a: FreshnessScope, b: FreshnessScope): number {
  return NEED[a.state] - NEED[b.state] || a.accountId.localeCompare(b.accountId) || a.region.localeCompare(b.region);
}
