import type { FeedChange, FeedName, FixedFeeds } from "#lib/domain/feed.ts";
import type { SyncFailure } from "#lib/domain/sync-run.ts";
import { importFeedJob } from "#lib/jobs/import-feed.ts";
import { database, inTransaction } from "../database.ts";
import { saveAuditEvent } from "./audit-event.ts";
import type { Actor } from "./connections.ts";

const DAILY = "24 hours";
const AFTER_FAILURE = "1 hour";

/** Turns a list on or off, or changes where it is read; the import that follows is queued with it. */
export async function saveFeedChange(name: FeedName, change: FeedChange, actor: Actor, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    await client.query(
      `UPDATE feed SET is_on = coalesce($2, is_on), location = CASE WHEN $3 THEN $4 ELSE location END, failure = NULL
       WHERE name = $1`,
      [name, change.isOn ?? null, change.location !== undefined, change.location ?? null],
    );
    await queueImport(client, name, now);
    await saveAuditEvent(client, { actor: actor.userName, action: "feed.update", target: name, detail: change, now });
  });
}

/** Queues an import; one that waits or runs already will do. */
export async function queueFeedImport(name: FeedName, actor: Actor, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    await queueImport(client, name, now);
    await saveAuditEvent(client, { actor: actor.userName, action: "feed.import", target: name, now });
  });
}

/**
 * Queues the lists whose time has come, and those that are off while something of them is still there. `fixed` are on
 * by the environment. Several workers may ask at once: each is queued once.
 */
export async function queueDueFeeds(fixed: FixedFeeds, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ name: FeedName }>(
      `SELECT name FROM feed
       WHERE CASE WHEN is_on OR name = ANY ($1) THEN coalesce(next_import_at, $2) <= $2 ELSE entries > 0 END
       ORDER BY name FOR UPDATE SKIP LOCKED`,
      [Object.keys(fixed), now],
    );
    for (const { name } of rows) await queueImport(client, name, now);
  });
}

type Client = Parameters<Parameters<typeof inTransaction>[0]>[0];

/** One that cannot be done (its worker died) is asked for again in an hour. */
async function queueImport(client: Client, name: FeedName, now: Date): Promise<void> {
  const isNew = await importFeedJob.send(client, { name });
  await client.query(
    `UPDATE feed SET state = CASE WHEN $2 THEN 'queued' ELSE state END,
       next_import_at = $3::timestamptz + $4::interval WHERE name = $1`,
    [name, isNew, now, AFTER_FAILURE],
  );
}

/** What is imported of a list. */
export type ImportedFeed = {
  isOn: boolean;
  location: string | null;
  importedFrom: string | null;
  publishedAt: Date | null;
  digest: Buffer | null;
  entries: number;
};

/** Marks the import as running. Returns what is imported so far. */
export async function startFeedImport(name: FeedName): Promise<ImportedFeed> {
  const { rows } = await database().pool.query<ImportedFeed>(
    `UPDATE feed SET state = 'running' WHERE name = $1
     RETURNING is_on AS "isOn", location, imported_from AS "importedFrom", published_at AS "publishedAt", digest, entries`,
    [name],
  );
  const [feed] = rows;
  if (!feed) throw new Error(`There is no feed ${name}`);
  return feed;
}

/** What an import came to; `null` of the list where it was taken back. */
export type FeedImport = {
  list: { location: string; publishedAt: Date; digest: Buffer; entries: number; skipped: number } | null;
  added: number;
  removed: number;
  findings: number;
};

/** Keeps what an import came to. What changed nothing leaves no trace but the time. */
export async function finishFeedImport(
  name: FeedName,
  { list, added, removed, findings }: FeedImport,
  now: Date,
): Promise<void> {
  const isNew = added + removed + findings > 0;
  await inTransaction(async (client) => {
    await client.query(
      `UPDATE feed SET state = 'idle', failure = NULL, checked_at = $2, published_at = $3, digest = $4, entries = $5,
         skipped = $6, imported_from = $10, next_import_at = $2::timestamptz + $7::interval,
         imported_at = CASE WHEN $8 THEN $2 ELSE imported_at END, findings = CASE WHEN $8 THEN $9 ELSE findings END
       WHERE name = $1`,
      [
        name,
        now,
        list?.publishedAt ?? null,
        list?.digest ?? null,
        list?.entries ?? 0,
        list?.skipped ?? 0,
        DAILY,
        isNew,
        findings,
        list?.location ?? null,
      ],
    );
    if (!isNew) return;
    const detail = { publishedAt: list?.publishedAt ?? null, entries: list?.entries ?? 0, added, removed, findings };
    await saveAuditEvent(client, { actor: "system", action: "feed.imported", target: name, detail, now });
  });
}

/** Keeps why an import failed; it is tried again in an hour. What was imported stays. */
export async function failFeedImport(name: FeedName, failure: SyncFailure, now: Date): Promise<void> {
  await database().pool.query(
    "UPDATE feed SET state = 'idle', failure = $2, next_import_at = $3::timestamptz + $4::interval WHERE name = $1",
    [name, failure, now, AFTER_FAILURE],
  );
}
