import { endExpiredRules, requestDueApplications } from "#lib/db/write/exceptions/upkeep.ts";

/** Ends rules that have run out, and asks for the jobs that are due: what they hold is then brought in line. */
export async function keepExceptions(now: Date): Promise<void> {
  await endExpiredRules(now);
  await requestDueApplications(now);
}
