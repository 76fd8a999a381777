import { type ClosedReason, type FindingStatus, type SourceName, TELLS_TIMES } from "#lib/domain/finding.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { toRank } from "#lib/domain/rank.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { issueId, newId } from "../identity.ts";
import { type FindingChange, isChange, toFindingChange } from "./finding-change.ts";
import type { FindingRow, StoredFinding } from "./finding-row.ts";
import type { KeyedFinding } from "./keyed-finding.ts";

/** What else decides how an observed finding is stored. */
export type Observation = {
  source: SourceName;
  connectionNumber: number;
  isSample: boolean;
  runId: string;
  now: Date;
  lineageId: string;
  /** Whether the imported catalogue lists its vulnerability as exploited. */
  isListedExploited: boolean;
  isScopeKnown: boolean;
  closedReason: ClosedReason;
};

/**
 * What an observation does to a finding; null when it changes nothing. Whoever reports it stands in `reported_by` from
 * then on; the rest follows the newest observation, so that the order in which they arrive does not matter.
 */
export function observeFinding(
  stored: StoredFinding | null,
  keyed: KeyedFinding,
  observation: Observation,
): FindingChange | null {
  const { observed } = keyed;
  const isNewer = !stored || observed.updatedAt > stored.finding.source_updated_at;
  const hasNewContent = !stored || (isNewer && !stored.finding.digest.equals(keyed.digest));
  const base = stored && !hasNewContent ? stored.finding : toDraft(stored, keyed, observation);
  const draft = withIssue(
    {
      ...base,
      source_updated_at: stored && !isNewer ? stored.finding.source_updated_at : observed.updatedAt,
      reported_by: withNumber(stored?.finding.reported_by ?? [], observation.connectionNumber),
    },
    // A lineage of its own is content like any other.
    stored && !hasNewContent && keyed.ownLineageId ? stored.finding.lineage_id : observation.lineageId,
  );
  const { holds, ...lifting } = holdsAfter(stored, draft);
  const status = statusOf(draft.source_status, holds);
  const change = toFindingChange(stored?.finding ?? null, draft, status, {
    now: observation.now,
    occurredAt: occurredAt(stored, observed, isNewer, observation.now),
    openedCause: observation.isScopeKnown ? "new" : "scope-added",
    closedReason: observation.closedReason,
    runId: observation.runId,
    actorId: null,
    ...lifting,
  });
  if (hasNewContent) change.content = observed;
  return isChange(change) ? change : null;
}

/** The holds but AWS's that are left: what waits for a fix ends with one. */
function holdsAfter(
  stored: StoredFinding | null,
  { fix_available: fix }: FindingRow,
): { holds: number; liftedBy?: "fix" } {
  if (!stored) return { holds: 0 };
  if (fix !== "yes" || stored.untilFixHolds === 0) return { holds: stored.otherHolds };
  const holds = stored.otherHolds - stored.untilFixHolds;
  return stored.finding.source_status === "suppressed" ? { holds } : { holds, liftedBy: "fix" };
}

/** Closed by its source, else suppressed while anything holds it, else active. */
export function statusOf(sourceStatus: FindingStatus, otherHolds: number): FindingStatus {
  if (sourceStatus === "closed") return "closed";
  return sourceStatus === "suppressed" || otherHolds > 0 ? "suppressed" : "active";
}

/** The same finding in another lineage, hence in another issue. */
export function withIssue(finding: FindingRow, lineageId: string): FindingRow {
  const { account_id: accountId, source, vulnerability_id: vulnerabilityId } = finding;
  return { ...finding, lineage_id: lineageId, issue_id: issueId({ accountId, source, vulnerabilityId, lineageId }) };
}

/** The source's time; ours for what the source knows nothing of: it reports again what we had closed, or moved. */
function occurredAt(stored: StoredFinding | null, { updatedAt }: ObservedFinding, isNewer: boolean, now: Date): Date {
  const closedAt = stored?.finding.closed_at;
  return isNewer && !(closedAt && updatedAt < closedAt) ? updatedAt : now;
}

function toDraft(stored: StoredFinding | null, keyed: KeyedFinding, observation: Observation): FindingRow {
  const { observed } = keyed;
  const severity = stored?.severityOverride ?? observed.severity;
  const sourceKnownExploited = observed.knownExploitedAt !== null;
  const knownExploited = sourceKnownExploited || observation.isListedExploited;
  return {
    account_id: observed.accountId,
    id: stored?.finding.id ?? newId(),
    key_hash: keyed.key,
    source: observation.source,
    source_id: observed.sourceId,
    // The rollups count by it, and no event tells of a change.
    type: stored?.finding.type ?? observed.type,
    status: "active",
    source_status: observed.status,
    source_severity: observed.severity,
    ...toRanked(observed, severity, knownExploited),
    title: observed.title,
    region: observed.region,
    vulnerability_id: keyed.vulnerabilityId,
    resource_id: keyed.resourceId,
    resource_type: observed.resource.type,
    issue_id: "",
    lineage_id: "",
    scan_name: observed.scanName,
    ...toPlace(observed),
    ...toPackage(observed),
    fix_available: observed.fixAvailable ?? "unknown",
    exploit_available: observed.exploitAvailable ?? "unknown",
    known_exploited: knownExploited,
    source_known_exploited: sourceKnownExploited,
    first_observed_at:
      (TELLS_TIMES[observation.source] ? null : stored?.finding.first_observed_at) ?? observed.firstObservedAt,
    source_updated_at: observed.updatedAt,
    updated_at: stored?.finding.updated_at ?? observation.now,
    closed_at: stored?.finding.closed_at ?? null,
    closed_reason: stored?.finding.closed_reason ?? null,
    closed_by_run_id: stored?.finding.closed_by_run_id ?? null,
    digest: keyed.digest,
    reported_by: [],
    is_sample: stored?.finding.is_sample ?? observation.isSample,
  };
}

function toRanked({ score, exploitAvailable }: ObservedFinding, severity: Severity, knownExploited: boolean) {
  const rank = toRank({ severity, score, knownExploited, exploitAvailable: exploitAvailable === "yes" });
  return { severity, score, rank };
}

function toPlace({ code }: ObservedFinding) {
  return { path: code?.path ?? null, start_line: code?.startLine ?? null, end_line: code?.endLine ?? null };
}

/** The package that the list shows: the first that can be fixed, else the first. */
export function shownPackage({ packages }: Pick<ObservedFinding, "packages">) {
  return packages.find((one) => one.fixedIn !== null) ?? packages[0];
}

function toPackage(observed: ObservedFinding) {
  const shown = shownPackage(observed);
  return {
    package_name: shown?.name ?? null,
    package_version: shown?.version ?? null,
    package_fixed_in: shown?.fixedIn ?? null,
    package_manager: shown?.manager ?? null,
    package_count: observed.packages.length,
  };
}

function withNumber(numbers: number[], number: number): number[] {
  return numbers.includes(number) ? numbers : [...numbers, number].sort((a, b) => a - b);
}
