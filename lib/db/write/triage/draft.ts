import { AppError } from "#lib/domain/errors.ts";
import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import { MOST_TARGETS, type NewDraft, type TriageDraft } from "#lib/domain/triage.ts";
import { type DraftAct, whyLeftOut } from "#lib/domain/triage-act.ts";
import { database } from "../../database.ts";
import { Prisma } from "../../generated/client.ts";
import { newId } from "../../identity.ts";
import { readConditions } from "../../read/read-conditions.ts";
import { FIELD_OF, listTriageRows, type TriageRow, toStanding } from "./triage-row.ts";

const AT_ONCE = 10_000;
const MOST_ACCOUNTS_TOLD = 10;

/**
 * Takes a snapshot of what a decision would be about, and tells what it would do. Changes no finding. Throws AppError:
 * `not-found` for ids that nobody knows, `invalid-input` for more findings than one decision may be about.
 */
export async function saveTriageDraft(
  { act, findingIds, filter }: NewDraft,
  personId: string,
  now: Date,
): Promise<TriageDraft> {
  const ids = filter === undefined ? await orderIds(findingIds ?? []) : await listMatching(filter);
  const tally = newTally(act);
  const [snapshot, seen]: [string[], number[]] = [[], []];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    for (const row of await listTriageRows(database().pool, FIELD_OF[act.kind], ids.slice(start, start + AT_ONCE))) {
      snapshot.push(row.id);
      seen.push(row.last_number);
      tally.add(row);
    }
  }
  tally.addGone((filter === undefined ? new Set(findingIds).size : ids.length) - snapshot.length);
  const id = newId();
  await database().pool.query(
    `INSERT INTO triage_decision (id, state, act, filter, finding_ids, seen, total, made_by, created_at)
     VALUES ($1, 'draft', $2, $3, $4, $5, $6, $7, $8)`,
    [id, act, filter === undefined ? null : toWritten(filter), snapshot, seen, snapshot.length, personId, now],
  );
  return { id, total: snapshot.length, accounts: await withNames(tally.accounts()), ...tally.told() };
}

async function withNames(counts: [accountId: string, count: number][]): Promise<TriageDraft["accounts"]> {
  const { rows } = await database().pool.query<{ id: string; name: string | null }>(
    "SELECT id, name FROM account WHERE id = ANY ($1)",
    [counts.map(([accountId]) => accountId)],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return counts.map(([accountId, count]) => ({ accountId, accountName: names.get(accountId) ?? null, count }));
}

async function orderIds(findingIds: string[]): Promise<string[]> {
  const { rows } = await database().pool.query<{ id: string }>(
    "SELECT id FROM finding WHERE id = ANY ($1::uuid[]) ORDER BY account_id, id",
    [findingIds],
  );
  if (rows.length === 0) throw new AppError("not-found", "No finding has one of these ids.");
  return rows.map(({ id }) => id);
}

async function listMatching(filter: NonNullable<NewDraft["filter"]>): Promise<string[]> {
  const conditions = await readConditions(filter);
  const { text, values } = Prisma.sql`
    SELECT f.id FROM ${conditions.view.rows} ${conditions.where()} ORDER BY f.account_id, f.id LIMIT ${MOST_TARGETS + 1}`;
  const { rows } = await database().pool.query<{ id: string }>(text, values);
  if (rows.length > MOST_TARGETS) {
    const message = `More than ${MOST_TARGETS.toLocaleString("en")} findings match: narrow the filter`;
    throw new AppError("invalid-input", message, { faults: [{ field: "filter", message }] });
  }
  return rows.map(({ id }) => id);
}

/** The filter in the list's words, without what asks for nothing. */
function toWritten(filter: Partial<FindingConditions>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );
}

/** Counts what the act would do. */
function newTally(act: DraftAct) {
  const leftOut: TriageDraft["leftOut"] = {};
  const bySeverity: TriageDraft["bySeverity"] = {};
  const accounts = new Map<string, number>();
  const issues = new Map<string, number>();
  let [changes, knownExploited] = [0, 0];
  const leave = (why: keyof typeof leftOut, count: number) => {
    if (count > 0) leftOut[why] = (leftOut[why] ?? 0) + count;
  };
  return {
    add(row: TriageRow) {
      const why = whyLeftOut(act, toStanding(row));
      if (why !== null) return leave(why, 1);
      changes += 1;
      knownExploited += Number(row.known_exploited);
      bySeverity[row.severity] = (bySeverity[row.severity] ?? 0) + 1;
      issues.set(row.issue_id, row.issue_open_findings ?? 0);
      accounts.set(row.account_id, (accounts.get(row.account_id) ?? 0) + 1);
    },
    addGone: (count: number) => leave("gone", count),
    accounts: () => [...accounts].sort(([, a], [, b]) => b - a).slice(0, MOST_ACCOUNTS_TOLD),
    told: () => ({
      changes,
      bySeverity,
      knownExploited,
      accountCount: accounts.size,
      issues: issues.size,
      issueFindings: [...issues.values()].reduce((sum, count) => sum + count, 0),
      leftOut,
    }),
  };
}

/** Deletes drafts that nobody carried out. */
export async function deleteOldDrafts(before: Date): Promise<void> {
  await database().pool.query("DELETE FROM triage_decision WHERE state = 'draft' AND created_at < $1", [before]);
}
