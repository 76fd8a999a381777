import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { apiTokensSchema, createdApiTokenSchema, type NewApiToken } from "#lib/domain/api-token.ts";
import { type NewSignInLink, type PersonChange, peopleSchema, signInLinkSchema } from "#lib/domain/person.ts";
import { apiGet, apiSend } from "./api.ts";

const NOTHING = new URLSearchParams();

/** Everybody who can sign in. */
export const peopleQuery = () =>
  queryOptions({
    queryKey: ["people"],
    queryFn: ({ signal }) => apiGet("/api/v1/people", NOTHING, peopleSchema, signal),
  });

/** One's own API tokens, without their secrets. */
export const apiTokensQuery = () =>
  queryOptions({
    queryKey: ["tokens"],
    queryFn: ({ signal }) => apiGet("/api/v1/tokens", NOTHING, apiTokensSchema, signal),
  });

export const makeSignInLink = (holder: NewSignInLink) =>
  apiSend("POST", "/api/v1/sign-in-links", holder, signInLinkSchema);
export const changePerson = (id: string, change: PersonChange) =>
  apiSend("PATCH", `/api/v1/people/${id}`, change, z.unknown());
export const endSessions = (id: string) => apiSend("DELETE", `/api/v1/people/${id}/sessions`, {}, z.unknown());
export const createApiToken = (wanted: NewApiToken) => apiSend("POST", "/api/v1/tokens", wanted, createdApiTokenSchema);
export const revokeApiToken = (id: string) => apiSend("DELETE", `/api/v1/tokens/${id}`, {}, z.unknown());
