import { getHistory } from "#lib/db/read/as-of.ts";
import { saveLook } from "#lib/db/write/visits.ts";

/** A person has the overview before them: the next visit tells what happened after what they see now. */
export async function noteVisit(personId: string): Promise<void> {
  const { settledAt } = await getHistory();
  await saveLook(personId, settledAt);
}
