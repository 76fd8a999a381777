import type { Actor } from "#lib/db/write/connections.ts";
import { saveTicket } from "#lib/db/write/tickets.ts";

/** Says where the issue of a finding is worked on, for all its findings; null takes that away. Throws AppError not-found. */
export async function setTicket(findingId: string, url: string | null, actor: Actor, now: Date): Promise<void> {
  await saveTicket(findingId, url, actor, now);
}
