import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { CodeMetrics, CodeMetricsQuery } from "#lib/domain/code-metrics.ts";
import type { Forecast, ForecastQuery } from "#lib/domain/forecast.ts";
import type { Movements, MovementsQuery } from "#lib/domain/movements.ts";
import type { Movers, MoversQuery } from "#lib/domain/movers.ts";
import type { ReopenedRate } from "#lib/domain/reopened.ts";
import type { OpenAge, OpenAgeQuery, Remediation, RemediationQuery, Trends, TrendsQuery } from "#lib/domain/trends.ts";
import { apiGet } from "./api.ts";

const PATH = "/api/v1/trends";
/** Past days do not change and the present one slowly. */
const FRESH_MS = 60_000;

/** How many were open on each day, and what came and went. */
export const trendsQuery = (query: TrendsQuery) =>
  queryOptions({
    queryKey: ["trends", query],
    queryFn: ({ signal }) => apiGet<Trends>(PATH, toParams(query), signal),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });

/** How long what was fixed in these days had been open. */
export const remediationQuery = (query: RemediationQuery) =>
  queryOptions({
    queryKey: ["trends", "remediation", query],
    queryFn: ({ signal }) => apiGet<Remediation>(`${PATH}/remediation`, toParams(query), signal),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

/** Why what is open moved between two moments. */
export const movementsQuery = (query: MovementsQuery) =>
  queryOptions({
    queryKey: ["trends", "movements", query],
    queryFn: ({ signal }) => apiGet<Movements>(`${PATH}/movements`, toParams(query), signal),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

/** How old is what is open now, or was then. */
export const openAgeQuery = (query: OpenAgeQuery) =>
  queryOptions({
    queryKey: ["trends", "age", query],
    queryFn: ({ signal }) => apiGet<OpenAge>(`${PATH}/age`, toParams(query), signal),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

/** How often what was closed came back, by month. */
export const reopenedQuery = (query: RemediationQuery) =>
  queryOptions({
    queryKey: ["trends", "reopened", query],
    queryFn: ({ signal }) => apiGet<ReopenedRate>(`${PATH}/reopened`, toParams(query), signal),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

/** Where the number of open findings goes, or went by what was known then. */
export const forecastQuery = (query: ForecastQuery) =>
  queryOptions({
    queryKey: ["trends", "forecast", query],
    queryFn: ({ signal }) => apiGet<Forecast>(`${PATH}/forecast`, toParams(query), signal),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

/** What changed most. */
export const moversQuery = ({ limit, ...query }: MoversQuery) =>
  queryOptions({
    queryKey: ["trends", "movers", query, limit],
    queryFn: ({ signal }) => apiGet<Movers>(`${PATH}/movers`, toParams({ ...query, limit: String(limit) }), signal),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

/** The numbers that users of CodeGuru Security had, over code scans. */
export const codeMetricsQuery = (query: CodeMetricsQuery) =>
  queryOptions({
    queryKey: ["trends", "code", query],
    queryFn: ({ signal }) => apiGet<CodeMetrics>("/api/v1/code-metrics", toParams(query), signal),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

/** What is empty is left out. */
function toParams(query: Record<string, string | string[] | undefined>): URLSearchParams {
  const entries = Object.entries(query).map(([name, value]) => [name, [value ?? []].flat().join(",")]);
  return new URLSearchParams(entries.filter(([, value]) => value !== ""));
}
