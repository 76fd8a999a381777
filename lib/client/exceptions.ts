import { queryOptions } from "@tanstack/react-query";
import type {
  BackTest,
  Exception,
  ExceptionDetail,
  ExceptionPolicy,
  ExceptionPreview,
  ExceptionState,
  Exceptions,
  Expiring,
  Review,
} from "#lib/domain/exception.ts";
import type { SourceRules } from "#lib/domain/source-rule.ts";
import type { TriageDecision, TriageDecisions, TriageDraft } from "#lib/domain/triage.ts";
import type { Grounds, TriageAct } from "#lib/domain/triage-act.ts";
import { apiGet, apiSend } from "./api.ts";
import { decide } from "./triage.ts";

/** Where a rule is shown. */
export const exceptionAddress = (id: string): string => `/exceptions?open=${id}`;

/** Where a rule is made of a list's address. */
export const newExceptionAddress = (query: string): string => `/exceptions?${new URLSearchParams({ make: query })}`;

const PATH = "/api/v1/exceptions";
const PROGRESS_MS = 1_500;

/** Rules in one state, newest first; asked again while one is being applied. */
export const exceptionsQuery = (state: ExceptionState | null) =>
  queryOptions({
    queryKey: ["exceptions", "list", state],
    queryFn: ({ signal }) =>
      apiGet<Exceptions>(PATH, new URLSearchParams({ limit: "200", ...(state ? { state } : {}) }), signal),
    refetchInterval: ({ state: { data } }) => (data?.items.some(isUnderWay) ? PROGRESS_MS : false),
  });

const isUnderWay = ({ progress }: Exception): boolean => progress !== null;

export const exceptionQuery = (id: string) =>
  queryOptions({
    queryKey: ["exceptions", "one", id],
    queryFn: ({ signal }) => apiGet<ExceptionDetail>(`${PATH}/${id}`, new URLSearchParams(), signal),
  });

export const expiringQuery = () =>
  queryOptions({
    queryKey: ["exceptions", "expiring"],
    queryFn: ({ signal }) => apiGet<Expiring>(`${PATH}/expiring`, new URLSearchParams(), signal),
  });

export const exceptionPolicyQuery = () =>
  queryOptions({
    queryKey: ["exceptions", "policy"],
    queryFn: ({ signal }) => apiGet<ExceptionPolicy>(`${PATH}/policy`, new URLSearchParams(), signal),
  });

export const changeExceptionPolicy = (policy: ExceptionPolicy) =>
  apiSend<ExceptionPolicy>("PUT", `${PATH}/policy`, policy);

/** The rules by which sources suppress for themselves. */
export const sourceRulesQuery = () =>
  queryOptions({
    queryKey: ["exceptions", "source-rules"],
    queryFn: ({ signal }) => apiGet<SourceRules>(`${PATH}/source-rules`, new URLSearchParams(), signal),
  });

/** Single suppressions that wait for a second person, newest first. */
export const waitingDecisionsQuery = () =>
  queryOptions({
    queryKey: ["exceptions", "waiting"],
    queryFn: ({ signal }) =>
      apiGet<TriageDecisions>("/api/v1/triage/decisions", new URLSearchParams({ state: "awaiting" }), signal),
  });

/** A second person's word. Throws ApiError 409 when somebody has said it before. */
export const reviewDecision = ({ id, ...review }: Review & { id: string }) =>
  apiSend<TriageDecision>("POST", `/api/v1/triage/decisions/${id}/reviews`, review);

/** A filter by its API's names, and until when; null = not said yet. */
export type RuleTerms = { filter: Record<string, string>; until: string | null };

const toDraft = ({ filter, until }: RuleTerms) => (until === null ? { filter } : { filter, until });

/** What a rule would hide now. Throws ApiError 400 for a filter that cannot be one. */
export const previewQuery = (terms: RuleTerms) =>
  queryOptions({
    queryKey: ["exceptions", "preview", terms.filter, terms.until === "fix"],
    queryFn: () => apiSend<ExceptionPreview>("POST", `${PATH}/previews`, toDraft(terms)),
    retry: false,
    gcTime: 0,
  });

/** What it would have hidden of what came in the last 90 days. */
export const backTestQuery = (terms: RuleTerms) =>
  queryOptions({
    queryKey: ["exceptions", "back-test", terms.filter, terms.until === "fix"],
    queryFn: () => apiSend<BackTest>("POST", `${PATH}/back-tests`, toDraft(terms)),
    retry: false,
    gcTime: 0,
  });

/** Decides anew about what one decision suppressed: only what it holds still. */
export async function decideAboutException({ id, act }: { id: string; act: TriageAct }): Promise<TriageDecision> {
  const draft = await apiSend<TriageDraft>("POST", "/api/v1/triage/drafts", { act, filter: { exception: id } });
  return await decide({ draftId: draft.id, act });
}

export type RuleWords = {
  filter: Record<string, string>;
  grounds: Grounds;
  until: string;
  reason: string;
  owner: string;
};

export const makeException = (words: RuleWords) => apiSend<ExceptionDetail>("POST", PATH, words);

/** Throws ApiError 409 when somebody changed or ended it since `version`. */
export const changeException = ({ id, version, words }: { id: string; version: number; words: RuleWords }) =>
  apiSend<ExceptionDetail>("PATCH", `${PATH}/${id}`, { version, ...words });

export const endException = ({ id, reason }: { id: string; reason: string }) =>
  apiSend<ExceptionDetail>("POST", `${PATH}/${id}/end`, { reason });

export const reviewException = ({ id, ...review }: Review & { id: string }) =>
  apiSend<ExceptionDetail>("POST", `${PATH}/${id}/reviews`, review);
