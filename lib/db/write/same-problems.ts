import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import type { SameProblemDecision } from "#lib/domain/same-problem.ts";
import { inTransaction } from "../database.ts";
import { saveAuditEvent } from "./audit-event.ts";
import type { Actor } from "./connections.ts";

type Issue = { id: string; account_id: string; issue_id: string; source: SourceName; type: string };

/**
 * Keeps a person's word that the issues of two findings are one problem, or two, or takes it back. Throws AppError:
 * `not-found`, or `invalid-input` for what cannot be one problem of two sources.
 */
export async function saveSameProblem(
  id: string,
  { findingId, isSame }: SameProblemDecision,
  actor: Actor,
  now: Date,
): Promise<void> {
  await inTransaction(async (client) => {
    const [one, other] = [await findIssue(client, id), await findIssue(client, findingId)];
    refuseUnlike(one, other);
    const [first, second] = [one, other].sort((a, b) => (toKey(a) < toKey(b) ? -1 : 1));
    const pair = [first?.account_id, first?.issue_id, second?.account_id, second?.issue_id];
    if (isSame === null) {
      await client.query(
        `DELETE FROM same_problem
         WHERE account_id = $1 AND issue_id = $2 AND other_account_id = $3 AND other_issue_id = $4`,
        pair,
      );
    } else {
      await client.query(
        `INSERT INTO same_problem (account_id, issue_id, other_account_id, other_issue_id, is_same, decided_at, decided_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (account_id, issue_id, other_account_id, other_issue_id) DO UPDATE SET is_same = EXCLUDED.is_same,
           decided_at = EXCLUDED.decided_at, decided_by = EXCLUDED.decided_by`,
        [...pair, isSame, now, actor.personId],
      );
    }
    const detail = { findingId, isSame };
    await saveAuditEvent(client, { actor: actor.userName, action: "finding.same-problem", target: id, detail, now });
  });
}

const toKey = ({ account_id, issue_id }: Issue): string => `${account_id} ${issue_id}`;

async function findIssue(client: pg.ClientBase, id: string): Promise<Issue> {
  const { rows } = await client.query<Issue>(
    "SELECT id, account_id, issue_id, source, type FROM finding WHERE id = $1",
    [id],
  );
  const [issue] = rows;
  if (!issue) throw new AppError("not-found", "No finding has this id.");
  return issue;
}

function refuseUnlike(one: Issue, other: Issue): void {
  const message = faultOf(one, other);
  if (message) throw new AppError("invalid-input", message, { faults: [{ field: "findingId", message }] });
}

function faultOf(one: Issue, other: Issue): string | null {
  if (one.type !== "code" || other.type !== "code") return "Only findings in code are put together by hand";
  if (one.source === other.source) return "Both are of the same source, which tells its problems apart itself";
  return null;
}
