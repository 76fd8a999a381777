import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import { database } from "../database.ts";
import { importConnectionId } from "../identity.ts";

/**
 * Returns the id of the connection that the reports of one name are written through; makes it, and its account, where
 * missing. Each name has its own, so that a report closes what an earlier one of its name brought and nothing else.
 */
export async function ensureImportConnection(name: string): Promise<string> {
  const { prisma } = database();
  await prisma.account.upsert({
    where: { id: INSTALLATION_ACCOUNT_ID },
    create: { id: INSTALLATION_ACCOUNT_ID, name: "This installation" },
    update: {},
  });
  const id = importConnectionId(name);
  await prisma.connection.upsert({
    where: { id },
    create: { id, source: "sarif", name, region: name },
    update: {},
  });
  return id;
}
