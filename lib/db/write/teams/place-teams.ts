import type pg from "pg";
import { HAS_OWN_LINEAGE, IS_MATCHED } from "../../team-matching.ts";
import { holdRules } from "./rules-lock.ts";

/** What outlives redeploys, as resources name it: one that findings with a lineage of their own lie within. */
export type Place = { accountId: string; lineageId: string };

/** A finding that came, or came to another lineage. */
export type PlacedFinding = { account_id: string; lineage_id: string; resource_id: string };

/**
 * Of each place of `place` that a rule matches on one of its resources, the first team in order. A place has one team,
 * whichever of its resources says so and in which order they came.
 */
const DECIDED = `
  decided AS (
    SELECT p.account_id, p.lineage_id, m.team_id FROM place p LEFT JOIN LATERAL (
      SELECT t.id AS team_id FROM resource r JOIN team_rule q ON ${IS_MATCHED} JOIN team t ON t.id = q.team_id
      WHERE r.account_id = p.account_id AND r.lineage_id = p.lineage_id
      ORDER BY t.position LIMIT 1
    ) AS m ON true
  )`;

/** A place, and the places in code within it. */
const wholeOf = (places: string) => `
  SELECT account_id, lineage_id, team_id FROM ${places}
  UNION
  SELECT f.account_id, f.lineage_id, p.team_id FROM ${places} p
  JOIN resource r ON r.account_id = p.account_id AND r.lineage_id = p.lineage_id
  JOIN finding f ON f.account_id = r.account_id AND f.resource_id = r.id
  WHERE ${HAS_OWN_LINEAGE}`;

/** Writes what `wanted` says otherwise than is stored. */
const SAVED = `
  gone AS (
    DELETE FROM lineage_team t USING wanted w
    WHERE t.account_id = w.account_id AND t.lineage_id = w.lineage_id AND w.team_id IS NULL
    RETURNING t.account_id, t.lineage_id
  ), saved AS (
    INSERT INTO lineage_team AS t (account_id, lineage_id, team_id)
    SELECT account_id, lineage_id, team_id FROM wanted WHERE team_id IS NOT NULL ORDER BY 1, 2
    ON CONFLICT (account_id, lineage_id) DO UPDATE SET team_id = EXCLUDED.team_id WHERE t.team_id <> EXCLUDED.team_id
    RETURNING account_id, lineage_id
  )
  SELECT account_id AS "accountId", lineage_id AS "lineageId" FROM gone UNION ALL SELECT account_id, lineage_id FROM saved`;

/** A place that all resources have left stays with its last team: what is counted there is past, and stays where it was. */
const HAS_RESOURCES =
  "EXISTS (SELECT FROM resource r WHERE r.account_id = d.account_id AND r.lineage_id = d.lineage_id)";

/**
 * Decides anew which team has each of the places, after their resources were written: a rule may match a new tag, or no
 * longer an old one. Returns the lineages whose team changed. The caller's transaction has the accounts to itself.
 */
export async function placeTeams(client: pg.ClientBase, places: Place[]): Promise<Place[]> {
  if (places.length === 0 || !(await hasTeamRules(client))) return [];
  const { rows } = await client.query<Place>(
    `WITH place AS (SELECT DISTINCT account_id, lineage_id FROM unnest($1::text[], $2::uuid[]) AS p (account_id, lineage_id)),
     ${DECIDED}, changed AS MATERIALIZED (
       SELECT d.* FROM decided d LEFT JOIN lineage_team t ON t.account_id = d.account_id AND t.lineage_id = d.lineage_id
       WHERE d.team_id IS DISTINCT FROM t.team_id AND ${HAS_RESOURCES}
     ), wanted AS MATERIALIZED (${wholeOf("changed")}), ${SAVED}`,
    [places.map(({ accountId }) => accountId), places.map(({ lineageId }) => lineageId)],
  );
  return rows;
}

/** Gives new places in code the team of the place that they lie within. Runs after their resources were written. */
export async function inheritTeams(client: pg.ClientBase, findings: PlacedFinding[]): Promise<void> {
  if (findings.length === 0 || !(await hasTeamRules(client))) return;
  await client.query(
    `INSERT INTO lineage_team (account_id, lineage_id, team_id)
     SELECT DISTINCT f.account_id, f.lineage_id, t.team_id
     FROM unnest($1::text[], $2::uuid[], $3::uuid[]) AS f (account_id, lineage_id, resource_id)
     JOIN resource r ON r.account_id = f.account_id AND r.id = f.resource_id
     JOIN lineage_team t ON t.account_id = r.account_id AND t.lineage_id = r.lineage_id
     ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
    [
      findings.map(({ account_id }) => account_id),
      findings.map(({ lineage_id }) => lineage_id),
      findings.map(({ resource_id }) => resource_id),
    ],
  );
}

/** Which team must have each of the places `place`, and the places in code within them: as `within`. */
export const WANTED_TEAMS = `${DECIDED}, within AS MATERIALIZED (${wholeOf("decided")})`;

/** Decides anew about every place of an account that has resources; the others keep their team while it is there. The caller's transaction has it to itself. */
export async function placeTeamsOfAccount(client: pg.ClientBase, accountId: string): Promise<void> {
  await holdRules(client);
  await client.query(
    `WITH place AS (SELECT DISTINCT account_id, lineage_id FROM resource WHERE account_id = $1), ${WANTED_TEAMS},
     wanted AS MATERIALIZED (
       SELECT account_id, lineage_id, team_id FROM within
       UNION ALL
       SELECT account_id, lineage_id, NULL FROM lineage_team t
       WHERE account_id = $1 AND NOT EXISTS (SELECT FROM team WHERE id = t.team_id) AND NOT EXISTS (
         SELECT FROM within w WHERE w.account_id = t.account_id AND w.lineage_id = t.lineage_id)
     ), ${SAVED}`,
    [accountId],
  );
}

async function hasTeamRules(client: pg.ClientBase): Promise<boolean> {
  await holdRules(client);
  const { rows } = await client.query<{ has: boolean }>("SELECT EXISTS (SELECT FROM team_rule) AS has");
  return rows[0]?.has ?? false;
}
