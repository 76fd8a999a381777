import { database } from "../database.ts";

/** Whether lists, counts and files show what the sample organisation reports. An admin may hide it in Settings. */
export async function isSampleShown(): Promise<boolean> {
  const { rows } = await database().pool.query<{ hidden: boolean }>(
    "SELECT value->>'hidden' = 'true' AS hidden FROM setting WHERE key = 'sample'",
  );
  return rows[0]?.hidden !== true;
}
