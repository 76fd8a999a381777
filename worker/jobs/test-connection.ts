import type { z } from "zod";
import { findConnectionAccess } from "#lib/db/read/connections.ts";
import type { testConnectionJob } from "#lib/jobs/test-connection.ts";
import { inspectorClient } from "#lib/sources/inspector/inspector-client.ts";
import { testAccess } from "#lib/sources/inspector/test-access.ts";
import { testConnection } from "#lib/usecases/test-connection.ts";
import { toInspectorAccess } from "../open-source.ts";
import type { Task } from "../register-job.ts";

export async function handleTestConnection(
  { connectionId }: z.infer<typeof testConnectionJob.payloadSchema>,
  { signal }: Task,
): Promise<void> {
  const connection = await findConnectionAccess(connectionId);
  if (connection === null) return;
  const access = toInspectorAccess(connection);
  const client = inspectorClient(access);
  try {
    await testConnection(
      connectionId,
      () => testAccess(client, access, signal),
      () => new Date(),
    );
  } finally {
    client.destroy();
  }
}
