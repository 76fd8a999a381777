import { database, inTransaction } from "#lib/db/database.ts";
import { saveAuditEvent } from "#lib/db/write/audit-event.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { NewSignInLink, Person, PersonChange, Role, SignInLink } from "#lib/domain/person.ts";
import { BOOTSTRAP_PERSON_ID } from "./bootstrap-token.ts";
import type { Caller } from "./caller.ts";
import { endSession, endSessionsOf, idleSince } from "./session.ts";
import { createSignInLink, INVITE_MS, signInUrl } from "./sign-in-link.ts";

type Listed = Omit<Person, "createdAt" | "lastSeenAt" | "disabledAt"> & {
  createdAt: Date;
  lastSeenAt: Date | null;
  disabledAt: Date | null;
};

/** Everybody who can sign in, or could, by user name. */
export async function listPeople(now: Date): Promise<Person[]> {
  const { rows } = await database().pool.query<Listed>(
    `SELECT p.id, p.user_name AS "userName", p.role, p.created_at AS "createdAt", p.disabled_at AS "disabledAt",
       max(s.last_seen_at) AS "lastSeenAt", count(s.token_hash)::int AS "liveSessions"
     FROM person p LEFT JOIN session s ON s.person_id = p.id AND s.expires_at > $1 AND s.last_seen_at > $2
     WHERE p.id <> $3 GROUP BY p.id ORDER BY p.user_name`,
    [now, idleSince(now), BOOTSTRAP_PERSON_ID],
  );
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    disabledAt: row.disabledAt?.toISOString() ?? null,
  }));
}

/** A one-time link, good for 72 hours: for a new person with this role, or for somebody who is known. */
export async function invitePerson(
  holder: NewSignInLink,
  { caller, appUrl, now }: { caller: Caller; appUrl: string; now: Date },
): Promise<SignInLink> {
  const token = await inTransaction((client) =>
    createSignInLink(client, { holder, maker: caller, ttlMs: INVITE_MS, now }),
  );
  return { url: signInUrl(appUrl, token), expiresAt: new Date(now.getTime() + INVITE_MS).toISOString() };
}

type Change = { caller: Caller; now: Date };
type PersonRow = { id: string; role: Role; isDisabled: boolean };

/**
 * Changes a person's role, or shuts them out and lets them in again; both count from their next request on.
 * Throws `conflict` when nobody would be left who can invite people.
 */
export async function changePerson(id: string, change: PersonChange, { caller, now }: Change): Promise<void> {
  await inTransaction(async (client) => {
    // Every change of people waits for the one before it, so that two admins cannot shut out each other.
    const { rows } = await client.query<PersonRow>(
      `SELECT id, role, disabled_at IS NOT NULL AS "isDisabled" FROM person WHERE id <> $1 ORDER BY id FOR UPDATE`,
      [BOOTSTRAP_PERSON_ID],
    );
    const before = rows.find((row) => row.id === id);
    if (!before) throw new AppError("not-found", "There is no such person");
    const after = { ...before, role: change.role ?? before.role, isDisabled: change.isDisabled ?? before.isDisabled };
    const others = rows.filter((row) => row.id !== id);
    if (isAdmin(before) && ![...others, after].some(isAdmin)) {
      throw new AppError("conflict", "This is the only admin left. Make somebody else admin first");
    }
    await client.query(
      "UPDATE person SET role = $2, disabled_at = CASE WHEN $3 THEN coalesce(disabled_at, $4) END WHERE id = $1",
      [id, after.role, after.isDisabled, now],
    );
    if (after.isDisabled) await endSessionsOf(client, id);
    await saveAuditEvent(client, { actor: caller.userName, action: "person.change", target: id, detail: change, now });
  });
}

function isAdmin(person: PersonRow): boolean {
  return person.role === "admin" && !person.isDisabled;
}

/** Ends every session of a person, everywhere. Their API tokens stay. */
export async function endSessions(personId: string, { caller, now }: Change): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM person WHERE id = $1", [personId]);
    if (rowCount === 0) throw new AppError("not-found", "There is no such person");
    const ended = await endSessionsOf(client, personId);
    await saveAuditEvent(client, {
      actor: caller.userName,
      action: "session.end-all",
      target: personId,
      detail: { ended },
      now,
    });
  });
}

/** Ends the session that this token stands for. */
export async function signOut(token: string, { caller, now }: Change): Promise<void> {
  await inTransaction(async (client) => {
    await endSession(client, token);
    await saveAuditEvent(client, { actor: caller.userName, action: "session.end", target: caller.personId, now });
  });
}
