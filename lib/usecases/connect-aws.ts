import { listConnections } from "#lib/db/read/connections.ts";
import { type Actor, saveAwsConnections } from "#lib/db/write/connections.ts";
import type { ConnectAws, Connection } from "#lib/domain/connection.ts";
import { requestSync } from "./request-sync.ts";
import { requestConnectionTest } from "./test-connection.ts";

/**
 * Connects AWS: one connection a region, each tested and read at once by the worker. Returns them in the order of their
 * regions. Throws AppError conflict when these credentials read one of the regions already.
 */
export async function connectAws(request: ConnectAws, actor: Actor, now: Date): Promise<Connection[]> {
  const ids = await saveAwsConnections(request, actor, now);
  for (const id of ids) {
    await requestConnectionTest(id, now);
    await requestSync({ connectionId: id }, actor.personId, now);
  }
  const { items } = await listConnections();
  return items.filter((connection) => ids.includes(connection.id));
}
