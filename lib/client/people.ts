import { queryOptions } from "@tanstack/react-query";
import type { ApiTokens, CreatedApiToken, NewApiToken } from "#lib/domain/api-token.ts";
import type { NewSignInLink, People, PersonChange, SignInLink } from "#lib/domain/person.ts";
import { apiGet, apiSend } from "./api.ts";

const NOTHING = new URLSearchParams();

/** Everybody who can sign in. */
export const peopleQuery = () =>
  queryOptions({
    queryKey: ["people"],
    queryFn: ({ signal }) => apiGet<People>("/api/v1/people", NOTHING, signal),
  });

/** One's own API tokens, without their secrets. */
export const apiTokensQuery = () =>
  queryOptions({
    queryKey: ["tokens"],
    queryFn: ({ signal }) => apiGet<ApiTokens>("/api/v1/tokens", NOTHING, signal),
  });

export const makeSignInLink = (holder: NewSignInLink) => apiSend<SignInLink>("POST", "/api/v1/sign-in-links", holder);
export const changePerson = (id: string, change: PersonChange) => apiSend("PATCH", `/api/v1/people/${id}`, change);
export const endSessions = (id: string) => apiSend("DELETE", `/api/v1/people/${id}/sessions`, {});
export const createApiToken = (wanted: NewApiToken) => apiSend<CreatedApiToken>("POST", "/api/v1/tokens", wanted);
export const revokeApiToken = (id: string) => apiSend("DELETE", `/api/v1/tokens/${id}`, {});
