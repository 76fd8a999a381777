import { queryOptions } from "@tanstack/react-query";
import type { Freshness } from "#lib/domain/freshness.ts";
import { apiGet } from "./api.ts";

const EVERY_MS = 60_000;

/** How far each place can be trusted, and as of when. */
export const freshnessQuery = () =>
  queryOptions({
    queryKey: ["freshness"],
    queryFn: ({ signal }) => apiGet<Freshness>("/api/v1/freshness", new URLSearchParams(), signal),
    refetchInterval: EVERY_MS,
  });
