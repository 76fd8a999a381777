import type { ClientBase } from "pg";
import { database } from "#lib/db/database.ts";
import type { Role } from "#lib/domain/person.ts";
import type { Caller } from "./caller.ts";
import { PERMISSIONS } from "./permissions.ts";
import { hashSecret, randomSecret } from "./secret.ts";

export const SESSION_IDLE_MS = 12 * 3_600_000;
export const SESSION_MAX_MS = 7 * 24 * 3_600_000;
// "Last seen" is to the minute: a page asks a dozen times, and one write says as much.
const SEEN_EVERY_MS = 60_000;

/** Starts a session for a person and returns its token, which is kept nowhere but in their cookie. */
export async function createSession(
  client: ClientBase,
  { personId, userAgent, now }: { personId: string; userAgent: string | null; now: Date },
): Promise<string> {
  const token = randomSecret();
  await client.query(
    `INSERT INTO session (token_hash, person_id, created_at, last_seen_at, expires_at, user_agent)
     VALUES ($1, $2, $3, $3, $4, $5)`,
    [hashSecret(token), personId, now, new Date(now.getTime() + SESSION_MAX_MS), userAgent?.slice(0, 200) ?? null],
  );
  await client.query("DELETE FROM session WHERE expires_at < $1 OR last_seen_at < $2", [now, idleSince(now)]);
  return token;
}

type SessionRow = { personId: string; userName: string; role: Role; lastSeenAt: Date };

/** Who holds this session. Null when it is unknown, ended, idle for 12 hours, older than 7 days, or the person is disabled. */
export async function findSessionCaller(token: string, now: Date): Promise<Caller | null> {
  const tokenHash = hashSecret(token);
  const { rows } = await database().pool.query<SessionRow>(
    `SELECT p.id AS "personId", p.user_name AS "userName", p.role, s.last_seen_at AS "lastSeenAt"
     FROM session s JOIN person p ON p.id = s.person_id
     WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.last_seen_at > $3 AND p.disabled_at IS NULL`,
    [tokenHash, now, idleSince(now)],
  );
  const row = rows[0];
  if (!row) return null;
  if (now.getTime() - row.lastSeenAt.getTime() > SEEN_EVERY_MS) {
    await database().pool.query("UPDATE session SET last_seen_at = $2 WHERE token_hash = $1", [tokenHash, now]);
  }
  const { personId, userName, role } = row;
  return { via: "session", personId, userName, role, permissions: PERMISSIONS[role] };
}

/** Ends one session; its token is dead from now on. */
export async function endSession(client: ClientBase, token: string): Promise<void> {
  await client.query("DELETE FROM session WHERE token_hash = $1", [hashSecret(token)]);
}

/** Ends every session of a person and returns how many there were. */
export async function endSessionsOf(client: ClientBase, personId: string): Promise<number> {
  const { rowCount } = await client.query("DELETE FROM session WHERE person_id = $1", [personId]);
  return rowCount ?? 0;
}

/** Whether an admin is signed in somewhere. */
export async function hasLiveAdminSession(now: Date): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    `SELECT 1 FROM session s JOIN person p ON p.id = s.person_id
     WHERE p.role = 'admin' AND p.disabled_at IS NULL AND s.expires_at > $1 AND s.last_seen_at > $2 LIMIT 1`,
    [now, idleSince(now)],
  );
  return rowCount === 1;
}

export function idleSince(now: Date): Date {
  return new Date(now.getTime() - SESSION_IDLE_MS);
}
