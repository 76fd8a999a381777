import type pg from "pg";
import type { Outcome } from "#lib/domain/triage.ts";
import { type LeftOut, whyLeftOut } from "#lib/domain/triage-act.ts";
import { judgeWritten } from "../exceptions/judge.ts";
import { holdLiveRules } from "../exceptions/live-rules.ts";
import { leave, listOvertaking, noOutcome, toOvertakenBy } from "./decision-row.ts";
import { type Decided, decidedValue, presentValue, type Setting, saveFieldValues } from "./field-value.ts";
import { saveStandingChanges, toStandingChange } from "./standing-change.ts";
import {
  FIELD_OF,
  isOfIssue,
  listTriageRows,
  listTriageRowsOfIssues,
  type TriageField,
  type TriageRow,
  targetOf,
  toStanding,
} from "./triage-row.ts";

/** Findings of the snapshot, with the last decision of that kind that each had then. */
export type Slice = { ids: string[]; seen: number[] };

/**
 * Decides about a slice of the snapshot: sets the values, writes what they were, events, versions, issues. The caller's
 * transaction has the accounts to itself. Returns what came of it.
 */
export async function carryOutSlice(client: pg.ClientBase, decided: Decided, slice: Slice): Promise<Outcome> {
  const field = FIELD_OF[decided.act.kind];
  const rows = await listTriageRows(client, field, slice.ids);
  const { outcome, changing } = await judge(client, decided, { rows, slice });
  const settings = changing.map((row): Setting => ({ row, next: decidedValue(decided, row) }));
  const targets = oneOfEachTarget(field, settings);
  await saveTargets(client, { field, decisionId: decided.id, settings: targets });
  await applySettings(client, {
    field,
    settings: targets,
    cause: "person",
    actorId: decided.madeBy,
    ...toOccasion(decided),
  });
  return outcome;
}

const toOccasion = ({ id, now }: Decided) => ({ decisionId: id, now });

async function judge(
  client: pg.ClientBase,
  decided: Decided,
  { rows, slice }: { rows: TriageRow[]; slice: Slice },
): Promise<{ outcome: Outcome; changing: TriageRow[] }> {
  const outcome = noOutcome();
  const seen = new Map(slice.ids.map((id, index) => [id, slice.seen[index] ?? 0]));
  const later = rows.filter((row) => row.last_number > (seen.get(row.id) ?? 0) && row.last_decision_id !== decided.id);
  const overtaking = await listOvertaking(
    client,
    later.flatMap(({ last_decision_id: id }) => id ?? []),
  );
  // One's own later decision is no surprise.
  const others = new Map([...overtaking].filter(([, { madeBy }]) => madeBy !== decided.madeBy));
  const isOvertaken = new Set(later.filter((row) => others.has(row.last_decision_id ?? "")).map(({ id }) => id));
  outcome.overtakenBy = toOvertakenBy(others.values());
  for (let gone = slice.ids.length - rows.length; gone > 0; gone -= 1) leave(outcome, "gone");
  const changing = rows.filter((row) => {
    // Its issue was decided with a finding before it.
    if (row.last_decision_id === decided.id) outcome.changed += 1;
    if (row.last_decision_id === decided.id) return false;
    const why: LeftOut | null = isOvertaken.has(row.id) ? "overtaken" : whyLeftOut(decided.act, toStanding(row));
    if (why !== null) leave(outcome, why);
    else outcome.changed += 1;
    return why === null;
  });
  return { outcome, changing };
}

function oneOfEachTarget(field: TriageField, settings: Setting[]): Setting[] {
  return [...new Map(settings.map((one) => [targetOf(field, one.row), one])).values()];
}

type Targets = { field: TriageField; decisionId: string; settings: Setting[] };

async function saveTargets(client: pg.ClientBase, { field, decisionId, settings }: Targets): Promise<void> {
  await client.query(
    `INSERT INTO triage_target (account_id, target_id, field, decision_id, before)
     SELECT account_id, target_id, $1, $2, nullif(before, 'null') FROM unnest($3::text[], $4::uuid[], $5::jsonb[]) AS t (account_id, target_id, before)`,
    [
      field,
      decisionId,
      settings.map(({ row }) => row.account_id),
      settings.map(({ row }) => targetOf(field, row)),
      settings.map(({ row }) => JSON.stringify(presentValue(field, row))),
    ],
  );
}

type Application = {
  field: TriageField;
  settings: Setting[];
  cause: "person" | "undo" | "expiry";
  actorId: string | null;
  decisionId: string | null;
  now: Date;
};

/** Sets values of one field, with all that follows. What an issue is given, all its findings are. */
export async function applySettings(
  client: pg.ClientBase,
  { field, settings, ...occasion }: Application,
): Promise<void> {
  if (settings.length === 0) return;
  // Rules hang on severity, on nothing else that is decided.
  const rules = field === "severity" ? await holdLiveRules(client) : [];
  await saveFieldValues(client, field, settings);
  const touched = isOfIssue(field) ? await spreadOverIssues(client, field, settings) : settings;
  const changes = touched.map(({ row, next }) => toStandingChange(row, next, occasion.now));
  await saveStandingChanges(client, changes, occasion);
  const written = changes.map(({ after }) => ({ after, now: occasion.now }));
  await judgeWritten(client, written, rules);
}

async function spreadOverIssues(client: pg.ClientBase, field: TriageField, settings: Setting[]): Promise<Setting[]> {
  const rows = settings.map(({ row }) => row);
  const nexts = new Map(settings.map(({ row, next }) => [row.issue_id, next]));
  return (await listTriageRowsOfIssues(client, field, rows)).flatMap((row) => {
    const next = nexts.get(row.issue_id);
    return next ? [{ row, next }] : [];
  });
}
