import { type SyncRun, syncCountsSchema, syncFailureSchema, syncRunSchema } from "#lib/domain/sync-run.ts";

/** A row of sync_run with its connection's source and region. */
export type SyncRunRow = {
  id: string;
  connection_id: string;
  source: string;
  region: string;
  mode: string;
  trigger: string;
  state: string;
  as_of: Date;
  started_at: Date | null;
  finished_at: Date | null;
  counts: unknown;
  failure: unknown;
  is_sample: boolean;
};

export function toSyncRun(row: SyncRunRow): SyncRun {
  return syncRunSchema.parse({
    id: row.id,
    connectionId: row.connection_id,
    source: row.source,
    region: row.region,
    mode: row.mode,
    trigger: row.trigger,
    state: row.state,
    asOf: row.as_of.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    counts: syncCountsSchema.parse(row.counts),
    failure: syncFailureSchema.nullable().parse(row.failure),
    isSample: row.is_sample,
  });
}
