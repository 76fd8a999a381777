import { deleteOldDrafts } from "#lib/db/write/triage/draft.ts";
import { liftExpired } from "#lib/db/write/triage/expiry.ts";

const DRAFT_MS = 3_600_000;

/** Lifts suppressions that have run out, and forgets drafts that nobody carried out. Returns how many were lifted. */
export async function endSuppressions(now: Date): Promise<number> {
  await deleteOldDrafts(new Date(now.getTime() - DRAFT_MS));
  return await liftExpired(now);
}
