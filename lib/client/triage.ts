import { queryOptions } from "@tanstack/react-query";
import { toSearchParams } from "#lib/domain/filter-text.ts";
import type { NewDecision, TriageDecision, TriageDecisions, TriageDraft } from "#lib/domain/triage.ts";
import type { DraftAct } from "#lib/domain/triage-act.ts";
import { apiGet, apiSend } from "./api.ts";
import type { FindingListFilter } from "./findings.ts";

const PATH = "/api/v1/triage";

/** What a decision is about: chosen findings, or all that match the list's filter. */
export type TriageTargets = { findingIds: string[] } | { filter: FindingListFilter };

/** What a decision would do. Asked again when the act would do something else: what is only said changes nothing. */
export const triageDraftQuery = (targets: TriageTargets, act: DraftAct) =>
  queryOptions({
    queryKey: ["triage", "draft", targets, toEffect(act)],
    queryFn: () => apiSend<TriageDraft>("POST", `${PATH}/drafts`, { act: toEffect(act), ...toWritten(targets) }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });

/** Carries out a draft. Throws ApiError: 409 when nothing was left to change, with who decided otherwise. */
export const decide = (decision: NewDecision) => apiSend<TriageDecision>("POST", `${PATH}/decisions`, decision);

export const undoDecision = (id: string) => apiSend<TriageDecision>("POST", `${PATH}/decisions/${id}/undo`, null);

const PROGRESS_MS = 700;

/** One decision; while it, or its undo, is carried out it is asked again. */
export const decisionQuery = (id: string) =>
  queryOptions({
    queryKey: ["triage", "decision", id],
    queryFn: ({ signal }) => apiGet<TriageDecision>(`${PATH}/decisions/${id}`, new URLSearchParams(), signal),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || data.state === "running" || data.state === "undoing" ? PROGRESS_MS : false,
  });

/** The latest decisions, newest first. */
export const decisionsQuery = () =>
  queryOptions({
    queryKey: ["triage", "decisions"],
    queryFn: ({ signal }) => apiGet<TriageDecisions>(`${PATH}/decisions`, new URLSearchParams({ limit: "20" }), signal),
    staleTime: 0,
  });

function toEffect(act: DraftAct): DraftAct {
  if (act.kind === "suppress") return { kind: "suppress", until: act.until };
  if (act.kind === "severity") return { kind: "severity", severity: act.severity };
  return act.kind === "comment" || act.kind === "unsuppress" ? { kind: act.kind } : act;
}

/** The filter as the list's own query writes it. */
function toWritten(targets: TriageTargets) {
  if ("findingIds" in targets) return targets;
  const { sort: _sort, limit: _limit, asOf: _asOf, ...conditions } = targets.filter;
  return { filter: Object.fromEntries(toSearchParams(conditions)) };
}
