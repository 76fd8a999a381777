import { AppError } from "#lib/domain/errors.ts";
import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import { MOST_TARGETS, type NewDraft, type TriageDraft } from "#lib/domain/triage.ts";
import { database } from "../../database.ts";
import { Prisma } from "../../generated/client.ts";
import { newId } from "../../identity.ts";
import { readConditions } from "../../read/read-conditions.ts";
import { type FindingGroup, type IssueGroup, lookedAt, tallyGroups, tallyIssues } from "./draft-tally.ts";
import { FIELD_OF, isOfIssue, joinLastDecision } from "./triage-row.ts";

const MOST_ACCOUNTS_TOLD = 10;

/**
 * Takes a snapshot of what a decision would be about, and tells what it would do. Changes no finding. Throws AppError:
 * `not-found` for ids that nobody knows, `invalid-input` for more findings than one decision may be about.
 */
export async function saveTriageDraft(draft: NewDraft, personId: string, now: Date): Promise<TriageDraft> {
  const id = newId();
  const { groups, issues } = await saveSnapshot(draft, { id, personId, now });
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  refuse(draft, total);
  const asked = draft.filter === undefined ? new Set(draft.findingIds).size : total;
  const { accounts, ...tally } = tallyGroups(draft.act, groups, { gone: asked - total });
  return {
    id,
    total,
    ...tally,
    ...tallyIssues(draft.act, groups, issues),
    accountCount: accounts.length,
    accounts: await withNames(accounts.slice(0, MOST_ACCOUNTS_TOLD)),
  };
}

function refuse({ filter }: NewDraft, total: number): void {
  if (filter === undefined && total === 0) throw new AppError("not-found", "No finding has one of these ids.");
  if (total <= MOST_TARGETS) return;
  const message = `More than ${MOST_TARGETS.toLocaleString("en")} findings match: narrow the filter`;
  throw new AppError("invalid-input", message, { faults: [{ field: "filter", message }] });
}

type Snapshot = { groups: FindingGroup[]; issues: IssueGroup[] };
type Made = { id: string; personId: string; now: Date };

/**
 * One statement: a hundred thousand findings are kept and counted where they are, and only counts leave the database.
 * Writes nothing where there are none, or more than one decision may be about.
 */
async function saveSnapshot({ act, findingIds, filter }: NewDraft, { id, personId, now }: Made): Promise<Snapshot> {
  const field = FIELD_OF[act.kind];
  const isOfIssues = isOfIssue(field);
  const looked = Object.entries(lookedAt(act));
  const columns = Prisma.raw(looked.map(([name, sql]) => `, ${sql} AS "${name}"`).join(""));
  const names = Prisma.raw(looked.map(([name]) => `, "${name}"`).join(""));
  const written = filter === undefined ? null : toWritten(filter);
  const { text, values } = Prisma.sql`
    WITH target AS MATERIALIZED (
      SELECT f.account_id, f.id, f.issue_id, f.status, f.severity, f.fix_available, f.known_exploited FROM ${await toTargets({ findingIds, filter })}
    ), standing AS MATERIALIZED (
      SELECT f.account_id, f.id, f.issue_id, f.severity, f.known_exploited AS "knownExploited",
        coalesce(l.number, 0) AS last_number, ${isOfIssues ? Prisma.sql`i.open_findings` : Prisma.sql`0`} AS open_findings ${columns}
      FROM target f ${isOfIssues ? OF_ISSUE : Prisma.empty} ${Prisma.raw(joinLastDecision(field))}
    ), alike AS MATERIALIZED (
      SELECT *, dense_rank() OVER (ORDER BY severity ${names})::int AS kind FROM standing
    ), draft AS (
      INSERT INTO triage_decision (id, state, act, filter, finding_ids, seen, total, made_by, created_at)
      SELECT ${id}::uuid, 'draft', ${JSON.stringify(act)}::jsonb, ${written === null ? null : JSON.stringify(written)}::jsonb,
        coalesce(array_agg(id ORDER BY account_id, id), '{}'), coalesce(array_agg(last_number ORDER BY account_id, id), '{}'),
        count(*), ${personId}::uuid, ${now}::timestamptz
      FROM standing HAVING count(*) <= ${MOST_TARGETS}::int AND (${filter !== undefined} OR count(*) > 0)
    )
    SELECT (SELECT coalesce(jsonb_agg(g), '[]') FROM (
        SELECT kind, account_id AS "accountId", severity, "knownExploited", count(*) ${names}
        FROM alike GROUP BY kind, account_id, severity, "knownExploited" ${names}) AS g) AS groups,
      (SELECT coalesce(jsonb_agg(g), '[]') FROM (
        SELECT kinds, count(*), sum(open_findings) AS "openFindings"
        FROM (SELECT array_agg(DISTINCT kind) AS kinds, min(open_findings) AS open_findings FROM alike GROUP BY account_id, issue_id) AS i
        GROUP BY kinds) AS g) AS issues`;
  const { rows } = await database().pool.query<Snapshot>(text, values);
  return rows[0] ?? { groups: [], issues: [] };
}

const OF_ISSUE = Prisma.sql`JOIN issue i ON i.account_id = f.account_id AND i.id = f.issue_id
  LEFT JOIN person p ON p.id = i.assignee_id`;

/** One more than a decision may be about tells that there are too many. */
async function toTargets({ findingIds, filter }: Pick<NewDraft, "findingIds" | "filter">): Promise<Prisma.Sql> {
  if (filter === undefined) return Prisma.sql`finding f WHERE f.id = ANY (${findingIds ?? []}::uuid[])`;
  const conditions = await readConditions(filter);
  return Prisma.sql`${conditions.view.rows} ${conditions.where()} LIMIT ${MOST_TARGETS + 1}`;
}

async function withNames(counts: [accountId: string, count: number][]): Promise<TriageDraft["accounts"]> {
  const { rows } = await database().pool.query<{ id: string; name: string | null }>(
    "SELECT id, name FROM account WHERE id = ANY ($1)",
    [counts.map(([accountId]) => accountId)],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return counts.map(([accountId, count]) => ({ accountId, accountName: names.get(accountId) ?? null, count }));
}

/** The filter in the list's words, without what asks for nothing. */
function toWritten(filter: Partial<FindingConditions>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );
}

/** Deletes drafts that nobody carried out. */
export async function deleteOldDrafts(before: Date): Promise<void> {
  await database().pool.query("DELETE FROM triage_decision WHERE state = 'draft' AND created_at < $1", [before]);
}
