import { MOST_TAGS } from "./create-run.ts";
import { type Database, inTransaction, type Queryable } from "./database.ts";

/** The scan would have more tags than it may; nothing has changed. */
export class TooManyTags extends Error {}

/** The tags of a scan, or null if there is no such scan. */
export async function getTags(database: Queryable, scanName: string): Promise<Record<string, string> | null> {
  const { rows } = await database.query<{ tags: Record<string, string> }>(
    "SELECT tags FROM scanner.scan WHERE name = $1",
    [scanName],
  );
  return rows[0]?.tags ?? null;
}

/** Adds tags, over those with the same keys. Returns whether the scan exists; throws TooManyTags. */
export async function addTags(database: Database, scanName: string, tags: Record<string, string>): Promise<boolean> {
  return inTransaction(database, async (transaction) => {
    const { rows } = await transaction.query<{ tags: Record<string, string> }>(
      "UPDATE scanner.scan SET tags = tags || $2::jsonb WHERE name = $1 RETURNING tags",
      [scanName, JSON.stringify(tags)],
    );
    const [scan] = rows;
    if (scan && Object.keys(scan.tags).length > MOST_TAGS)
      throw new TooManyTags(`A scan has at most ${MOST_TAGS} tags.`);
    return scan !== undefined;
  });
}

/** Removes tags by key. Returns whether the scan exists. */
export async function removeTags(database: Queryable, scanName: string, keys: string[]): Promise<boolean> {
  const { rowCount } = await database.query("UPDATE scanner.scan SET tags = tags - $2::text[] WHERE name = $1", [
    scanName,
    keys,
  ]);
  return rowCount === 1;
}
