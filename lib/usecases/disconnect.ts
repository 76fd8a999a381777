import type { Actor } from "#lib/db/write/connections.ts";
import { disconnectConnection } from "#lib/db/write/disconnect.ts";

/**
 * Stops reading a connection. What no other connection reports closes as scope-lost: nobody knows any more whether it
 * is still there. Throws AppError not-found.
 */
export async function disconnect(id: string, actor: Actor, now: Date): Promise<void> {
  await disconnectConnection(id, actor, now);
}
