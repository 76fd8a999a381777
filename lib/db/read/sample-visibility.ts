import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

/** Whether lists, counts and files show what the sample organisation reports. An admin may hide it in Settings. */
export const IS_SAMPLE_SHOWN = Prisma.sql`NOT EXISTS (SELECT FROM setting WHERE key = 'sample' AND value->>'hidden' = 'true')`;

/** The same as an answer of its own. */
export async function isSampleShown(): Promise<boolean> {
  const [row] = await ask<{ shown: boolean }>(Prisma.sql`SELECT ${IS_SAMPLE_SHOWN} AS shown`);
  return row?.shown ?? true;
}
