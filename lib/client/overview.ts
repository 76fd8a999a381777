import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { toSearchParams } from "#lib/domain/filter-text.ts";
import type { Overview } from "#lib/domain/overview.ts";
import { apiGet, apiSend } from "./api.ts";

const PATH = "/api/v1/overview";
const EVERY_MS = 60_000;
const FIRST_MS = 5_000;

/** Where everything stands or stood then, or what teams have of it, in one answer of one moment. */
export const overviewQuery = (team: string[], asOf?: string) =>
  queryOptions({
    queryKey: ["overview", team, asOf],
    queryFn: ({ signal }) => apiGet<Overview>(PATH, toSearchParams({ team, asOf }), signal),
    placeholderData: keepPreviousData,
    // The first findings are worth a closer look.
    refetchInterval: (query) => (query.state.data?.asOf === null ? FIRST_MS : EVERY_MS),
  });

/** Says that the overview is before one's eyes now: the next visit tells what happened after it. */
export const noteVisit = () => apiSend("POST", `${PATH}/visits`, {});
