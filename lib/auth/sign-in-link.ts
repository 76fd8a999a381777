import type { ClientBase } from "pg";
import { v7 as uuidv7 } from "uuid";
import { database, inTransaction } from "#lib/db/database.ts";
import { saveAuditEvent } from "#lib/db/write/audit-event.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { Role } from "#lib/domain/person.ts";
import { attemptLimit } from "./attempt-limit.ts";
import { hashSecret, randomSecret } from "./secret.ts";
import { createSession, endSession } from "./session.ts";

export const INVITE_MS = 72 * 3_600_000;
export const LOCAL_LINK_MS = 3_600_000;

/** Whom a link lets in: somebody who is known, or a new person, who then chooses a user name. */
export type LinkHolder = { personId: string } | { role: Role };
export type LinkMaker = { personId: string | null; userName: string };
type LinkRequest = { holder: LinkHolder; maker: LinkMaker; ttlMs: number; now: Date };

/** Makes a one-time link and returns its token, which is kept nowhere. */
export async function createSignInLink(client: ClientBase, request: LinkRequest): Promise<string> {
  const { holder, maker, ttlMs, now } = request;
  const token = randomSecret();
  const expiresAt = new Date(now.getTime() + ttlMs);
  const { personId, role } =
    "role" in holder ? { personId: null, role: holder.role } : await knownPerson(client, holder);
  await client.query(
    `INSERT INTO sign_in_link (token_hash, person_id, role, created_at, created_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [hashSecret(token), personId, role, now, maker.personId, expiresAt],
  );
  await client.query("DELETE FROM sign_in_link WHERE expires_at < $1::timestamptz - INTERVAL '30 days'", [now]);
  await saveAuditEvent(client, {
    actor: maker.userName,
    action: "sign-in-link.create",
    target: personId ?? undefined,
    detail: { role, expiresAt },
    now,
  });
  return token;
}

async function knownPerson(
  client: ClientBase,
  holder: { personId: string },
): Promise<{ personId: string; role: Role }> {
  const { rows } = await client.query<{ personId: string; role: Role }>(
    `SELECT id AS "personId", role FROM person WHERE id = $1 AND disabled_at IS NULL AND user_name <> 'bootstrap'`,
    [holder.personId],
  );
  if (!rows[0]) throw new AppError("not-found", "There is no such person who could sign in");
  return rows[0];
}

/** Where the link leads. Opening it uses nothing up (mail scanners open links); the button on that page does. */
export function signInUrl(appUrl: string, token: string): string {
  return new URL(`/sign-in/${token}`, appUrl).href;
}

// Not used, not expired, and made by somebody who still may invite: an invitation is no way back in for an admin of
// yesterday. $1 is the token's hash, $2 now.
const IS_USABLE = `l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2 AND (l.created_by IS NULL OR EXISTS (
  SELECT 1 FROM person m WHERE m.id = l.created_by AND m.role = 'admin' AND m.disabled_at IS NULL))`;

export type OpenLink = { role: Role; userName: string | null };

/** What a link is for, without using it up: `userName` null asks for one. Null when it is unknown, used or expired. */
export async function findSignInLink(token: string, now: Date): Promise<OpenLink | null> {
  const { rows } = await database().pool.query<OpenLink>(
    `SELECT coalesce(p.role, l.role) AS role, p.user_name AS "userName"
     FROM sign_in_link l LEFT JOIN person p ON p.id = l.person_id
     WHERE ${IS_USABLE} AND p.disabled_at IS NULL`,
    [hashSecret(token), now],
  );
  return rows[0] ?? null;
}

const badLinks = attemptLimit({ max: 30, windowMs: 60_000 });
type SignIn = { token: string; userName?: string; userAgent: string | null; replaced: string | null; now: Date };

/**
 * Uses a link up and returns a new session's token. Of two who try at once, one gets in. `replaced` is the session
 * that the browser had until now, which ends. Throws `not-found` for a link that is unknown, used or expired,
 * `conflict` for a user name that is taken (the link then stays good).
 */
export async function signIn(attempt: SignIn): Promise<string> {
  const { token, userAgent, replaced, now } = attempt;
  return await inTransaction(async (client) => {
    const { rows } = await client.query<{ personId: string | null; role: Role }>(
      `UPDATE sign_in_link l SET used_at = $2 WHERE ${IS_USABLE} RETURNING person_id AS "personId", role`,
      [hashSecret(token), now],
    );
    if (!rows[0]) throw refuseLink(now);
    const person = rows[0].personId
      ? await rememberPerson(client, rows[0].personId, now)
      : await createPerson(client, { userName: attempt.userName, role: rows[0].role, now });
    if (replaced) await endSession(client, replaced);
    await saveAuditEvent(client, { actor: person.userName, action: "session.create", target: person.id, now });
    return await createSession(client, { personId: person.id, userAgent, now });
  });
}

function refuseLink(now: Date): AppError {
  if (badLinks.isReached(now))
    return new AppError("too-many-requests", "Too many bad links. Wait a minute, then try again");
  badLinks.fail(now);
  return new AppError("not-found", "This link is unknown, used or expired. Ask an admin for a new one");
}

type SignedIn = { id: string; userName: string };

async function rememberPerson(client: ClientBase, id: string, now: Date): Promise<SignedIn> {
  const { rows } = await client.query<SignedIn>(
    `SELECT id, user_name AS "userName" FROM person WHERE id = $1 AND disabled_at IS NULL FOR SHARE`,
    [id],
  );
  if (!rows[0]) throw refuseLink(now);
  return rows[0];
}

async function createPerson(
  client: ClientBase,
  { userName, role, now }: { userName: string | undefined; role: Role; now: Date },
): Promise<SignedIn> {
  const fault = (code: "invalid-input" | "conflict", message: string) =>
    new AppError(code, message, { faults: [{ field: "userName", message }] });
  if (userName === undefined) throw fault("invalid-input", "Choose a user name");
  const id = uuidv7();
  const { rowCount } = await client.query(
    "INSERT INTO person (id, user_name, role, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (user_name) DO NOTHING",
    [id, userName, role, now],
  );
  if (rowCount === 0) throw fault("conflict", "This user name is taken");
  await saveAuditEvent(client, { actor: userName, action: "person.create", target: id, detail: { role }, now });
  return { id, userName };
}
