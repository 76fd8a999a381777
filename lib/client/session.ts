import { queryOptions } from "@tanstack/react-query";
import type { CurrentSession } from "#lib/domain/person.ts";
import { apiGet, apiSend } from "./api.ts";

/** Who is signed in here, and what they may do. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: ["session"],
    queryFn: ({ signal }) => apiGet<CurrentSession>("/api/v1/session", new URLSearchParams(), signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Uses a one-time link up; `userName` is needed when it is for a new person. Throws ApiError. */
export const signIn = (link: { token: string; userName?: string }) => apiSend("POST", "/api/v1/session", link);

/** Ends the session of this browser. */
export const signOut = () => apiSend("DELETE", "/api/v1/session", null);
