import type { ConnectionTest } from "#lib/domain/connection.ts";
import { AppError } from "#lib/domain/errors.ts";
import { testConnectionJob } from "#lib/jobs/test-connection.ts";
import { database, inTransaction } from "../database.ts";

const keyOf = (connectionId: string) => `connection-test:${connectionId}`;

/** Queues a test of a connection; its result is a row that the page follows. Throws AppError not-found. */
export async function queueConnectionTest(connectionId: string, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      "SELECT 1 FROM connection WHERE id = $1 AND source = 'inspector' AND disconnected_at IS NULL FOR SHARE",
      [connectionId],
    );
    if (rowCount === 0) throw new AppError("not-found", "No connection has this id.");
    const queued: ConnectionTest = {
      state: "queued",
      requestedAt: now.toISOString(),
      finishedAt: null,
      identity: null,
      accounts: [],
      checks: [],
      missing: [],
    };
    // One that waits already will do.
    if (await testConnectionJob.send(client, { connectionId })) {
      await client.query(
        `INSERT INTO setting (key, value, updated_at) VALUES ($1, $2, $3)
         ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at`,
        [keyOf(connectionId), queued, now],
      );
    }
  });
}

/** How far a test is, or what it found. */
export async function saveConnectionTest(connectionId: string, change: Partial<ConnectionTest>): Promise<void> {
  await database().pool.query(
    "UPDATE setting SET value = value || $2::jsonb, updated_at = clock_timestamp() WHERE key = $1",
    [keyOf(connectionId), JSON.stringify(change)],
  );
}
