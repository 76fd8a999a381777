import { beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { apiDatabase, aSignedInPerson, BOOTSTRAP_TOKEN } from "#testing/api.ts";
import { findBootstrapCaller } from "./bootstrap-token.ts";
import { changePerson, endSessions, listPeople } from "./people.ts";

apiDatabase();
beforeEach(() => database().pool.query("DELETE FROM person"));
const now = new Date("2026-05-01T08:00:00Z");

test("people are listed by user name with their live sessions, and the bootstrap token is none of them", async () => {
  await findBootstrapCaller(BOOTSTRAP_TOKEN);
  const lead = await aSignedInPerson("lead", now);
  const admin = await aSignedInPerson("admin", new Date(now.getTime() - 13 * 3_600_000));
  const people = await listPeople(now);
  expect(people).toMatchObject([
    { userName: admin.caller.userName, liveSessions: 0, lastSeenAt: null },
    { userName: lead.caller.userName, liveSessions: 1, lastSeenAt: now.toISOString(), role: "lead", disabledAt: null },
  ]);
});

test("the last admin can neither step down nor be shut out", async () => {
  const { caller } = await aSignedInPerson("admin", now);
  for (const change of [{ role: "viewer" as const }, { isDisabled: true }]) {
    await expect(changePerson(caller.personId, change, { caller, now })).rejects.toMatchObject({ code: "conflict" });
  }
  expect(await listPeople(now)).toMatchObject([{ role: "admin", disabledAt: null }]);
});

test("two admins who shut out each other at once do not both succeed", async () => {
  const anna = await aSignedInPerson("admin", now);
  const bert = await aSignedInPerson("admin", now);
  const results = await Promise.allSettled([
    changePerson(anna.caller.personId, { isDisabled: true }, { caller: bert.caller, now }),
    changePerson(bert.caller.personId, { isDisabled: true }, { caller: anna.caller, now }),
  ]);
  expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await listPeople(now)).filter((person) => person.disabledAt === null)).toHaveLength(1);
});

test("a person who is let in again has their old role and no old session", async () => {
  const admin = await aSignedInPerson("admin", now);
  const { caller } = await aSignedInPerson("lead", now);
  await changePerson(caller.personId, { isDisabled: true }, { caller: admin.caller, now });
  await changePerson(caller.personId, { isDisabled: false }, { caller: admin.caller, now });
  const listed = (await listPeople(now)).find((person) => person.id === caller.personId);
  expect(listed).toMatchObject({ role: "lead", disabledAt: null, liveSessions: 0 });
});

test("every change of a person leaves its audit row, and a refused one leaves none", async () => {
  const admin = await aSignedInPerson("admin", now);
  const { caller } = await aSignedInPerson("lead", now);
  await changePerson(caller.personId, { role: "viewer" }, { caller: admin.caller, now });
  await endSessions(caller.personId, { caller: admin.caller, now });
  await expect(
    changePerson(admin.caller.personId, { isDisabled: true }, { caller: admin.caller, now }),
  ).rejects.toThrow();
  const { rows } = await database().pool.query(
    "SELECT actor, action, target, detail FROM audit_event WHERE actor = $1 ORDER BY id",
    [admin.caller.userName],
  );
  const common = { actor: admin.caller.userName, target: caller.personId };
  expect(rows).toEqual([
    { ...common, action: "person.change", detail: { role: "viewer" } },
    { ...common, action: "session.end-all", detail: { ended: 1 } },
  ]);
});

test("nobody changes or signs out a person who is not there", async () => {
  const { caller } = await aSignedInPerson("admin", now);
  const unknown = "00000000-0000-7000-8000-00000000ffff";
  await expect(changePerson(unknown, { role: "lead" }, { caller, now })).rejects.toMatchObject({ code: "not-found" });
  await expect(endSessions(unknown, { caller, now })).rejects.toMatchObject({ code: "not-found" });
});
