import { type Feed, type FeedName, type FixedFeeds, PUBLISHED_AT } from "#lib/domain/feed.ts";
import type { SyncFailure } from "#lib/domain/sync-run.ts";
import { database } from "../database.ts";

type FeedRow = {
  name: FeedName;
  is_on: boolean;
  location: string | null;
  state: Feed["state"];
  next_import_at: Date | null;
  checked_at: Date | null;
  imported_at: Date | null;
  published_at: Date | null;
  entries: number;
  skipped: number;
  findings: number;
  failure: SyncFailure | null;
};

/** Both lists with how their last imports went. What the environment sets goes before what is stored. */
export async function listFeeds(fixed: FixedFeeds): Promise<Feed[]> {
  const { rows } = await database().pool.query<FeedRow>(
    `SELECT name, is_on, location, state, next_import_at, checked_at, imported_at, published_at, entries, skipped,
       findings, failure
     FROM feed ORDER BY name DESC`,
  );
  return rows.map((row) => toFeed(row, fixed));
}

function toFeed(row: FeedRow, fixed: FixedFeeds): Feed {
  const set = fixed[row.name];
  const location = set?.location ?? row.location ?? PUBLISHED_AT[row.name];
  const isOn = set !== undefined || row.is_on;
  return {
    name: row.name,
    isOn,
    location,
    isPublishers: location === PUBLISHED_AT[row.name],
    fixedBy: set?.variable ?? null,
    state: row.state,
    publishedAt: row.published_at?.toISOString() ?? null,
    checkedAt: row.checked_at?.toISOString() ?? null,
    importedAt: row.imported_at?.toISOString() ?? null,
    nextImportAt: isOn ? (row.next_import_at?.toISOString() ?? null) : null,
    entries: row.entries,
    skipped: row.skipped,
    findings: row.findings,
    failure: row.failure,
  };
}
