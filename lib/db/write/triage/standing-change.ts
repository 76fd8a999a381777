import type pg from "pg";
import type { LifecycleEventCause, LifecycleEventKind } from "#lib/domain/lifecycle-event.ts";
import { toRank } from "#lib/domain/rank.ts";
import { newId } from "../../identity.ts";
import { copyRows } from "../copy-rows.ts";
import { EVENT_COLUMNS } from "../finding-change.ts";
import { refreshActive, refreshIssues } from "../issues.ts";
import { statusOf } from "../observe-finding.ts";
import { type Exposure, refreshDueDates } from "../sla/due-dates.ts";
import { saveVersions } from "../versions.ts";
import type { FieldValue } from "./field-value.ts";
import type { TriageRow } from "./triage-row.ts";

const COLUMNS = { ...EVENT_COLUMNS, decision_id: "uuid?" } as const;

export type StandingOccasion = {
  cause: LifecycleEventCause;
  now: Date;
  actorId: string | null;
  /** The decision, or the rule, that it came of. */
  decisionId: string | null;
};

/** One finding's step by a decision, an undo, a rule or an expiry. Each is one event, whatever it does to the status. */
export type StandingChange = {
  before: TriageRow;
  after: TriageRow;
  kind: LifecycleEventKind;
  /** What it came of, where the steps of one occasion differ in it. */
  by?: Pick<StandingOccasion, "cause" | "decisionId">;
};

/** How a finding stands once the value is set. What is recorded never lies before what was recorded already. */
export function toStandingChange(before: TriageRow, next: FieldValue, now: Date): StandingChange {
  const after = { ...before, updated_at: before.updated_at > now ? before.updated_at : now };
  // A closed finding stays closed, whatever holds it.
  if (next.field === "suppression" && before.status !== "closed") {
    after.status = statusOf(before.source_status, Number(next.value !== null) + Number(before.is_ruled ?? false));
  }
  if (next.field === "severity") {
    after.severity = next.value?.severity ?? before.source_severity;
    after.rank = toRank({
      severity: after.severity,
      score: before.score,
      knownExploited: before.known_exploited,
      exploitAvailable: before.exploit_available === "yes",
    });
  }
  return { before, after, kind: kindOf(next) };
}

function kindOf(next: FieldValue): LifecycleEventKind {
  if (next.field === "suppression") return next.value === null ? "unsuppressed" : "suppressed";
  const kinds = { assignee: "assigned", due: "due-set", severity: "rescored", comment: "commented" } as const;
  return kinds[next.field];
}

/**
 * Writes how findings stand from now on, with events, issues and versions; the triggers keep the rollups. The caller's
 * transaction has the accounts to itself, and has written holds, overrides, assignees and due dates.
 */
export async function saveStandingChanges(
  client: pg.ClientBase,
  changes: StandingChange[],
  occasion: StandingOccasion,
): Promise<void> {
  if (changes.length === 0) return;
  await updateStandings(
    client,
    changes.map(({ after }) => after),
  );
  await copyRows(
    client,
    "lifecycle_event",
    COLUMNS,
    changes.map((change) => toEventRow(change, occasion)),
  );
  await refreshIssuesOf(client, changes, occasion.now);
  await saveVersions(
    client,
    changes.map((change) => ({ ...change, events: [change.kind] })),
  );
}

/** What is open and when it was is the same: only a severity reaches the clocks. */
async function refreshIssuesOf(client: pg.ClientBase, changes: StandingChange[], now: Date): Promise<void> {
  const toKey = ({ after }: StandingChange) => ({ accountId: after.account_id, id: after.issue_id });
  const rescored = changes.filter(({ before, after }) => before.severity !== after.severity);
  const moved = changes.filter(
    ({ before, after }) => before.severity === after.severity && before.status !== after.status,
  );
  await refreshIssues(client, rescored.map(toKey), now);
  await refreshActive(client, moved.map(toKey));
  const written = changes.map(({ after }) => after);
  const exposed = moved.filter(({ after }) => after.type === "network");
  const exposures = await listResources(
    client,
    exposed.map(({ after }) => after),
  );
  await refreshDueDates(client, [...rescored, ...moved].map(toKey), { now, written, exposures });
}

async function listResources(client: pg.ClientBase, findings: TriageRow[]): Promise<Exposure[]> {
  if (findings.length === 0) return [];
  const { rows } = await client.query<Exposure>(
    `SELECT DISTINCT f.account_id, f.resource_id FROM unnest($1::text[], $2::uuid[]) AS n (account_id, id)
     JOIN finding f ON f.account_id = n.account_id AND f.id = n.id`,
    [findings.map(({ account_id }) => account_id), findings.map(({ id }) => id)],
  );
  return rows;
}

async function updateStandings(client: pg.ClientBase, rows: TriageRow[]): Promise<void> {
  await client.query(
    `UPDATE finding f SET status = s.status, severity = s.severity, rank = s.rank, updated_at = s.updated_at
     FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::timestamptz[])
       AS s (account_id, id, status, severity, rank, updated_at)
     WHERE f.account_id = s.account_id AND f.id = s.id`,
    [
      rows.map(({ account_id }) => account_id),
      rows.map(({ id }) => id),
      rows.map(({ status }) => status),
      rows.map(({ severity }) => severity),
      rows.map(({ rank }) => rank),
      rows.map(({ updated_at }) => updated_at),
    ],
  );
}

function toEventRow({ before, after, kind, by }: StandingChange, occasion: StandingOccasion) {
  const { cause, now, actorId, decisionId } = { ...occasion, ...by };
  return {
    account_id: after.account_id,
    id: newId(),
    finding_id: after.id,
    issue_id: after.issue_id,
    lineage_id: after.lineage_id,
    issue_before: null,
    lineage_before: null,
    source: after.source,
    type: after.type,
    kind,
    cause,
    occurred_at: now,
    recorded_at: after.updated_at,
    status_before: before.status,
    status_after: after.status,
    severity_before: before.severity,
    severity_after: after.severity,
    run_id: null,
    actor_id: actorId,
    decision_id: decisionId,
    is_sample: after.is_sample,
  };
}
