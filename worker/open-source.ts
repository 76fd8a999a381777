import type { ConnectionAccess } from "#lib/db/read/connections.ts";
import { inspectorClient } from "#lib/sources/inspector/inspector-client.ts";
import { inspectorSource } from "#lib/sources/inspector/inspector-source.ts";
import type { Source } from "#lib/sources/source.ts";

/** Runs `use` with a connection's source, and closes what the source holds open afterwards. */
export async function withSource<T>(
  access: Pick<ConnectionAccess, "region" | "roleArn" | "externalId" | "endpoint" | "isSample">,
  use: (source: Source) => Promise<T>,
): Promise<T> {
  const client = inspectorClient(access);
  try {
    return await use(inspectorSource(client, access.region));
  } finally {
    client.destroy();
  }
}
