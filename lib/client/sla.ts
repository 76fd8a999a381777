import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type {
  Compliance,
  ComplianceQuery,
  DueByTeam,
  NewPolicy,
  Policy,
  SlaStanding,
  SlaStandingQuery,
} from "#lib/domain/sla.ts";
import { apiGet, apiSend } from "./api.ts";

const PATH = "/api/v1/sla";
const FRESH_MS = 60_000;
/** A changed policy is carried out by a job, which the page follows. */
const FOLLOW_MS = 1_000;

/** Every version of the policy, the one in force first. */
export const policyQuery = () =>
  queryOptions({
    queryKey: ["sla", "policy"],
    queryFn: ({ signal }) => apiGet<Policy>(PATH, new URLSearchParams(), signal),
    refetchInterval: ({ state }) => (state.data?.applying ? FOLLOW_MS : false),
  });

/** How due dates stand, and who is late. */
export const slaStandingQuery = (query: SlaStandingQuery) =>
  queryOptions({
    queryKey: ["sla", "standing", query],
    queryFn: ({ signal }) => apiGet<SlaStanding>(`${PATH}/standing`, toParams(query), signal),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });

/** The share in time, by day or month. */
export const complianceQuery = (query: ComplianceQuery) =>
  queryOptions({
    queryKey: ["sla", "compliance", query],
    queryFn: ({ signal }) => apiGet<Compliance>(`${PATH}/compliance`, toParams(query), signal),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

/** What is or was overdue, and what is due within seven days of then, by team. */
export const dueByTeamQuery = (team: string[], asOf?: string) =>
  queryOptions({
    queryKey: ["sla", "teams", team, asOf],
    queryFn: ({ signal }) => apiGet<DueByTeam>(`${PATH}/teams`, toParams({ team, asOf }), signal),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });

export const savePolicy = (policy: NewPolicy) => apiSend<{ number: number }>("PUT", PATH, policy);

/** What is empty is left out. */
function toParams(query: Record<string, string | string[] | undefined>): URLSearchParams {
  const entries = Object.entries(query).map(([name, value]) => [name, [value ?? []].flat().join(",")]);
  return new URLSearchParams(entries.filter(([, value]) => value !== ""));
}
