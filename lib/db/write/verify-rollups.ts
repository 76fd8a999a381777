import { database } from "../database.ts";
import { listDictionaryDifferences } from "./dictionaries.ts";
import { listRollupDifferences, type RollupDifference } from "./rollups.ts";
import { listDueDifferences } from "./sla/due-differences.ts";
import { listStandingDifferences } from "./standing.ts";
import { listTeamDifferences } from "./teams/team-differences.ts";

/**
 * Recounts everything that is kept beside the findings and their events, as of one instant and without holding up
 * writers. Returns what is otherwise than it should be; nothing when all is exact.
 */
export async function verifyRollups(): Promise<RollupDifference[]> {
  const client = await database().pool.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0");
    const differences = [
      ...(await listRollupDifferences(client)),
      ...(await listDictionaryDifferences(client)),
      ...(await listStandingDifferences(client)),
      ...(await listTeamDifferences(client)),
      ...(await listDueDifferences(client)),
    ];
    await client.query("COMMIT");
    client.release();
    return differences;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
