import type { ClosedReason, FindingStatus } from "#lib/domain/finding.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { toRank } from "#lib/domain/rank.ts";

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
};

/** The rules of the write path, one finding at a time, with no regard for speed: what the database must agree with. */
export class WriteOracle {
  readonly findings = new Map<string, OracleFinding>();
  readonly events: OracleEvent[] = [];
  readonly knownScopes = new Set<string>();
  readonly scopesOf = new Map<number, Set<string>>();

  run(pass: PlannedPass): void {
    const seen = new Set<string>();
    const scopes = this.scopesOf.get(pass.connection) ?? new Set();
    this.scopesOf.set(pass.connection, scopes);
    for (const batch of pass.batches.slice(0, pass.breaksAfter ?? pass.batches.length)) {
      for (const observed of newestOfEach(batch)) {
        seen.add(observed.sourceId);
        scopes.add(observed.accountId);
        this.observe(pass, observed);
      }
    }
    if (pass.breaksAfter !== null || pass.mode === "incremental") return;
    for (const [sourceId, finding] of this.findings) {
      if (!seen.has(sourceId)) this.miss(pass, finding);
    }
    for (const scope of scopes) this.knownScopes.add(scope);
  }

  private observe(pass: PlannedPass, observed: ObservedFinding): void {
    const known = this.findings.get(observed.sourceId);
    if (!known) {
      const finding: OracleFinding = {
        content: observed,
        reportedBy: new Set([pass.connection]),
        status: "active",
        closedReason: null,
        closedAt: null,
        updatedAt: pass.now,
      };
      this.findings.set(observed.sourceId, finding);
      const cause = this.knownScopes.has(observed.accountId) ? "new" : "scope-added";
      this.tell(finding, "opened", cause, observed.firstObservedAt);
      this.settle(finding, observed, observed.updatedAt, pass);
      return;
    }
    const isNewer = observed.updatedAt > known.content.updatedAt;
    known.reportedBy.add(pass.connection);
    const isLate = known.closedAt && observed.updatedAt < known.closedAt;
    this.settle(known, isNewer ? observed : known.content, isNewer && !isLate ? observed.updatedAt : pass.now, pass);
  }

  private miss(pass: PlannedPass, finding: OracleFinding): void {
    if (!finding.reportedBy.delete(pass.connection)) return;
    if (finding.reportedBy.size > 0 || finding.status === "closed") return;
    this.record(pass, finding);
    this.close(finding, pass.now);
  }

  private settle(finding: OracleFinding, content: ObservedFinding, occurredAt: Date, pass: PlannedPass): void {
    const before = { status: finding.status, severity: finding.content.severity, rank: rankOf(finding.content) };
    finding.content = content;
    if (before.status !== content.status) {
      this.record(pass, finding);
      if (content.status === "closed") this.close(finding, occurredAt);
      else this.open(finding, before.status, content.status, occurredAt);
    } else if (before.severity !== content.severity || before.rank !== rankOf(content)) {
      this.record(pass, finding);
      this.tell(finding, "rescored", "source", occurredAt);
    }
  }

  private open(finding: OracleFinding, from: FindingStatus, to: FindingStatus, occurredAt: Date): void {
    finding.status = to;
    finding.closedReason = null;
    finding.closedAt = null;
    const change = to === "suppressed" ? "suppressed" : "unsuppressed";
    this.tell(finding, from === "closed" ? "reopened" : change, "source", occurredAt);
  }

  private close(finding: OracleFinding, occurredAt: Date): void {
    finding.status = "closed";
    finding.closedReason = "not-reported";
    finding.closedAt = occurredAt;
    this.tell(finding, "closed", "not-reported", occurredAt);
  }

  private record(pass: PlannedPass, finding: OracleFinding): void {
    if (pass.now > finding.updatedAt) finding.updatedAt = pass.now;
  }

  private tell(finding: OracleFinding, kind: string, cause: string, occurredAt: Date): void {
    this.events.push({ sourceId: finding.content.sourceId, kind, cause, occurredAt, recordedAt: finding.updatedAt });
  }
}

export function rankOf({ severity, score, lastKnownExploitAt, exploitAvailable }: ObservedFinding): number {
  const knownExploited = lastKnownExploitAt !== null;
  return toRank({ severity, score, knownExploited, exploitAvailable: exploitAvailable === "yes" });
}

function newestOfEach(batch: ObservedFinding[]): ObservedFinding[] {
  const newest = new Map<string, ObservedFinding>();
  for (const observed of batch) {
    const known = newest.get(observed.sourceId);
    if (!known || observed.updatedAt > known.updatedAt) newest.set(observed.sourceId, observed);
  }
  return [...newest.values()];
}
