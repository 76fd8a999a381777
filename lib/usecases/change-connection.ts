import { type Actor, saveConnectionChange } from "#lib/db/write/connections.ts";
import type { ConnectionChange } from "#lib/domain/connection.ts";

/** Changes a connection's name or how often it is read. Throws AppError not-found. */
export async function changeConnection(id: string, change: ConnectionChange, actor: Actor, now: Date): Promise<void> {
  await saveConnectionChange(id, change, actor, now);
}
