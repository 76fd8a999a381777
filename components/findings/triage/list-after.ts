import type { InfiniteData } from "@tanstack/react-query";
import type { FindingListFilter } from "#lib/client/findings.ts";
import type { Finding, FindingStatus } from "#lib/domain/finding.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";
import type { TriageAct, TriageActKind } from "#lib/domain/triage-act.ts";

const STATUS_AFTER: Partial<Record<TriageActKind, FindingStatus>> = { suppress: "suppressed", unsuppress: "active" };

/** Whether findings leave a list when this is decided about them. */
export function leavesList({ status, "-status": without }: FindingListFilter, kind: TriageActKind): boolean {
  const after = STATUS_AFTER[kind];
  if (after === undefined) return false;
  return (status.length > 0 && !status.includes(after)) || without.includes(after);
}

type Pages<Param> = InfiniteData<FindingPage, Param>;

/** The list without these findings: the rest stays where it is. */
export function withoutFindings<Param>(data: Pages<Param>, ids: ReadonlySet<string>): Pages<Param> {
  const left = data.pages.reduce((sum, { items }) => sum + items.filter(({ id }) => ids.has(id)).length, 0);
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      items: page.items.filter(({ id }) => !ids.has(id)),
      total: { ...page.total, count: page.total.exact ? page.total.count - left : page.total.count },
    })),
  };
}

/** The list with what was decided about these findings; a row stays in its place until the list is asked again. */
export function withDecision<Param>(data: Pages<Param>, act: TriageAct, ids: ReadonlySet<string>): Pages<Param> {
  const all = data.pages.flatMap(({ items }) => items);
  const issues = new Set(all.filter(({ id }) => ids.has(id)).map(({ issueId }) => issueId));
  const change = (finding: Finding): Finding => {
    if (act.kind === "assign" && issues.has(finding.issueId)) return { ...finding, assignee: act.assignee };
    if (act.kind === "due" && issues.has(finding.issueId)) return { ...finding, dueAt: act.dueAt };
    if (!ids.has(finding.id)) return finding;
    if (act.kind === "severity" && act.severity !== null) return { ...finding, severity: act.severity };
    const status = STATUS_AFTER[act.kind];
    return status === undefined ? finding : { ...finding, status };
  };
  return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })) };
}
