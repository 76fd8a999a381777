import { queryOptions } from "@tanstack/react-query";
import type { ConnectAws, ConnectionChange, Connections, ConnectionTest } from "#lib/domain/connection.ts";
import type { Sample } from "#lib/domain/sample.ts";
import type { HeldCloseDecision, HeldCloses, SyncRequest, SyncRunPage } from "#lib/domain/sync-run.ts";
import { apiGet, apiSend } from "./api.ts";

const PATH = "/api/v1/connections";
const FOLLOWED_MS = 2_000;
const STILL_MS = 30_000;
const NOTHING = new URLSearchParams();

/** The connections, one a region. */
export const connectionsQuery = () =>
  queryOptions({
    queryKey: ["connections"],
    queryFn: ({ signal }) => apiGet<Connections>(PATH, NOTHING, signal),
    refetchInterval: STILL_MS,
  });

/** The newest passes; asked again soon while one of them waits or runs. */
export const syncRunsQuery = () =>
  queryOptions({
    queryKey: ["sync-runs"],
    queryFn: ({ signal }) => apiGet<SyncRunPage>("/api/v1/sync-runs", new URLSearchParams({ limit: "30" }), signal),
    refetchInterval: (query) =>
      query.state.data?.items.some(({ state }) => state === "queued" || state === "running") ? FOLLOWED_MS : STILL_MS,
  });

/** Mass closes that wait for a person, then those decided. */
export const heldClosesQuery = () =>
  queryOptions({
    queryKey: ["held-closes"],
    queryFn: ({ signal }) => apiGet<HeldCloses>("/api/v1/held-closes", NOTHING, signal),
    refetchInterval: STILL_MS,
  });

/** The last test of a connection, followed until it is done. */
export const connectionTestQuery = (id: string) =>
  queryOptions({
    queryKey: ["connections", id, "test"],
    queryFn: ({ signal }) => apiGet<ConnectionTest>(`${PATH}/${id}/test`, NOTHING, signal),
    refetchInterval: (query) => {
      const state = query.state.data?.state;
      return state === "queued" || state === "running" ? FOLLOWED_MS : false;
    },
  });

export const connectAws = (request: ConnectAws) => apiSend<Connections>("POST", PATH, request);
export const changeConnection = (id: string, change: ConnectionChange) => apiSend("PATCH", `${PATH}/${id}`, change);
export const disconnect = (id: string) => apiSend("DELETE", `${PATH}/${id}`, {});
export const testConnection = (id: string) => apiSend<ConnectionTest>("POST", `${PATH}/${id}/test`, {});
export const requestSync = (request: SyncRequest) => apiSend("POST", "/api/v1/sync-runs", request);
export const decideHeldClose = (id: string, decision: HeldCloseDecision["decision"]) =>
  apiSend("POST", `/api/v1/held-closes/${id}`, { decision });
export const showSample = (isShown: boolean) => apiSend<Sample>("PATCH", "/api/v1/sample", { isShown });
export const removeSample = () => apiSend<Sample>("DELETE", "/api/v1/sample", {});

/** The CloudFormation template of the role to assume. */
export const ROLE_TEMPLATE_ADDRESS = `${PATH}/role-template`;
