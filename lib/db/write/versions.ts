import type pg from "pg";
import type { FindingRow } from "./finding-row.ts";

/** A finding that changed, as far as its versions are concerned. */
type VersionedChange = {
  before: Pick<FindingRow, "updated_at"> | null;
  after: Pick<FindingRow, "account_id" | "id" | "updated_at">;
  events: unknown[];
};

const KEYS = "unnest($1::text[], $2::uuid[]) AS c (account_id, id)";

/** The findings as they are, with what their issues say. OFFSET 0 keeps both a look-up for each, whatever the tables' size. */
const PRESENT = `${KEYS}
  CROSS JOIN LATERAL (SELECT * FROM finding WHERE account_id = c.account_id AND id = c.id OFFSET 0) AS f
  CROSS JOIN LATERAL (SELECT assignee_id, due_at FROM issue WHERE account_id = f.account_id AND id = f.issue_id OFFSET 0) AS i`;

const toKeys = (changes: VersionedChange[]) => [
  changes.map(({ after }) => after.account_id),
  changes.map(({ after }) => after.id),
];

/**
 * Writes how changed findings stand from now on, and ends the version before. Changed again at the same instant, a
 * version is overwritten. Runs after the findings and their issues were written. One statement each: the triggers that
 * count due dates count each statement's changes against the table as that leaves it.
 */
export async function saveVersions(client: pg.ClientBase, changes: VersionedChange[]): Promise<void> {
  const changed = changes.filter(({ events }) => events.length > 0);
  const isAgain = ({ before, after }: VersionedChange) => before?.updated_at.getTime() === after.updated_at.getTime();
  await endVersions(
    client,
    changed.filter(({ before, after }) => before && before.updated_at < after.updated_at),
  );
  await overwriteVersions(client, changed.filter(isAgain));
  await insertVersions(
    client,
    changed.filter((change) => !isAgain(change)),
  );
}

async function endVersions(client: pg.ClientBase, ended: VersionedChange[]): Promise<void> {
  if (ended.length === 0) return;
  await client.query(
    `UPDATE finding_version AS v SET valid_to = c.valid_to
     FROM unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS c (account_id, id, valid_from, valid_to)
     WHERE v.account_id = c.account_id AND v.finding_id = c.id AND v.valid_from = c.valid_from`,
    [...toKeys(ended), ended.map(({ before }) => before?.updated_at), ended.map(({ after }) => after.updated_at)],
  );
}

async function overwriteVersions(client: pg.ClientBase, again: VersionedChange[]): Promise<void> {
  if (again.length === 0) return;
  await client.query(
    `UPDATE finding_version AS v SET status = f.status, severity = f.severity, score = f.score, rank = f.rank,
       assignee_id = i.assignee_id, due_at = i.due_at
     FROM ${PRESENT}
     WHERE v.account_id = f.account_id AND v.finding_id = f.id AND v.valid_from = f.updated_at`,
    toKeys(again),
  );
}

async function insertVersions(client: pg.ClientBase, changed: VersionedChange[]): Promise<void> {
  if (changed.length === 0) return;
  await client.query(
    `INSERT INTO finding_version (account_id, finding_id, valid_from, status, severity, score, rank, assignee_id, due_at)
     SELECT f.account_id, f.id, f.updated_at, f.status, f.severity, f.score, f.rank, i.assignee_id, i.due_at
     FROM ${PRESENT}`,
    toKeys(changed),
  );
}
