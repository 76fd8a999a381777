import { rebuildRollups } from "#lib/db/write/rebuild-rollups.ts";
import type { RollupDifference } from "#lib/db/write/rollups.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";

/** Each number that is kept and differs from a recount, as one line; none when all is exact. */
export async function verify(): Promise<string[]> {
  return (await verifyRollups()).map(toLine);
}

/** Makes every kept number anew, then verifies. Returns what still differs, which should be nothing. */
export async function rebuild(): Promise<string[]> {
  await rebuildRollups();
  return await verify();
}

function toLine({ rollup, key, stored, counted }: RollupDifference): string {
  return `${rollup} [${key}]: ${stored}, should be ${counted}`;
}
