import { database } from "../../database.ts";

const MOST_AT_ONCE = 20_000;

/**
 * Deletes the due dates by which an account has nothing open any more: they count nothing, and every answer reads them.
 * One that a writer is counting at the moment is left for the next time.
 */
export async function forgetPastDue(signal: AbortSignal): Promise<void> {
  while ((await forgetSome()) === MOST_AT_ONCE) signal.throwIfAborted();
}

async function forgetSome(): Promise<number> {
  const { rowCount } = await database().pool.query(
    `DELETE FROM due_open d USING (
       SELECT ctid FROM due_open WHERE findings = 0 AND issues = 0 LIMIT $1 FOR UPDATE SKIP LOCKED) AS nothing
     WHERE d.ctid = nothing.ctid`,
    [MOST_AT_ONCE],
  );
  return rowCount ?? 0;
}
