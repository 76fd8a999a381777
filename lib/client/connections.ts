import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import {
  type ConnectAws,
  type ConnectionChange,
  connectionsSchema,
  connectionTestSchema,
} from "#lib/domain/connection.ts";
import { sampleSchema } from "#lib/domain/sample.ts";
import { type HeldCloseDecision, heldClosesSchema, type SyncRequest, syncRunPageSchema } from "#lib/domain/sync-run.ts";
import { apiGet, apiSend } from "./api.ts";

const PATH = "/api/v1/connections";
const FOLLOWED_MS = 2_000;
const STILL_MS = 30_000;
const NOTHING = new URLSearchParams();

/** The connections, one a region. */
export const connectionsQuery = () =>
  queryOptions({
    queryKey: ["connections"],
    queryFn: ({ signal }) => apiGet(PATH, NOTHING, connectionsSchema, signal),
    refetchInterval: STILL_MS,
  });

/** The newest passes; asked again soon while one of them waits or runs. */
export const syncRunsQuery = () =>
  queryOptions({
    queryKey: ["sync-runs"],
    queryFn: ({ signal }) =>
      apiGet("/api/v1/sync-runs", new URLSearchParams({ limit: "30" }), syncRunPageSchema, signal),
    refetchInterval: (query) =>
      query.state.data?.items.some(({ state }) => state === "queued" || state === "running") ? FOLLOWED_MS : STILL_MS,
  });

/** Mass closes that wait for a person, then those decided. */
export const heldClosesQuery = () =>
  queryOptions({
    queryKey: ["held-closes"],
    queryFn: ({ signal }) => apiGet("/api/v1/held-closes", NOTHING, heldClosesSchema, signal),
    refetchInterval: STILL_MS,
  });

/** The last test of a connection, followed until it is done. */
export const connectionTestQuery = (id: string) =>
  queryOptions({
    queryKey: ["connections", id, "test"],
    queryFn: ({ signal }) => apiGet(`${PATH}/${id}/test`, NOTHING, connectionTestSchema, signal),
    refetchInterval: (query) => {
      const state = query.state.data?.state;
      return state === "queued" || state === "running" ? FOLLOWED_MS : false;
    },
  });

export const connectAws = (request: ConnectAws) => apiSend("POST", PATH, request, connectionsSchema);
export const changeConnection = (id: string, change: ConnectionChange) =>
  apiSend("PATCH", `${PATH}/${id}`, change, z.unknown());
export const disconnect = (id: string) => apiSend("DELETE", `${PATH}/${id}`, {}, z.unknown());
export const testConnection = (id: string) => apiSend("POST", `${PATH}/${id}/test`, {}, connectionTestSchema);
export const requestSync = (request: SyncRequest) => apiSend("POST", "/api/v1/sync-runs", request, z.unknown());
export const decideHeldClose = (id: string, decision: HeldCloseDecision["decision"]) =>
  apiSend("POST", `/api/v1/held-closes/${id}`, { decision }, z.unknown());
export const showSample = (isShown: boolean) => apiSend("PATCH", "/api/v1/sample", { isShown }, sampleSchema);
export const removeSample = () => apiSend("DELETE", "/api/v1/sample", {}, sampleSchema);

/** The CloudFormation template of the role to assume. */
export const ROLE_TEMPLATE_ADDRESS = `${PATH}/role-template`;
