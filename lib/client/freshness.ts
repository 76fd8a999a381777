import { queryOptions } from "@tanstack/react-query";
import { freshnessSchema } from "#lib/domain/freshness.ts";
import { apiGet } from "./api.ts";

const EVERY_MS = 60_000;

/** How far each place can be trusted, and as of when. */
export const freshnessQuery = () =>
  queryOptions({
    queryKey: ["freshness"],
    queryFn: ({ signal }) => apiGet("/api/v1/freshness", new URLSearchParams(), freshnessSchema, signal),
    refetchInterval: EVERY_MS,
  });
