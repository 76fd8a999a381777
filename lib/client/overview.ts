import { queryOptions } from "@tanstack/react-query";
import type { Overview } from "#lib/domain/overview.ts";
import { apiGet, apiSend } from "./api.ts";

const PATH = "/api/v1/overview";
const EVERY_MS = 60_000;
const FIRST_MS = 5_000;

/** Where everything stands, in one answer of one moment. */
export const overviewQuery = () =>
  queryOptions({
    queryKey: ["overview"],
    queryFn: ({ signal }) => apiGet<Overview>(PATH, new URLSearchParams(), signal),
    // The first findings are worth a closer look.
    refetchInterval: (query) => (query.state.data?.asOf === null ? FIRST_MS : EVERY_MS),
  });

/** Says that the overview is before one's eyes now: the next visit tells what happened after it. */
export const noteVisit = () => apiSend("POST", `${PATH}/visits`, {});
