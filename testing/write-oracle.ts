import type { ClosedReason, FindingStatus } from "#lib/domain/finding.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { toRank } from "#lib/domain/rank.ts";
import type { Severity } from "#lib/domain/severity.ts";

/** A pass as a test plans it: what it sees, in the order in which it is saved. */
export type PlannedPass = {
  connection: number;
  mode: "whole" | "incremental";
  now: Date;
  batches: ObservedFinding[][];
  /** Breaks off after so many batches; null = to the end. */
  breaksAfter: number | null;
};

export type OracleEvent = { sourceId: string; kind: string; cause: string; occurredAt: Date; recordedAt: Date };

/** What the write path should know of one finding. */
export type OracleFinding = {
  content: ObservedFinding;
  reportedBy: Set<number>;
  status: FindingStatus;
  closedReason: ClosedReason | null;
  closedAt: Date | null;
  updatedAt: Date;
  /** What a person decided: set aside until then, another severity. */
  suppressedUntil: Date | "fix" | null;
  severityOverride: Severity | null;
};

/** What the database must agree with. */
export type WriteOracle = {
  findings: Map<string, OracleFinding>;
  events: OracleEvent[];
  knownAccounts: Set<string>;
  accountsOf: Map<number, Set<string>>;
};

export function newOracle(): WriteOracle {
  return { findings: new Map(), events: [], knownAccounts: new Set(), accountsOf: new Map() };
}

/** The rules of the write path, one finding at a time, with no regard for speed. */
export function runPass(oracle: WriteOracle, pass: PlannedPass): void {
  const seen = new Set<string>();
  const accounts = oracle.accountsOf.get(pass.connection) ?? new Set();
  oracle.accountsOf.set(pass.connection, accounts);
  for (const observed of pass.batches.slice(0, pass.breaksAfter ?? pass.batches.length).flatMap(newestOfEach)) {
    seen.add(observed.sourceId);
    accounts.add(observed.accountId);
    observe(oracle, pass, observed);
  }
  if (pass.breaksAfter !== null || pass.mode === "incremental") return;
  for (const [sourceId, finding] of oracle.findings) {
    if (!seen.has(sourceId)) miss(oracle, pass, finding);
  }
  for (const account of accounts) oracle.knownAccounts.add(account);
}

function observe(oracle: WriteOracle, pass: PlannedPass, observed: ObservedFinding): void {
  const known = oracle.findings.get(observed.sourceId);
  if (!known) {
    const finding: OracleFinding = {
      content: observed,
      reportedBy: new Set([pass.connection]),
      status: "active",
      closedReason: null,
      closedAt: null,
      updatedAt: pass.now,
      suppressedUntil: null,
      severityOverride: null,
    };
    oracle.findings.set(observed.sourceId, finding);
    const cause = oracle.knownAccounts.has(observed.accountId) ? "new" : "scope-added";
    tell(oracle, finding, { kind: "opened", cause, occurredAt: observed.firstObservedAt });
    settle(oracle, pass, finding, { content: observed, occurredAt: observed.updatedAt });
    return;
  }
  const isNewer = observed.updatedAt > known.content.updatedAt;
  const isLate = known.closedAt !== null && observed.updatedAt < known.closedAt;
  known.reportedBy.add(pass.connection);
  settle(oracle, pass, known, {
    content: isNewer ? observed : known.content,
    occurredAt: isNewer && !isLate ? observed.updatedAt : pass.now,
  });
}

function miss(oracle: WriteOracle, pass: PlannedPass, finding: OracleFinding): void {
  if (!finding.reportedBy.delete(pass.connection)) return;
  if (finding.reportedBy.size > 0 || finding.status === "closed") return;
  record(pass, finding);
  close(oracle, finding, pass.now);
}

type Word = { content: ObservedFinding; occurredAt: Date };

function settle(oracle: WriteOracle, pass: PlannedPass, finding: OracleFinding, { content, occurredAt }: Word): void {
  const { status, content: old } = finding;
  const [severity, rank] = [severityOf(finding), rankOf(finding)];
  finding.content = content;
  const isLifted = finding.suppressedUntil === "fix" && content.fixAvailable === "yes";
  if (isLifted) finding.suppressedUntil = null;
  const to = statusOf(finding);
  if (status !== to) {
    record(pass, finding);
    const cause = isLifted && old.status !== "suppressed" ? "fix" : "source";
    if (to === "closed") close(oracle, finding, occurredAt);
    else open(oracle, finding, to, { occurredAt, cause });
  } else if (severity !== severityOf(finding) || rank !== rankOf(finding)) {
    record(pass, finding);
    tell(oracle, finding, { kind: "rescored", cause: "source", occurredAt });
  }
}

/** Closed by its source, else set aside by AWS or a person, else active. */
export function statusOf({ content, suppressedUntil }: OracleFinding): FindingStatus {
  if (content.status === "closed") return "closed";
  return content.status === "suppressed" || suppressedUntil !== null ? "suppressed" : "active";
}

type Opening = { occurredAt: Date; cause: "fix" | "source" };

function open(oracle: WriteOracle, finding: OracleFinding, to: FindingStatus, { occurredAt, cause }: Opening): void {
  const change = to === "suppressed" ? "suppressed" : "unsuppressed";
  const kind = finding.status === "closed" ? "reopened" : change;
  finding.status = to;
  finding.closedReason = null;
  finding.closedAt = null;
  tell(oracle, finding, { kind, cause: kind === "unsuppressed" ? cause : "source", occurredAt });
}

/** No coverage is told here: nobody knows why it closed. */
function close(oracle: WriteOracle, finding: OracleFinding, occurredAt: Date): void {
  finding.status = "closed";
  finding.closedReason = "not-reported";
  finding.closedAt = occurredAt;
  tell(oracle, finding, { kind: "closed", cause: "not-reported", occurredAt });
}

export function record(pass: { now: Date }, finding: OracleFinding): void {
  if (pass.now > finding.updatedAt) finding.updatedAt = pass.now;
}

type Told = Pick<OracleEvent, "kind" | "cause" | "occurredAt">;

export function tell(oracle: WriteOracle, finding: OracleFinding, told: Told): void {
  oracle.events.push({ sourceId: finding.content.sourceId, ...told, recordedAt: finding.updatedAt });
}

export type OracleClock = { openedAt: Date; closedAt: Date | null };

const SAME_CLOCK_MS = 7 * 86_400_000;

/** When an issue was open, by its findings' events: times less than 7 days apart are one clock. */
export function clocksOf(oracle: WriteOracle, sourceIds: string[]): OracleClock[] {
  const spans = sourceIds.flatMap((sourceId) => spansOf(oracle.events.filter((event) => event.sourceId === sourceId)));
  spans.sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime());
  const clocks: OracleClock[] = [];
  for (const { openedAt, closedAt } of spans) {
    const last = clocks.at(-1);
    const isSame = last && (!last.closedAt || openedAt.getTime() - last.closedAt.getTime() <= SAME_CLOCK_MS);
    if (!isSame) clocks.push({ openedAt, closedAt });
    else if (last.closedAt && (!closedAt || closedAt > last.closedAt)) last.closedAt = closedAt;
  }
  return clocks;
}

function spansOf(events: OracleEvent[]): OracleClock[] {
  const spans: OracleClock[] = [];
  for (const { kind, occurredAt } of events) {
    const last = spans.at(-1);
    if (kind === "opened" || kind === "reopened") spans.push({ openedAt: occurredAt, closedAt: null });
    if (kind === "closed" && last) {
      last.closedAt = new Date(Math.max(occurredAt.getTime(), last.openedAt.getTime()));
    }
  }
  return spans;
}

/** A person's, else the source's. */
export function severityOf({ content, severityOverride }: OracleFinding): Severity {
  return severityOverride ?? content.severity;
}

export function rankOf(finding: OracleFinding): number {
  const { score, knownExploitedAt, exploitAvailable } = finding.content;
  const knownExploited = knownExploitedAt !== null;
  return toRank({
    severity: severityOf(finding),
    score,
    knownExploited,
    exploitAvailable: exploitAvailable === "yes",
  });
}

function newestOfEach(batch: ObservedFinding[]): ObservedFinding[] {
  const newest = new Map<string, ObservedFinding>();
  for (const observed of batch) {
    const known = newest.get(observed.sourceId);
    if (!known || observed.updatedAt > known.updatedAt) newest.set(observed.sourceId, observed);
  }
  return [...newest.values()];
}
