import { v7 as uuidv7 } from "uuid";
import { database } from "#lib/db/database.ts";
import { startSyncRun } from "#lib/db/write/sync-run.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import type { SyncMode, SyncRun } from "#lib/domain/sync-run.ts";
import { inspectorClient } from "#lib/sources/inspector/inspector-client.ts";
import { inspectorSource } from "#lib/sources/inspector/inspector-source.ts";
import { toEndpointAsOf } from "#lib/sources/inspector/sample-organisation.ts";
import type { Source } from "#lib/sources/source.ts";
import { syncConnection } from "#lib/usecases/sync-connection.ts";

const TIMEOUTS = { connectMs: 1_000, requestMs: 1_000 };

/** Runs `use` with the sample as one region of it was at an instant. */
export async function withSampleAt<T>(
  url: string,
  region: string,
  asOf: Date,
  use: (source: Source) => Promise<T>,
): Promise<T> {
  const endpoint = toEndpointAsOf(url, asOf);
  const client = inspectorClient({ region, endpoint, roleArn: null, externalId: null, isSample: true }, TIMEOUTS);
  try {
    return await use(inspectorSource(client, region));
  } finally {
    client.destroy();
  }
}

/** A connection to one region, as a person would have made it. */
export async function aConnection(region: string): Promise<string> {
  const id = uuidv7();
  await database().prisma.connection.create({ data: { id, source: "inspector", name: "Test", region } });
  return id;
}

/** A pass over the connection that went through, as far as its own row tells. */
export async function aSucceededRun(connectionId: string, mode: SyncMode, asOf: Date): Promise<void> {
  const data = { id: uuidv7(), connectionId, mode, trigger: "schedule", state: "succeeded", asOf, counts: {} };
  await database().prisma.syncRun.create({ data });
}

/** One pass over the wire into the database, with the clock at `asOf`. */
export async function syncSample(
  url: string,
  { connectionId, region, asOf, mode }: { connectionId: string; region: string; asOf: Date; mode: SyncMode },
  signal: AbortSignal = new AbortController().signal,
): Promise<SyncRun> {
  const pass = await startSyncRun({ connectionId, mode, trigger: "person", now: asOf, requestedBy: null });
  return await withSampleAt(url, region, asOf, (source) => syncConnection(source, pass, signal));
}

/** What the sample says at an instant: each finding's id, status and severity, sorted. */
export async function sampleTruth(url: string, regions: readonly string[], asOf: Date): Promise<string[]> {
  const truth: string[] = [];
  for (const region of regions) {
    await withSampleAt(url, region, asOf, async (source) => {
      for await (const page of source.observeFindings({ since: null, signal: new AbortController().signal })) {
        truth.push(...page.map(toLine));
      }
    });
  }
  return truth.sort();
}

const toLine = ({ sourceId, status, severity }: ObservedFinding) => `${sourceId} ${status} ${severity}`;

/** What the database says, in the same form. What the sample has forgotten may be left out: it must then be closed. */
export async function storedFindings(which: "all" | "open" = "all"): Promise<string[]> {
  const { rows } = await database().pool.query<{ line: string }>(
    `SELECT source_id || ' ' || status || ' ' || severity AS line FROM finding
     WHERE $1 = 'all' OR status <> 'closed'`,
    [which],
  );
  return rows.map(({ line }) => line).sort();
}
