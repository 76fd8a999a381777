import { getHistory } from "#lib/db/read/as-of.ts";
import { isSampleShown } from "#lib/db/read/sample-visibility.ts";
import { saveLook } from "#lib/db/write/visits.ts";

/** A person has the overview before them: the next visit tells what happened after what they see now. */
export async function noteVisit(personId: string): Promise<void> {
  const { settledAt } = await getHistory(await isSampleShown());
  await saveLook(personId, settledAt);
}
