import { expect, test } from "vitest";
import { database, inTransaction } from "#lib/db/database.ts";
import { apiDatabase, aSignedInPerson } from "#testing/api.ts";
import { createLocalSignInLink } from "./local-sign-in-link.ts";
import { changePerson } from "./people.ts";
import { findSessionCaller } from "./session.ts";
import { createSignInLink, findSignInLink, INVITE_MS, type LinkHolder, LOCAL_LINK_MS, signIn } from "./sign-in-link.ts";

apiDatabase();
const now = new Date("2026-05-01T08:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const system = { personId: null, userName: "system" };

function aLink(holder: LinkHolder, maker: { personId: string | null; userName: string } = system): Promise<string> {
  return inTransaction((client) => createSignInLink(client, { holder, maker, ttlMs: INVITE_MS, now }));
}

function use(token: string, userName?: string, at = now): Promise<string> {
  return signIn({ token, userName, userAgent: "test", replaced: null, now: at });
}

test("a link for a new person makes one with its role and the name they chose", async () => {
  const session = await use(await aLink({ role: "developer" }), "dora");
  expect(await findSessionCaller(session, now)).toMatchObject({ userName: "dora", role: "developer", via: "session" });
});

test("a link for somebody who is known signs them in as themselves", async () => {
  const { caller } = await aSignedInPerson("lead", now);
  const session = await use(await aLink({ personId: caller.personId }), "somebody-else");
  expect(await findSessionCaller(session, now)).toMatchObject({ userName: caller.userName, role: "lead" });
});

test("of ten who use one link at once, one gets in", async () => {
  const token = await aLink({ role: "viewer" });
  const tries = Array.from({ length: 10 }, (_, index) => use(token, `racer-${index}`));
  const results = await Promise.allSettled(tries);
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  const { rows } = await database().pool.query("SELECT count(*)::int AS n FROM person WHERE user_name LIKE 'racer-%'");
  expect(rows[0].n).toBe(1);
});

test("looking at a link uses nothing up", async () => {
  const token = await aLink({ role: "viewer" });
  for (let look = 0; look < 3; look++) {
    expect(await findSignInLink(token, now)).toEqual({ role: "viewer", userName: null });
  }
  await use(token, "looker");
  expect(await findSignInLink(token, now)).toBeNull();
});

test("a link ends with its time", async () => {
  const token = await aLink({ role: "viewer" });
  expect(await findSignInLink(token, later(INVITE_MS))).toBeNull();
  await expect(use(token, "late", later(INVITE_MS))).rejects.toMatchObject({ code: "not-found" });
});

test("a user name that is taken is refused, and the link stays good", async () => {
  const { caller } = await aSignedInPerson("viewer", now);
  const token = await aLink({ role: "viewer" });
  await expect(use(token, caller.userName)).rejects.toMatchObject({
    code: "conflict",
    faults: [{ field: "userName" }],
  });
  await expect(use(token)).rejects.toMatchObject({ code: "invalid-input" });
  await expect(use(token, "another-name")).resolves.toBeTypeOf("string");
});

test("a link to a disabled person lets nobody in", async () => {
  const admin = await aSignedInPerson("admin", now);
  const { caller } = await aSignedInPerson("viewer", now);
  const token = await aLink({ personId: caller.personId });
  await changePerson(caller.personId, { isDisabled: true }, { caller: admin.caller, now });
  expect(await findSignInLink(token, now)).toBeNull();
  await expect(use(token)).rejects.toMatchObject({ code: "not-found" });
});

test("an invitation dies with the rights of the admin who made it", async () => {
  const admin = await aSignedInPerson("admin", now);
  const other = await aSignedInPerson("admin", now);
  const token = await aLink({ role: "admin" }, other.caller);
  await changePerson(other.caller.personId, { role: "lead" }, { caller: admin.caller, now });
  await expect(use(token, "back-door")).rejects.toMatchObject({ code: "not-found" });
});

test("the session that the browser had before ends with the sign-in", async () => {
  const before = await aSignedInPerson("viewer", now);
  const token = await aLink({ personId: before.caller.personId });
  await signIn({ token, userAgent: null, replaced: before.sessionToken, now });
  expect(await findSessionCaller(before.sessionToken, now)).toBeNull();
});

test("a sign-in and its audit row are there together", async () => {
  const { caller } = await aSignedInPerson("viewer", now);
  await use(await aLink({ personId: caller.personId }));
  const { rows } = await database().pool.query("SELECT action FROM audit_event WHERE target = $1 ORDER BY id", [
    caller.personId,
  ]);
  expect(rows.map((row) => row.action)).toEqual(["sign-in-link.create", "session.create"]);
});

test("a local link is for the person named, who is made when unknown, or else for the first admin", async () => {
  const token = await createLocalSignInLink({ userName: "ops", role: "lead", now });
  expect(await findSignInLink(token, now)).toEqual({ role: "lead", userName: "ops" });
  expect(await findSignInLink(token, later(LOCAL_LINK_MS))).toBeNull();
  const again = await createLocalSignInLink({ userName: "ops", now });
  expect(await findSignInLink(again, now)).toEqual({ role: "lead", userName: "ops" });
  const { rows } = await database().pool.query(
    "SELECT user_name FROM person WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id LIMIT 1",
  );
  const plain = await findSignInLink(await createLocalSignInLink({ now }), now);
  expect(plain).toEqual({ role: "admin", userName: rows[0].user_name });
});
