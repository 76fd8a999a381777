import type pg from "pg";
import type { RuleTerms } from "../../read/exception-conditions.ts";

const LOCK = "hashtext('exception rules')";

/** A rule that holds what matches it. */
export type LiveRule = RuleTerms & { id: string };

/**
 * The rules by which a transaction writes. Until it ends none changes: whoever makes or ends a rule waits for it, and
 * then looks at what it wrote. Called after the findings' accounts are locked.
 */
export async function holdLiveRules(client: pg.ClientBase): Promise<LiveRule[]> {
  await client.query(`SELECT pg_advisory_xact_lock_shared(${LOCK})`);
  const { rows } = await client.query<LiveRule>(
    `SELECT r.id, v.query, v.until_fix AS "untilFix", v.holds_grave AS "holdsGrave"
     FROM exception_rule r JOIN exception_version v ON v.rule_id = r.id AND v.number = r.live
     WHERE r.state = 'active' ORDER BY r.id`,
  );
  return rows;
}

/** Waits for everybody who writes by the rules as they are; who comes later reads them as they are then. */
export async function lockRules(client: pg.ClientBase): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
}
