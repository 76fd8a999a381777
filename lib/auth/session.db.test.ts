import { expect, test } from "vitest";
import { database, inTransaction } from "#lib/db/database.ts";
import { apiDatabase, aSignedInPerson } from "#testing/api.ts";
import { changePerson, endSessions, signOut } from "./people.ts";
import { createSession, findSessionCaller, hasLiveAdminSession } from "./session.ts";

apiDatabase();
const start = new Date("2026-05-01T08:00:00Z");
const after = (hours: number) => new Date(start.getTime() + hours * 3_600_000);

test("a session tells who holds it", async () => {
  const { caller, sessionToken } = await aSignedInPerson("lead", start);
  expect(await findSessionCaller(sessionToken, after(1))).toEqual(caller);
  expect(await findSessionCaller(`${sessionToken.slice(0, -1)}!`, after(1))).toBeNull();
});

test("only a hash of the session's token is stored", async () => {
  const { sessionToken } = await aSignedInPerson("viewer", start);
  const { rows } = await database().pool.query(
    "SELECT encode(token_hash, 'escape') || token_hash::text AS kept FROM session",
  );
  expect(JSON.stringify(rows)).not.toContain(sessionToken);
});

test("a session ends after 12 idle hours", async () => {
  const { sessionToken } = await aSignedInPerson("viewer", start);
  expect(await findSessionCaller(sessionToken, after(12))).toBeNull();
});

test("a session that is used ends after 7 days all the same", async () => {
  const { sessionToken } = await aSignedInPerson("viewer", start);
  for (let hours = 11; hours < 168; hours += 11) {
    expect(await findSessionCaller(sessionToken, after(hours))).not.toBeNull();
  }
  expect(await findSessionCaller(sessionToken, after(168))).toBeNull();
});

test("an ended session is dead on the server", async () => {
  const { caller, sessionToken } = await aSignedInPerson("viewer", start);
  await signOut(sessionToken, { caller, now: after(1) });
  expect(await findSessionCaller(sessionToken, after(1))).toBeNull();
});

test("signing out everywhere ends every session of that person and nobody else's", async () => {
  const anna = await aSignedInPerson("viewer", start);
  const bert = await aSignedInPerson("viewer", start);
  const second = await inTransaction((client) =>
    createSession(client, { personId: anna.caller.personId, userAgent: null, now: start }),
  );
  await endSessions(anna.caller.personId, { caller: anna.caller, now: after(1) });
  expect(await findSessionCaller(anna.sessionToken, after(1))).toBeNull();
  expect(await findSessionCaller(second, after(1))).toBeNull();
  expect(await findSessionCaller(bert.sessionToken, after(1))).not.toBeNull();
});

test("a disabled person's session is dead at once", async () => {
  const admin = await aSignedInPerson("admin", start);
  const { caller, sessionToken } = await aSignedInPerson("developer", start);
  await changePerson(caller.personId, { isDisabled: true }, { caller: admin.caller, now: after(1) });
  expect(await findSessionCaller(sessionToken, after(1))).toBeNull();
});

test("a new role counts from the next request on", async () => {
  const admin = await aSignedInPerson("admin", start);
  const { caller, sessionToken } = await aSignedInPerson("lead", start);
  await changePerson(caller.personId, { role: "viewer" }, { caller: admin.caller, now: after(1) });
  const now = await findSessionCaller(sessionToken, after(1));
  expect(now?.role).toBe("viewer");
  expect(now?.permissions.has("sync:run")).toBe(false);
});

test("an admin counts as signed in only while a session of theirs lives", async () => {
  const far = new Date("2030-01-01T00:00:00Z");
  expect(await hasLiveAdminSession(far)).toBe(false);
  await aSignedInPerson("lead", far);
  expect(await hasLiveAdminSession(far)).toBe(false);
  await aSignedInPerson("admin", far);
  expect(await hasLiveAdminSession(far)).toBe(true);
  expect(await hasLiveAdminSession(new Date(far.getTime() + 13 * 3_600_000))).toBe(false);
});
