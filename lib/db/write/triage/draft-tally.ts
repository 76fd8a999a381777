import type { Severity } from "#lib/domain/severity.ts";
import type { TriageDraft } from "#lib/domain/triage.ts";
import { type DraftAct, type Standing, type TriageActKind, whyLeftOut } from "#lib/domain/triage-act.ts";

/** What an act asks of those of one account that it treats alike: of one kind. JSON has no dates. */
export type FindingGroup = Omit<Partial<Standing>, "dueAt"> & {
  dueAt?: string | null;
  kind: number;
  accountId: string;
  severity: Severity;
  knownExploited: boolean;
  count: number;
};
/** So many issues with findings of these kinds. */
export type IssueGroup = { kinds: number[]; count: number; openFindings: number };

const OF_FINDING = "account_id = f.account_id AND finding_id = f.id";

/** What `whyLeftOut` asks about each act beside the severity: over a finding `f`, and of an issue `i` with its assignee `p`. */
const LOOKED_AT: Record<TriageActKind, Partial<Record<keyof Standing, string>>> = {
  assign: { assignee: "p.user_name" },
  due: { dueAt: "i.person_due_at" },
  severity: { severityOverride: `(SELECT severity FROM severity_override WHERE ${OF_FINDING})` },
  suppress: { status: "f.status", fixAvailable: "f.fix_available" },
  unsuppress: {
    status: "f.status",
    isSuppressedByPerson: `EXISTS (SELECT FROM finding_hold WHERE ${OF_FINDING} AND kind = 'person')`,
  },
  comment: {},
};

const ELSE: Standing = {
  status: "active",
  severity: "untriaged",
  severityOverride: null,
  fixAvailable: "unknown",
  isSuppressedByPerson: false,
  assignee: null,
  dueAt: null,
};

/** What of a standing the act asks for, by name, as SQL. */
export function lookedAt({ kind }: DraftAct): Partial<Record<keyof Standing, string>> {
  return LOOKED_AT[kind];
}

function whyAlike(act: DraftAct, { dueAt, ...group }: FindingGroup) {
  return whyLeftOut(act, { ...ELSE, ...group, dueAt: dueAt ? new Date(dueAt) : null });
}

type Tally = Pick<TriageDraft, "changes" | "bySeverity" | "knownExploited" | "leftOut"> & {
  /** Those with something to change, most first. */
  accounts: [accountId: string, count: number][];
};

/** What the act would do with these findings. */
export function tallyGroups(act: DraftAct, groups: FindingGroup[], { gone }: { gone: number }): Tally {
  const tally: Omit<Tally, "accounts"> = { changes: 0, bySeverity: {}, knownExploited: 0, leftOut: {} };
  if (gone > 0) tally.leftOut.gone = gone;
  const accounts = new Map<string, number>();
  for (const group of groups) {
    const why = whyAlike(act, group);
    if (why !== null) {
      tally.leftOut[why] = (tally.leftOut[why] ?? 0) + group.count;
      continue;
    }
    tally.changes += group.count;
    tally.knownExploited += group.knownExploited ? group.count : 0;
    tally.bySeverity[group.severity] = (tally.bySeverity[group.severity] ?? 0) + group.count;
    accounts.set(group.accountId, (accounts.get(group.accountId) ?? 0) + group.count);
  }
  return { ...tally, accounts: [...accounts].sort(([, a], [, b]) => b - a) };
}

/** The issues of what is changed, with their open findings where the act is about issues. */
export function tallyIssues(
  act: DraftAct,
  groups: FindingGroup[],
  issues: IssueGroup[],
): Pick<TriageDraft, "issues" | "issueFindings"> {
  const changed = new Set(groups.filter((group) => whyAlike(act, group) === null).map(({ kind }) => kind));
  const touched = issues.filter(({ kinds }) => kinds.some((kind) => changed.has(kind)));
  return {
    issues: touched.reduce((sum, { count }) => sum + count, 0),
    issueFindings: touched.reduce((sum, { openFindings }) => sum + openFindings, 0),
  };
}
