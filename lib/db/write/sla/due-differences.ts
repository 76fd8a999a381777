import type pg from "pg";
import { POLICY_DUE, POLICY_DUE_JOINS } from "../../policy-due.ts";
import type { RollupDifference } from "../rollups.ts";

const MOST_TOLD = 100;

/**
 * Issues that are due at another time than a person, else the policy in force, says, at most 100; what has ended keeps
 * what it had. None while a changed policy is still being carried out.
 */
export async function listDueDifferences(client: pg.ClientBase): Promise<RollupDifference[]> {
  const { rows } = await client.query<RollupDifference>(
    `SELECT 'issue_due' AS rollup, concat_ws(' ', account_id, id) AS key,
       concat_ws(' ', due_at, policy_due_at) AS stored, concat_ws(' ', coalesce(person_due_at, wanted), wanted) AS counted
     FROM (
       SELECT i.*, CASE WHEN i.open_findings > 0 THEN ${POLICY_DUE} ELSE i.policy_due_at END AS wanted
       FROM issue i ${POLICY_DUE_JOINS}
     ) AS i
     WHERE (due_at, policy_due_at) IS DISTINCT FROM (coalesce(person_due_at, wanted), wanted) AND NOT EXISTS (
       SELECT FROM setting WHERE key = 'rules' AND (value->>'applied')::int < (value->>'asked')::int)
     LIMIT ${MOST_TOLD}`,
  );
  return rows;
}
