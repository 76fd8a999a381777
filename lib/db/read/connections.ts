import type { Connection } from "#lib/domain/connection.ts";
import { type SyncFailure, syncFailureSchema } from "#lib/domain/sync-run.ts";
import { database } from "../database.ts";

type ConnectionRow = {
  id: string;
  source: Connection["source"];
  name: string;
  region: string;
  role_arn: string | null;
  is_sample: boolean;
  disconnected_at: Date | null;
  whole_every_minutes: number;
  incremental_every_minutes: number;
  last_whole_pass_at: Date | null;
  next_run_at: Date | null;
  failure: unknown;
  rules_failure: unknown;
  accounts: number;
  open_findings: number;
};

/** Every connection of Amazon Inspector: those that read first, by name and region; then the disconnected ones. */
export async function listConnections(): Promise<{ items: Connection[] }> {
  const { rows } = await database().pool.query<ConnectionRow>(`
    SELECT c.id, c.source, c.name, c.region, c.role_arn, c.is_sample, c.disconnected_at, c.whole_every_minutes,
      c.incremental_every_minutes, c.next_run_at, c.failure, c.rules_failure,
      (SELECT max(as_of) FROM sync_run s WHERE s.connection_id = c.id AND s.mode = 'whole' AND s.state IN ('succeeded', 'held'))
        AS last_whole_pass_at,
      coalesce(r.accounts, 0)::int AS accounts, coalesce(r.open_findings, 0)::int AS open_findings
    FROM connection c
    LEFT JOIN (
      SELECT number, count(DISTINCT account_id) AS accounts, count(*) AS open_findings
      FROM finding, unnest(reported_by) AS number WHERE status <> 'closed' GROUP BY number
    ) r USING (number)
    WHERE c.source = 'inspector'
    ORDER BY c.disconnected_at IS NOT NULL, c.name, c.region, c.id`);
  return { items: rows.map(toConnection) };
}

/** What the worker needs to open a connection; null when there is none with this id, or it is disconnected. */
export async function findConnectionAccess(id: string): Promise<ConnectionAccess | null> {
  const row = await database().prisma.connection.findFirst({ where: { id, disconnectedAt: null } });
  if (row === null) return null;
  const { source, name, region, roleArn, externalId, endpoint, isSample } = row;
  return { id, source: source as ConnectionAccess["source"], name, region, roleArn, externalId, endpoint, isSample };
}
export type ConnectionAccess = Pick<Connection, "id" | "source" | "name" | "region" | "roleArn" | "isSample"> & {
  externalId: string | null;
  endpoint: string | null;
};

function toConnection(row: ConnectionRow): Connection {
  return {
    id: row.id,
    source: row.source,
    name: row.name,
    region: row.region,
    roleArn: row.role_arn,
    isSample: row.is_sample,
    state: row.disconnected_at === null ? "connected" : "disconnected",
    wholeEveryMinutes: row.whole_every_minutes,
    incrementalEveryMinutes: row.incremental_every_minutes,
    lastWholePassAt: row.last_whole_pass_at?.toISOString() ?? null,
    nextRunAt: row.next_run_at?.toISOString() ?? null,
    accounts: row.accounts,
    openFindings: row.open_findings,
    failure: toFailure(row.failure),
    rulesFailure: toFailure(row.rules_failure),
  };
}

/** A JSON column's failure; null when the last pass had none. */
export function toFailure(failure: unknown): SyncFailure | null {
  return syncFailureSchema.nullable().parse(failure);
}
