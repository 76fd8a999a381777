import { randomUUID } from "node:crypto";
import { beforeAll } from "vitest";
import { createApiToken } from "#lib/auth/api-token.ts";
import type { Caller } from "#lib/auth/caller.ts";
import { PERMISSIONS } from "#lib/auth/permissions.ts";
import { createSession } from "#lib/auth/session.ts";
import { inTransaction } from "#lib/db/database.ts";
import { tokenPermissionSchema } from "#lib/domain/api-token.ts";
import type { Permission } from "#lib/domain/permission.ts";
import type { Role } from "#lib/domain/person.ts";
import type { RouteHandler } from "#lib/http/operation.ts";
import { appDatabase } from "./app-database.ts";
import type { TestDatabase } from "./database.ts";

export const APP_URL = "http://127.0.0.1:3000";
export const BOOTSTRAP_TOKEN = "bootstrap-token-of-the-tests-0123456789";

/** `appDatabase()` with the environment that routes read. */
export function apiDatabase(): TestDatabase {
  const urls = appDatabase();
  beforeAll(() => {
    const variables = {
      DATABASE_URL: urls.url,
      APP_URL,
      LOG_LEVEL: "error",
      SIGHTLINE_BOOTSTRAP_TOKEN: BOOTSTRAP_TOKEN,
    };
    Object.assign(process.env, variables);
  });
  return urls;
}

export type Signed = { caller: Caller; sessionToken: string; headers: Record<string, string> };

/** A new person with a live session, and the headers with which their browser asks. */
export async function aSignedInPerson(role: Role, now = new Date()): Promise<Signed> {
  const personId = randomUUID();
  const userName = `${role}-${personId.slice(0, 8)}`;
  const sessionToken = await inTransaction(async (client) => {
    await client.query("INSERT INTO person (id, user_name, role, created_at) VALUES ($1, $2, $3, $4)", [
      personId,
      userName,
      role,
      now,
    ]);
    return await createSession(client, { personId, userAgent: null, now });
  });
  const caller: Caller = { via: "session", personId, userName, role, permissions: PERMISSIONS[role] };
  return { caller, sessionToken, headers: browserHeaders(sessionToken) };
}

/** What a browser sends with a change that one of our own pages makes. */
export function browserHeaders(sessionToken?: string): Record<string, string> {
  const headers = { host: new URL(APP_URL).host, origin: APP_URL, "sec-fetch-site": "same-origin" };
  return sessionToken ? { ...headers, cookie: `__Host-sightline=${sessionToken}` } : headers;
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** A token of this person with the permissions given, else with all that a token of theirs can have. */
export async function aTokenOf(caller: Caller, permissions?: Permission[], now = new Date()): Promise<string> {
  const wanted = permissions ?? [...caller.permissions];
  const allowed = tokenPermissionSchema.options.filter((name) => wanted.includes(name));
  const created = await createApiToken({ name: "test", permissions: allowed, expiresInDays: 1 }, caller, now);
  return created.token;
}

type Ask = { method?: string; headers?: Record<string, string>; body?: unknown; params?: Record<string, string> };

/** Calls a route as Next would. A body that is no text is sent as JSON. */
export async function ask(route: RouteHandler, path: string, { method = "GET", headers, body, params }: Ask = {}) {
  const isText = typeof body === "string" || body === undefined;
  const request = new Request(new URL(path, APP_URL), {
    method,
    headers: { ...(isText ? {} : { "content-type": "application/json" }), ...headers },
    body: isText ? body : JSON.stringify(body),
  });
  return await route(request, { params: Promise.resolve(params ?? {}) });
}
