import { getHistory } from "#lib/db/read/as-of.ts";
import { saveLook } from "#lib/db/write/visits.ts";
import { isNewVisit } from "#lib/domain/overview.ts";

/**
 * A person has the overview before them: the next visit tells what happened after what they see now. A look at what is
 * more than an hour old tells nothing of it: the sample's year is being replayed, or a pass has been running for long.
 */
export async function noteVisit(personId: string): Promise<void> {
  const { settledAt, now } = await getHistory();
  if (!isNewVisit(settledAt, now)) await saveLook(personId, settledAt);
}
