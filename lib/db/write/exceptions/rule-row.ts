import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { ExceptionState, Until } from "#lib/domain/exception.ts";
import type { Grounds } from "#lib/domain/triage-act.ts";
import { applyExceptionJob } from "#lib/jobs/apply-exception.ts";
import { Prisma } from "../../generated/client.ts";
import { IS_GRAVE, selectMatching } from "../../read/exception-conditions.ts";

export type RuleRow = {
  id: string;
  state: ExceptionState;
  live: number | null;
  pending: number | null;
  ended_at: Date | null;
  ended_by: string | null;
};

const NO_RULE = () => new AppError("not-found", "There is no exception with this id.");

/** The rule, kept from everybody else until the transaction ends. Throws AppError not-found. */
export async function lockRuleRow(client: pg.ClientBase, id: string): Promise<RuleRow> {
  const { rows } = await client.query<RuleRow>(
    `SELECT r.id, r.state, r.live, r.pending, r.ended_at, (SELECT user_name FROM person WHERE id = r.ended_by) AS ended_by
     FROM exception_rule r WHERE r.id = $1 FOR UPDATE OF r`,
    [id],
  );
  const [row] = rows;
  if (!row) throw NO_RULE();
  return row;
}

/** Throws AppError conflict for one that is over, saying by whom and since when. */
export function refuseEnded({ state, ended_at: at, ended_by: by }: RuleRow): void {
  if (state !== "ended") return;
  throw new AppError(
    "conflict",
    `This exception ended at ${at?.toISOString()}${by === null ? "" : `, by ${by}`}. Make a new one instead.`,
  );
}

export type VersionRow = {
  query: string;
  grounds: Grounds;
  reason: string;
  expires_at: Date | null;
  until_fix: boolean;
  owner_id: string;
  made_by: string;
};

/** The number of the version that was made last, of those that hold or wait. Throws AppError not-found. */
export async function findLatest(client: pg.ClientBase | pg.Pool, id: string): Promise<number | null> {
  const { rows } = await client.query<{ latest: number | null }>(
    "SELECT coalesce(pending, live) AS latest FROM exception_rule WHERE id = $1",
    [id],
  );
  const [row] = rows;
  if (!row) throw NO_RULE();
  return row.latest;
}

/** Throws AppError not-found. */
export async function getVersionRow(
  client: pg.ClientBase | pg.Pool,
  ruleId: string,
  number: number | null,
): Promise<VersionRow & { maker: string; made_at: Date; holds_grave: boolean; decision: string | null }> {
  const { rows } = await client.query(
    `SELECT v.query, v.grounds, v.reason, v.expires_at, v.until_fix, v.owner_id, v.made_by, v.made_at, v.holds_grave, v.decision, p.user_name AS maker
     FROM exception_version v JOIN person p ON p.id = v.made_by WHERE v.rule_id = $1 AND v.number = $2`,
    [ruleId, number],
  );
  const [row] = rows;
  if (!row) throw new AppError("not-found", "There is no such version of this exception.");
  return row;
}

export async function insertVersion(
  client: pg.ClientBase,
  { id, number, holdsGrave }: { id: string; number: number; holdsGrave: boolean },
  version: VersionRow,
  now: Date,
): Promise<void> {
  await client.query(
    `INSERT INTO exception_version (rule_id, number, query, grounds, reason, expires_at, until_fix, holds_grave, owner_id, made_at, made_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      number,
      version.query,
      version.grounds,
      version.reason,
      version.expires_at,
      version.until_fix,
      holdsGrave,
      version.owner_id,
      now,
      version.made_by,
    ],
  );
}

export const toExpiry = (until: Until): Pick<VersionRow, "expires_at" | "until_fix"> => ({
  expires_at: until === "fix" ? null : new Date(until),
  until_fix: until === "fix",
});

/** Who looks after it. Throws AppError invalid-input for somebody who may not, or cannot sign in. */
export async function findOwner(client: pg.ClientBase | pg.Pool, userName: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM person WHERE user_name = $1 AND disabled_at IS NULL",
    [userName],
  );
  const [person] = rows;
  if (person) return person.id;
  const message = "Nobody who can sign in has this user name";
  throw new AppError("invalid-input", message, { faults: [{ field: "owner", message }] });
}

/** Whether anything open that it would hold is critical or known exploited. */
export async function touchesGrave(
  client: pg.ClientBase | pg.Pool,
  { query, until_fix: untilFix }: Pick<VersionRow, "query" | "until_fix">,
  now: Date,
): Promise<boolean> {
  const matching = selectMatching(query, Prisma.sql`finding f`, now);
  const { text, values } = Prisma.sql`SELECT EXISTS (SELECT FROM (${matching}) AS f
    WHERE f.status <> 'closed' AND ${IS_GRAVE} AND NOT (${untilFix}::bool AND f.fix_available = 'yes')) AS touches`;
  const { rows } = await client.query<{ touches: boolean }>(text, values);
  return rows[0]?.touches ?? false;
}

/** Every finding is to be looked at anew. */
export async function requestApplication(client: pg.ClientBase, id: string): Promise<void> {
  await client.query("UPDATE exception_rule SET checked_at = NULL, done = 0, total = 0 WHERE id = $1", [id]);
  await applyExceptionJob.send(client, { id });
}
