import { type ConnectionTest, connectionTestSchema } from "#lib/domain/connection.ts";
import { database } from "../database.ts";

const NEVER: ConnectionTest = {
  state: "none",
  requestedAt: null,
  finishedAt: null,
  identity: null,
  accounts: [],
  checks: [],
  missing: [],
};

/** The last test of a connection, under way or done. */
export async function getConnectionTest(connectionId: string): Promise<ConnectionTest> {
  const row = await database().prisma.setting.findUnique({ where: { key: `connection-test:${connectionId}` } });
  return row === null ? NEVER : connectionTestSchema.parse(row.value);
}
