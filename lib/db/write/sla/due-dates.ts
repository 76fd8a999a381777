import type pg from "pg";
import { newId } from "../../identity.ts";
import { POLICY_DUE, POLICY_DUE_JOINS } from "../../policy-due.ts";
import { copyRows } from "../copy-rows.ts";
import { EVENT_COLUMNS, type EventRow } from "../finding-change.ts";
import type { IssueKey } from "../issues.ts";
import { holdRules } from "../teams/rules-lock.ts";
import { saveVersions } from "../versions.ts";

/** Whose issues were written: `written` are findings that get an event and a version of this moment anyway. */
export type DueOccasion = { now: Date; written: { id: string }[] };

/** A finding whose coming, going or status decides whether others on its resource can be reached. */
export type Exposure = { account_id: string; resource_id: string };

/**
 * Brings the due dates of open issues in line with the policy, after they and their clocks were written and before the
 * versions of their findings are. Other findings of an issue that is now due at another time get an event and a version
 * too. Costs one look where there never was a policy. The caller's transaction has the accounts to itself.
 */
export async function refreshDueDates(
  client: pg.ClientBase,
  issues: IssueKey[],
  occasion: DueOccasion & { exposures: Exposure[] },
): Promise<void> {
  if (issues.length + occasion.exposures.length === 0 || !(await hasPolicy(client))) return;
  const all = [...issues, ...(await listExposedIssues(client, occasion.exposures))];
  await spreadDueDates(client, await saveDueDates(client, all), occasion);
}

/** The same of every open issue of an account, some at a time: `after` is the id of the last. Returns that of the next call; null at the end. */
export async function refreshDueDatesOfAccount(
  client: pg.ClientBase,
  accountId: string,
  { after, now }: { after: string; now: Date },
): Promise<string | null> {
  await holdRules(client);
  const { rows } = await client.query<IssueKey>(
    `SELECT account_id AS "accountId", id FROM issue WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT ${AT_ONCE}`,
    [accountId, after],
  );
  await spreadDueDates(client, await saveDueDates(client, rows), { now, written: [] });
  return rows.length === AT_ONCE ? (rows.at(-1)?.id ?? null) : null;
}

const AT_ONCE = 5_000;

async function hasPolicy(client: pg.ClientBase): Promise<boolean> {
  await holdRules(client);
  const { rows } = await client.query<{ has: boolean }>("SELECT EXISTS (SELECT FROM sla_version) AS has");
  return rows[0]?.has ?? false;
}

async function listExposedIssues(client: pg.ClientBase, exposures: Exposure[]): Promise<IssueKey[]> {
  if (exposures.length === 0) return [];
  const { rows } = await client.query<IssueKey>(
    `SELECT DISTINCT f.account_id AS "accountId", f.issue_id AS id
     FROM unnest($1::text[], $2::uuid[]) AS e (account_id, resource_id)
     JOIN finding f ON f.account_id = e.account_id AND f.resource_id = e.resource_id WHERE f.status <> 'closed'`,
    [exposures.map(({ account_id }) => account_id), exposures.map(({ resource_id }) => resource_id)],
  );
  return rows;
}

/** Writes what the policy wants of those that are open. Returns those that are due at another time than before. */
export async function saveDueDates(client: pg.ClientBase, issues: IssueKey[]): Promise<IssueKey[]> {
  if (issues.length === 0) return [];
  const { rows } = await client.query<IssueKey & { is_moved: boolean }>(
    `WITH wanted AS MATERIALIZED (
       SELECT i.account_id, i.id, i.due_at AS due_before, ${POLICY_DUE} AS due
       FROM (SELECT DISTINCT account_id, id FROM unnest($1::text[], $2::uuid[]) AS n (account_id, id)) AS n
       JOIN issue i ON i.account_id = n.account_id AND i.id = n.id AND i.open_findings > 0 ${POLICY_DUE_JOINS}
     )
     UPDATE issue i SET policy_due_at = w.due, due_at = coalesce(i.person_due_at, w.due)
     FROM wanted w WHERE i.account_id = w.account_id AND i.id = w.id
       AND (i.policy_due_at, i.due_at) IS DISTINCT FROM (w.due, coalesce(i.person_due_at, w.due))
     RETURNING i.account_id AS "accountId", i.id, i.due_at IS DISTINCT FROM w.due_before AS is_moved`,
    [issues.map(({ accountId }) => accountId), issues.map(({ id }) => id)],
  );
  return rows.filter((row) => row.is_moved);
}

type Sibling = Omit<EventRow, "id" | "recorded_at" | "occurred_at"> & { updated_at: Date };

/** What an issue is due at, all its findings are. */
async function spreadDueDates(client: pg.ClientBase, issues: IssueKey[], { now, written }: DueOccasion): Promise<void> {
  if (issues.length === 0) return;
  const { rows } = await client.query<Sibling>(
    `SELECT f.account_id, f.id AS finding_id, f.issue_id, f.lineage_id, NULL::uuid AS issue_before, NULL::uuid AS lineage_before,
       f.source, f.type, 'due-set' AS kind, 'policy' AS cause, f.status AS status_before, f.status AS status_after,
       f.severity AS severity_before, f.severity AS severity_after, NULL::uuid AS run_id, NULL::uuid AS actor_id, f.is_sample, f.updated_at
     FROM unnest($1::text[], $2::uuid[]) AS i (account_id, id)
     JOIN finding f ON f.account_id = i.account_id AND f.issue_id = i.id WHERE f.id <> ALL ($3::uuid[])
     ORDER BY f.account_id, f.id`,
    [issues.map(({ accountId }) => accountId), issues.map(({ id }) => id), written.map(({ id }) => id)],
  );
  if (rows.length === 0) return;
  // What is recorded never lies before what was recorded already.
  const events = rows.map(({ updated_at: before, ...row }) => ({
    ...row,
    id: newId(),
    occurred_at: now,
    recorded_at: before > now ? before : now,
  }));
  await client.query(
    `UPDATE finding f SET updated_at = e.at FROM unnest($1::text[], $2::uuid[], $3::timestamptz[]) AS e (account_id, id, at)
     WHERE f.account_id = e.account_id AND f.id = e.id`,
    [
      events.map(({ account_id }) => account_id),
      events.map(({ finding_id }) => finding_id),
      events.map(({ recorded_at }) => recorded_at),
    ],
  );
  await copyRows(client, "lifecycle_event", EVENT_COLUMNS, events);
  await saveVersions(
    client,
    rows.map(({ account_id, finding_id: id, updated_at }, index) => ({
      before: { updated_at },
      after: { account_id, id, updated_at: events[index]?.recorded_at ?? now },
      events: ["due-set"],
    })),
  );
}
