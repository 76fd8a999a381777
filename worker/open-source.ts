import { env } from "#lib/config/env.ts";
import type { ConnectionAccess } from "#lib/db/read/connections.ts";
import { type InspectorAccess, inspectorClient } from "#lib/sources/inspector/inspector-client.ts";
import { inspectorSource } from "#lib/sources/inspector/inspector-source.ts";
import type { Source } from "#lib/sources/source.ts";

/** Runs `use` with a connection's source, and closes what the source holds open afterwards. */
export async function withSource<T>(access: InspectorAccess, use: (source: Source) => Promise<T>): Promise<T> {
  const client = inspectorClient(access);
  try {
    return await use(inspectorSource(client, access.region));
  } finally {
    client.destroy();
  }
}

/** How to reach what a connection reads. The sample may listen on another port at each start, so it is not stored. */
export function toInspectorAccess(connection: ConnectionAccess): InspectorAccess {
  return connection.isSample ? { ...connection, endpoint: env().SIGHTLINE_SAMPLE_URL } : connection;
}
