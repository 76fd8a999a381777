import type { ClosedReason, FindingStatus } from "#lib/domain/finding.ts";
import type { LifecycleEventCause, LifecycleEventKind } from "#lib/domain/lifecycle-event.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { newId } from "../identity.ts";
import type { Columns, RowOf } from "./copy-rows.ts";
import type { FindingRow } from "./finding-row.ts";

export const EVENT_COLUMNS = {
  account_id: "text",
  id: "uuid",
  finding_id: "uuid",
  issue_id: "uuid",
  lineage_id: "uuid",
  issue_before: "uuid?",
  lineage_before: "uuid?",
  source: "text",
  type: "text",
  kind: "text",
  cause: "text",
  occurred_at: "timestamptz",
  recorded_at: "timestamptz",
  status_before: "text?",
  status_after: "text",
  severity_before: "text?",
  severity_after: "text",
  run_id: "uuid?",
  actor_id: "uuid?",
  is_sample: "bool",
} as const satisfies Columns;
export type EventRow = RowOf<typeof EVENT_COLUMNS>;

/** One finding's step from what is stored (null = nothing yet) to what is to be stored, and the events that tell it. */
export type FindingChange = {
  before: FindingRow | null;
  after: FindingRow;
  events: EventRow[];
  /** What its detail, raw JSON and packages become; null = they stay. */
  content: ObservedFinding | null;
  now: Date;
};

/** Why and when a finding changes. */
export type Occasion = {
  now: Date;
  /** The source's own time of the change. */
  occurredAt: Date;
  openedCause: "new" | "scope-added";
  closedReason: ClosedReason;
  runId: string | null;
  actorId: string | null;
  /** What ended a suppression, where it was neither a person nor the source. */
  liftedBy?: "fix";
  /** What changed the rank, where it was neither. */
  rescoredBy?: "listed" | "unlisted";
};

/**
 * The change that brings a finding to `draft` with this status.
 * What is recorded never lies before what was recorded already, whichever pass comes first.
 */
export function toFindingChange(
  before: FindingRow | null,
  draft: FindingRow,
  status: FindingStatus,
  occasion: Occasion,
): FindingChange {
  const recordedAt = before && before.updated_at > occasion.now ? before.updated_at : occasion.now;
  const after = { ...draft, status, ...closing(before, status, occasion) };
  const events = toEvents(before, after, occasion, recordedAt);
  if (events.length > 0) after.updated_at = recordedAt;
  return { before, after, events, content: null, now: occasion.now };
}

function closing(before: FindingRow | null, status: FindingStatus, occasion: Occasion) {
  if (status !== "closed") return { closed_at: null, closed_reason: null, closed_by_run_id: null };
  if (before?.status === "closed") return {}; // the first reason stays
  return { closed_at: occasion.occurredAt, closed_reason: occasion.closedReason, closed_by_run_id: occasion.runId };
}

type Step = { kind: LifecycleEventKind; cause: LifecycleEventCause; from: FindingRow | null; to: FindingRow };

function toEvents(before: FindingRow | null, after: FindingRow, occasion: Occasion, recordedAt: Date): EventRow[] {
  return toSteps(before, after, occasion).map(({ kind, cause, from, to }) => ({
    account_id: to.account_id,
    id: newId(),
    finding_id: to.id,
    issue_id: to.issue_id,
    lineage_id: to.lineage_id,
    issue_before: kind === "moved" && from ? from.issue_id : null,
    lineage_before: kind === "moved" && from ? from.lineage_id : null,
    source: to.source,
    type: to.type,
    kind,
    cause,
    occurred_at: kind === "opened" ? to.first_observed_at : occasion.occurredAt,
    recorded_at: recordedAt,
    status_before: from?.status ?? null,
    status_after: to.status,
    severity_before: from?.severity ?? null,
    severity_after: to.severity,
    run_id: occasion.runId,
    actor_id: occasion.actorId,
    is_sample: to.is_sample,
  }));
}

/** Every finding begins with `opened`; a move stands alone, so that what follows happens in the new issue. */
function toSteps(before: FindingRow | null, after: FindingRow, occasion: Occasion): Step[] {
  const steps: Step[] = [];
  let at = before;
  if (at === null) {
    const opened = { ...after, status: "active" as const };
    steps.push({ kind: "opened", cause: occasion.openedCause, from: null, to: opened });
    at = opened;
  }
  if (at.issue_id !== after.issue_id || at.lineage_id !== after.lineage_id) {
    const moved = { ...at, issue_id: after.issue_id, lineage_id: after.lineage_id };
    steps.push({ kind: "moved", cause: "source", from: at, to: moved });
    at = moved;
  }
  const step = toStep(at, after, occasion);
  if (step) steps.push({ ...step, from: at, to: after });
  return steps;
}

function toStep(from: FindingRow, to: FindingRow, occasion: Occasion): Pick<Step, "kind" | "cause"> | null {
  const by = occasion.actorId ? "person" : "source";
  if (from.status !== to.status) {
    if (to.status === "closed") return { kind: "closed", cause: occasion.closedReason };
    if (from.status === "closed") return { kind: "reopened", cause: by };
    if (to.status === "suppressed") return { kind: "suppressed", cause: by };
    return { kind: "unsuppressed", cause: occasion.liftedBy ?? by };
  }
  const isSame = from.severity === to.severity && isSameScore(from.score, to.score) && from.rank === to.rank;
  return isSame ? null : { kind: "rescored", cause: occasion.rescoredBy ?? by };
}

/** As precise as the column. */
function isSameScore(one: number | null, other: number | null): boolean {
  return one === null || other === null ? one === other : Math.fround(one) === Math.fround(other);
}

/** Whether anything is to be written. */
export function isChange({ before, after, events, content }: FindingChange): boolean {
  if (!before || content || events.length > 0) return true;
  return (
    before.source_updated_at.getTime() !== after.source_updated_at.getTime() ||
    before.reported_by.join() !== after.reported_by.join()
  );
}
