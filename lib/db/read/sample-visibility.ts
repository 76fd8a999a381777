import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

/** Whether lists, counts and files show what the sample organisation reports. An admin may hide it in Settings. */
export async function isSampleShown(): Promise<boolean> {
  const [setting] = await ask<{ hidden: boolean }>(
    Prisma.sql`SELECT value->>'hidden' = 'true' AS hidden FROM setting WHERE key = 'sample'`,
  );
  return setting?.hidden !== true;
}
