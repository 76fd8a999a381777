import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

/** The same, for a statement that asks for more. */
export const IS_SAMPLE_SHOWN = Prisma.sql`coalesce(
  (SELECT value->>'hidden' <> 'true' FROM setting WHERE key = 'sample'), true)`;

/** Whether lists, counts and files show what the sample organisation reports. An admin may hide it in Settings. */
export async function isSampleShown(): Promise<boolean> {
  const [setting] = await ask<{ shown: boolean }>(Prisma.sql`SELECT ${IS_SAMPLE_SHOWN} AS shown`);
  return setting?.shown !== false;
}
