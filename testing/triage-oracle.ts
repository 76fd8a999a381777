import type { TriageAct } from "#lib/domain/triage-act.ts";
import { type OracleFinding, record, severityOf, statusOf, tell, type WriteOracle } from "./write-oracle.ts";

/** What is assigned and due, by issue; what was decided, oldest first. */
export type TriageOracle = WriteOracle & { issues: Map<string, IssueStanding>; decisions: OracleDecision[] };
type IssueStanding = { assignee: string | null; dueAt: string | null };

type Field = "assignee" | "dueAt" | "severityOverride" | "suppressedUntil" | "comment";
type Target = { of: OracleFinding; issue: string; before: unknown; isUndone: boolean };
export type OracleDecision = { act: TriageAct; field: Field; targets: Target[] };

export function withTriage(oracle: WriteOracle): TriageOracle {
  return Object.assign(oracle, { issues: new Map(), decisions: [] });
}

const FIELDS = {
  assign: "assignee",
  due: "dueAt",
  severity: "severityOverride",
  suppress: "suppressedUntil",
  unsuppress: "suppressedUntil",
  comment: "comment",
} as const satisfies Record<TriageAct["kind"], Field>;

/** No finding of these tests moves: account, vulnerability and lineage are its issue for ever. */
export function issueOf({ content }: OracleFinding): string {
  return `${content.accountId} ${content.vulnerability.name} ${content.lineage}`;
}

function standingOf(oracle: TriageOracle, issue: string): IssueStanding {
  const standing = oracle.issues.get(issue) ?? { assignee: null, dueAt: null };
  oracle.issues.set(issue, standing);
  return standing;
}

/** The rules of a decision, one finding at a time. Returns it; null when there is nothing that it changes. */
export function runDecision(
  oracle: TriageOracle,
  act: TriageAct,
  which: OracleFinding[],
  now: Date,
): OracleDecision | null {
  const field = FIELDS[act.kind];
  const targets: Target[] = [];
  for (const of of which) {
    const issue = issueOf(of);
    if (!changes(oracle, act, of)) continue;
    targets.push({ of, issue, before: presentOf(oracle, field, of), isUndone: false });
    set(oracle, { field, of, value: wantedBy(act), cause: "person", now });
  }
  const decision = { act, field, targets };
  if (targets.length > 0) oracle.decisions.push(decision);
  return targets.length > 0 ? decision : null;
}

function changes(oracle: TriageOracle, act: TriageAct, of: OracleFinding): boolean {
  const { assignee, dueAt } = standingOf(oracle, issueOf(of));
  switch (act.kind) {
    case "assign":
      return act.assignee !== assignee;
    case "due":
      return act.dueAt !== dueAt;
    case "severity":
      return act.severity === null ? of.severityOverride !== null : act.severity !== severityOf(of);
    case "suppress":
      return of.status !== "closed" && !(act.until === "fix" && of.content.fixAvailable === "yes");
    case "unsuppress":
      return of.suppressedUntil !== null;
    case "comment":
      return true;
  }
}

function wantedBy(act: TriageAct): unknown {
  switch (act.kind) {
    case "assign":
      return act.assignee;
    case "due":
      return act.dueAt;
    case "severity":
      return act.severity;
    case "suppress":
      return act.until === "fix" ? "fix" : new Date(act.until);
    default:
      return null;
  }
}

/** Takes back what nobody has decided anew since. */
export function runUndo(oracle: TriageOracle, decision: OracleDecision, now: Date): void {
  const { field } = decision;
  const later = oracle.decisions.slice(oracle.decisions.indexOf(decision) + 1);
  for (const target of decision.targets) {
    const { of, issue } = target;
    const isSame = (one: Target) => !one.isUndone && (isIssueField(field) ? one.issue === issue : one.of === of);
    if (later.some((other) => other.field === field && other.targets.some(isSame))) continue;
    target.isUndone = true;
    const isFixed = target.before === "fix" && of.content.fixAvailable === "yes";
    const value = isFixed ? null : target.before;
    const nothing = field !== "comment" && value === null && presentOf(oracle, field, of) === null;
    if (!nothing) set(oracle, { field, of, value, cause: "undo", now });
  }
}

/** Lifts what has run out. */
export function runExpiry(oracle: TriageOracle, now: Date): void {
  for (const of of oracle.findings.values()) {
    const { suppressedUntil: until } = of;
    if (until instanceof Date && until <= now) {
      set(oracle, { field: "suppressedUntil", of, value: null, cause: "expiry", now });
    }
  }
}

const isIssueField = (field: Field) => field === "assignee" || field === "dueAt";

function presentOf(oracle: TriageOracle, field: Field, of: OracleFinding): unknown {
  if (field === "comment") return null;
  if (field === "assignee" || field === "dueAt") return standingOf(oracle, issueOf(of))[field];
  return of[field];
}

type Setting = { field: Field; of: OracleFinding; value: unknown; cause: string; now: Date };

function set(oracle: TriageOracle, { field, of, value, cause, now }: Setting): void {
  const touched = isIssueField(field)
    ? [...oracle.findings.values()].filter((other) => issueOf(other) === issueOf(of))
    : [of];
  if (isIssueField(field)) Object.assign(standingOf(oracle, issueOf(of)), { [field]: value });
  else if (field !== "comment") Object.assign(of, { [field]: value });
  if (field === "suppressedUntil" && of.status !== "closed") of.status = statusOf(of);
  const kinds = {
    assignee: "assigned",
    dueAt: "due-set",
    severityOverride: "rescored",
    suppressedUntil: value === null ? "unsuppressed" : "suppressed",
    comment: "commented",
  };
  for (const finding of touched) {
    record({ now }, finding);
    tell(oracle, finding, { kind: kinds[field], cause, occurredAt: now });
  }
}
