import { queryOptions } from "@tanstack/react-query";
import { overviewSchema } from "#lib/domain/overview.ts";
import { apiGet } from "./api.ts";

const EVERY_MS = 60_000;

/** Where everything stands, in one answer of one moment. */
export const overviewQuery = () =>
  queryOptions({
    queryKey: ["overview"],
    queryFn: ({ signal }) => apiGet("/api/v1/overview", new URLSearchParams(), overviewSchema, signal),
    refetchInterval: EVERY_MS,
  });
