import type pg from "pg";
import type { RollupDifference } from "./rollups.ts";

/** What findings say, each once: by which columns an entry is known, and the query that makes all of them anew. */
type Dictionary = { table: string; keys: string[]; made: string };

const DICTIONARIES: Dictionary[] = [
  {
    table: "finding_title",
    keys: ["vulnerability_id", "digest"],
    made: "SELECT DISTINCT vulnerability_id, md5(title)::uuid AS digest, title FROM finding WHERE type <> 'package'",
  },
  {
    table: "finding_path",
    keys: ["digest"],
    made: "SELECT DISTINCT md5(path)::uuid AS digest, path FROM finding WHERE type <> 'package' AND path IS NOT NULL",
  },
  {
    table: "finding_score",
    keys: ["rank", "score"],
    made: "SELECT DISTINCT rank, score FROM finding WHERE score IS NOT NULL",
  },
  {
    table: "shown_package",
    keys: ["digest"],
    made: `SELECT md5(ROW(package_name, package_version, package_fixed_in)::text)::uuid AS digest, package_name,
        package_version AS version, package_fixed_in AS fixed_in
      FROM (SELECT DISTINCT package_name, package_version, package_fixed_in FROM finding WHERE package_name IS NOT NULL) AS n`,
  },
];

const MOST_TOLD = 100;

/** What findings say and a dictionary does not have, at most 100 of each. What a dictionary has beside does no harm. */
export async function listDictionaryDifferences(client: pg.ClientBase): Promise<RollupDifference[]> {
  const differences: RollupDifference[] = [];
  for (const { table, keys, made } of DICTIONARIES) {
    const { rows } = await client.query<RollupDifference>(
      `SELECT $1 AS rollup, concat_ws(' ', ${keys.map((key) => `m.${key}`).join(", ")}) AS key, 'missing' AS stored, 'there' AS counted
       FROM (${made}) AS m WHERE NOT EXISTS (
         SELECT FROM ${table} d WHERE ${keys.map((key) => `d.${key} = m.${key}`).join(" AND ")}) LIMIT ${MOST_TOLD}`,
      [table],
    );
    differences.push(...rows);
  }
  return differences;
}

/** Makes every dictionary anew, without what no finding says any more. The caller keeps writers away until its transaction ends. */
export async function remakeDictionaries(client: pg.ClientBase): Promise<void> {
  for (const { table, made } of DICTIONARIES) {
    await client.query(`DELETE FROM ${table}`);
    await client.query(`INSERT INTO ${table} ${made}`);
  }
}
