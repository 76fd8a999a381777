import { queueConnectionTest, saveConnectionTest } from "#lib/db/write/connection-test.ts";
import type { ConnectionTest } from "#lib/domain/connection.ts";

/** Asks the worker to try what a connection may do. Throws AppError not-found. */
export async function requestConnectionTest(connectionId: string, now: Date): Promise<void> {
  await queueConnectionTest(connectionId, now);
}

/** Runs a test that was asked for, and keeps what it found where the page follows it. */
export async function testConnection(
  connectionId: string,
  test: () => Promise<Pick<ConnectionTest, "identity" | "accounts" | "checks" | "missing">>,
  clock: () => Date,
): Promise<void> {
  await saveConnectionTest(connectionId, { state: "running" });
  const report = await test();
  await saveConnectionTest(connectionId, { state: "done", finishedAt: clock().toISOString(), ...report });
}
