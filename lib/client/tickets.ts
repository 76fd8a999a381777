import { queryOptions } from "@tanstack/react-query";
import type { HandOverList, ReceiverAnswer, ReceiverChange, SavedReceiver, Ticket } from "#lib/domain/hand-over.ts";
import { apiGet, apiSend } from "./api.ts";

const FOLLOWED_MS = 3_000;
const STILL_MS = 60_000;

const isPending = (handOvers: HandOverList["items"] | undefined) =>
  handOvers?.some(({ state }) => state === "pending") ? FOLLOWED_MS : STILL_MS;

/** The ticket of a finding's issue; asked again soon while a hand-over is on its way. */
export const ticketQuery = (findingId: string) =>
  queryOptions({
    queryKey: ["tickets", findingId],
    queryFn: ({ signal }) => apiGet<Ticket>(`/api/v1/findings/${findingId}/ticket`, new URLSearchParams(), signal),
    refetchInterval: (query) => isPending(query.state.data?.handOvers),
  });

export const setTicket = ({ findingId, url }: { findingId: string; url: string | null }) =>
  apiSend("PUT", `/api/v1/findings/${findingId}/ticket`, { url });
export const handOver = ({ findingId, note }: { findingId: string; note: string }) =>
  apiSend<{ id: string }>("POST", `/api/v1/findings/${findingId}/hand-overs`, { note });
export const tryAgain = (id: string) => apiSend("POST", `/api/v1/hand-overs/${id}/retry`, {});

/** The last hand-overs of all. */
export const handOversQuery = () =>
  queryOptions({
    queryKey: ["tickets", "hand-overs"],
    queryFn: ({ signal }) => apiGet<HandOverList>("/api/v1/hand-overs", new URLSearchParams(), signal),
    refetchInterval: (query) => isPending(query.state.data?.items),
  });

/** Who hand-overs go to. */
export const receiverQuery = () =>
  queryOptions({
    queryKey: ["receiver"],
    queryFn: ({ signal }) => apiGet<ReceiverAnswer>("/api/v1/receiver", new URLSearchParams(), signal),
  });

export const changeReceiver = (change: ReceiverChange) => apiSend<SavedReceiver>("PUT", "/api/v1/receiver", change);
export const forgetReceiver = () => apiSend("DELETE", "/api/v1/receiver", {});
export const testReceiver = () => apiSend<{ id: string }>("POST", "/api/v1/receiver/test", {});
