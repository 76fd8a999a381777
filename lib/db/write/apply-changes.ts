import type pg from "pg";
import type { SyncCounts } from "#lib/domain/sync-run.ts";
import { findDictionaries } from "./compression-dictionaries.ts";
import { type Columns, copyRows } from "./copy-rows.ts";
import { judgeWritten } from "./exceptions/judge.ts";
import { holdLiveRules } from "./exceptions/live-rules.ts";
import { EVENT_COLUMNS, type FindingChange } from "./finding-change.ts";
import { FINDING_COLUMNS, type FindingRow, SOURCE_HOLD, updateFindings } from "./finding-row.ts";
import { type IssueKey, refreshIssues } from "./issues.ts";
import { shownPackage } from "./observe-finding.ts";
import { RAW_COLUMNS, type RawRow, toRawRows, type WithContent } from "./raw-rows.ts";
import { refreshDueDates } from "./sla/due-dates.ts";
import { inheritTeams } from "./teams/place-teams.ts";
import { saveVersions } from "./versions.ts";
import { toPackageId } from "./vocabulary.ts";

const PACKAGE_COLUMNS = {
  account_id: "text",
  finding_id: "uuid",
  position: "int4",
  package_id: "uuid",
  version: "text",
  fixed_in: "text?",
} as const satisfies Columns;

/**
 * Writes changes of findings with all that follows from them: detail, packages, AWS's hold, events, issues and their
 * clocks, versions, what rules hold; the triggers keep the rollups. The caller's transaction has the accounts to itself. One statement a
 * table, so that writers of different accounts take the organisation's rollup rows in one order.
 */
export async function applyChanges(client: pg.ClientBase, changes: FindingChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rules = await holdLiveRules(client);
  const told = changes.filter((change): change is WithContent => change.content !== null);
  const dictionaries = await findDictionaries(client, told);
  // Compressing takes as long as the database takes for everything else: both at once.
  const [raw] = await Promise.all([toRawRows(told, dictionaries), saveStates(client, changes)]);
  await saveContents(client, told, raw);
  await judgeWritten(client, changes, rules);
}

async function saveStates(client: pg.ClientBase, changes: FindingChange[]): Promise<void> {
  const created = changes.filter(({ before }) => before === null).map(({ after }) => after);
  const updated = changes.filter(({ before }) => before !== null).map(({ after }) => after);
  if (created.length > 0) await copyRows(client, "finding", FINDING_COLUMNS, created);
  await updateFindings(client, updated);
  await saveSourceHolds(client, changes);
  await endHoldsUntilFix(client, changes);
  await inheritTeams(
    client,
    changes.filter(isPlacedInCode).map(({ after }) => after),
  );
  const events = changes.flatMap((change) => change.events);
  if (events.length > 0) await copyRows(client, "lifecycle_event", EVENT_COLUMNS, events);
  const touched = touchedIssues(changes);
  const occasion = toDueOccasion(changes);
  await refreshIssues(client, touched, occasion.now);
  await refreshDueDates(client, touched, occasion);
  await saveVersions(client, changes);
}

/** All changes of a call are of one moment. Whether others can be reached is decided by findings of network paths. */
function toDueOccasion(changes: FindingChange[]) {
  const told = changes.filter(({ events }) => events.length > 0);
  const exposures = told.filter(({ before, after }) => after.type === "network" && before?.status !== after.status);
  return {
    now: changes[0]?.now ?? new Date(0),
    written: told.map(({ after }) => after),
    exposures: exposures.map(({ after }) => after),
  };
}

/** It came, or came to another place, which is its own: one in code. */
function isPlacedInCode({ before, after }: FindingChange): boolean {
  return before?.lineage_id !== after.lineage_id && (after.source !== "inspector" || after.type === "code");
}

/** What a run did, in the words that a person sees. A finding that closed or came back has also changed in other ways. */
export function countChanges(changes: FindingChange[]): Pick<SyncCounts, "opened" | "changed" | "closed" | "reopened"> {
  const counts = { opened: 0, changed: 0, closed: 0, reopened: 0 };
  for (const { before, after, events, content } of changes) {
    if (before === null) counts.opened += 1;
    if (after.status === "closed" && before?.status !== "closed") counts.closed += 1;
    else if (before?.status === "closed" && after.status !== "closed") counts.reopened += 1;
    else if (before !== null && (events.length > 0 || content)) counts.changed += 1;
  }
  return counts;
}

async function saveContents(client: pg.ClientBase, told: WithContent[], raw: RawRow[]): Promise<void> {
  const replaced = told.filter(({ before }) => before !== null).map(({ after }) => after);
  for (const table of replaced.length > 0 ? ["finding_raw", "finding_package"] : []) {
    await client.query(
      `DELETE FROM ${table} t USING unnest($1::text[], $2::uuid[]) AS c (account_id, id)
       WHERE t.account_id = c.account_id AND t.finding_id = c.id`,
      toKeys(replaced),
    );
  }
  if (told.length === 0) return;
  await copyRows(client, "finding_raw", RAW_COLUMNS, raw);
  await copyRows(client, "finding_package", PACKAGE_COLUMNS, told.flatMap(toPackageRows));
}

/** Of most findings none: the one that its row shows is told there, and one that lies in several places is told once. */
function toPackageRows({ after, content }: WithContent) {
  const shown = shownPackage(content);
  const told = new Set(shown ? [toPackageId(shown)] : []);
  return content.packages.flatMap((one, position) => {
    const package_id = toPackageId(one);
    if (told.has(package_id)) return [];
    told.add(package_id);
    const { version, fixedIn: fixed_in } = one;
    return [{ account_id: after.account_id, finding_id: after.id, position, package_id, version, fixed_in }];
  });
}

/** The source suppressed it = a hold of the source's kind; it goes when the source no longer does. */
async function saveSourceHolds(client: pg.ClientBase, changes: FindingChange[]): Promise<void> {
  const isHeld = (finding: FindingRow | null) => finding?.source_status === "suppressed";
  const added = changes.filter(({ before, after }) => isHeld(after) && !isHeld(before));
  const lifted = changes.filter(({ before, after }) => isHeld(before) && !isHeld(after)).map(({ after }) => after);
  if (added.length > 0) {
    await client.query(
      `INSERT INTO finding_hold (account_id, finding_id, kind, reason, created_at)
       SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) ON CONFLICT DO NOTHING`,
      [
        ...toKeys(added.map(({ after }) => after)),
        added.map(({ after }) => SOURCE_HOLD[after.source]),
        added.map(({ content }) => content?.suppressionReason ?? null),
        added.map(({ after }) => after.source_updated_at),
      ],
    );
  }
  if (lifted.length > 0) {
    await client.query(
      `DELETE FROM finding_hold t USING unnest($1::text[], $2::uuid[]) AS c (account_id, id)
       WHERE t.account_id = c.account_id AND t.finding_id = c.id AND t.kind IN ('aws', 'sarif')`,
      toKeys(lifted),
    );
  }
}

/** There is a fix now: what was set aside until then is so no longer. */
async function endHoldsUntilFix(client: pg.ClientBase, changes: FindingChange[]): Promise<void> {
  const fixed = changes.filter(
    ({ before, after }) => before && before.fix_available !== "yes" && after.fix_available === "yes",
  );
  if (fixed.length === 0) return;
  await client.query(
    `DELETE FROM finding_hold t USING unnest($1::text[], $2::uuid[]) AS c (account_id, id)
     WHERE t.account_id = c.account_id AND t.finding_id = c.id AND t.until_fix`,
    toKeys(fixed.map(({ after }) => after)),
  );
}

/** Issues with a finding that came, left, or stands otherwise than before. */
function touchedIssues(changes: FindingChange[]): IssueKey[] {
  const touched = new Map<string, IssueKey>();
  for (const { before, after, events } of changes) {
    if (events.length === 0) continue;
    for (const { account_id: accountId, issue_id: id } of before ? [before, after] : [after]) {
      touched.set(`${accountId}${id}`, { accountId, id });
    }
  }
  return [...touched.values()];
}

function toKeys(rows: FindingRow[]): [string[], string[]] {
  return [rows.map(({ account_id }) => account_id), rows.map(({ id }) => id)];
}
