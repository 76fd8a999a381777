import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import { database } from "../database.ts";

/** The one connection that stands for code scans. */
const SCANNER_CONNECTION_ID = "00000000-0000-8000-8000-000000000001";

/** Returns the id of the connection that code scans are written through; makes it, and its account, where missing. */
export async function ensureScannerConnection(region: string): Promise<string> {
  const { prisma } = database();
  await prisma.account.upsert({
    where: { id: INSTALLATION_ACCOUNT_ID },
    create: { id: INSTALLATION_ACCOUNT_ID, name: "This installation" },
    update: {},
  });
  await prisma.connection.upsert({
    where: { id: SCANNER_CONNECTION_ID },
    create: { id: SCANNER_CONNECTION_ID, source: "codeguru", name: "Code scans", region },
    update: {},
  });
  return SCANNER_CONNECTION_ID;
}
