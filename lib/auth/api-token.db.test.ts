import { expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { apiDatabase, aSignedInPerson, aTokenOf } from "#testing/api.ts";
import {
  createApiToken,
  findTokenCaller,
  isTokenText,
  listApiTokens,
  newTokenText,
  revokeApiToken,
} from "./api-token.ts";
import { changePerson } from "./people.ts";

apiDatabase();
const now = new Date("2026-05-01T08:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const DAY_MS = 24 * 3_600_000;

test("a token acts for its person with the permissions it was given", async () => {
  const { caller } = await aSignedInPerson("lead", now);
  const token = await aTokenOf(caller, ["scans:write"], now);
  const found = await findTokenCaller(token, now);
  expect(found).toMatchObject({ via: "token", personId: caller.personId, userName: caller.userName });
  expect([...(found?.permissions ?? [])]).toEqual(["scans:write"]);
});

test("a token cannot be given what its maker may not do", async () => {
  const { caller } = await aSignedInPerson("viewer", now);
  const wanted = { name: "more", permissions: ["findings:read" as const, "sync:run" as const], expiresInDays: 1 };
  await expect(createApiToken(wanted, caller, now)).rejects.toMatchObject({ code: "forbidden" });
  expect(await listApiTokens(caller.personId)).toEqual([]);
});

test("a token loses what its person loses", async () => {
  const admin = await aSignedInPerson("admin", now);
  const { caller } = await aSignedInPerson("lead", now);
  const token = await aTokenOf(caller, ["findings:read", "sync:run"], now);
  await changePerson(caller.personId, { role: "viewer" }, { caller: admin.caller, now });
  expect([...((await findTokenCaller(token, now))?.permissions ?? [])]).toEqual(["findings:read"]);
  await changePerson(caller.personId, { isDisabled: true }, { caller: admin.caller, now });
  expect(await findTokenCaller(token, now)).toBeNull();
});

test("a token ends when it expires and when it is revoked", async () => {
  const { caller } = await aSignedInPerson("viewer", now);
  const token = await aTokenOf(caller, undefined, now);
  expect(await findTokenCaller(token, later(DAY_MS))).toBeNull();
  const [listed] = await listApiTokens(caller.personId);
  await revokeApiToken(listed!.id, caller, now);
  expect(await findTokenCaller(token, now)).toBeNull();
  expect((await listApiTokens(caller.personId))[0]).toMatchObject({ revokedAt: now.toISOString() });
});

test("nobody revokes somebody else's token", async () => {
  const anna = await aSignedInPerson("viewer", now);
  const bert = await aSignedInPerson("admin", now);
  const token = await aTokenOf(anna.caller, undefined, now);
  const [listed] = await listApiTokens(anna.caller.personId);
  await expect(revokeApiToken(listed!.id, bert.caller, now)).rejects.toMatchObject({ code: "not-found" });
  expect(await findTokenCaller(token, now)).not.toBeNull();
});

test("last used is kept to the minute", async () => {
  const { caller } = await aSignedInPerson("viewer", now);
  const token = await aTokenOf(caller, undefined, now);
  for (const at of [now, later(30_000), later(59_000)]) await findTokenCaller(token, at);
  expect((await listApiTokens(caller.personId))[0]?.lastUsedAt).toBe(now.toISOString());
  await findTokenCaller(token, later(61_000));
  expect((await listApiTokens(caller.personId))[0]?.lastUsedAt).toBe(later(61_000).toISOString());
});

test("the database holds no token's text", async () => {
  const { caller } = await aSignedInPerson("viewer", now);
  const token = await aTokenOf(caller, undefined, now);
  const { rows } = await database().pool.query(
    "SELECT t::text FROM api_token t UNION ALL SELECT a::text FROM audit_event a",
  );
  expect(JSON.stringify(rows)).not.toContain(token.slice(10));
});

test("a token with a mistyped character is known as none without a look into the database", () => {
  const token = newTokenText();
  expect(isTokenText(token)).toBe(true);
  const swapped = token[20] === "A" ? "B" : "A";
  expect(isTokenText(token.slice(0, 20) + swapped + token.slice(21))).toBe(false);
  expect(isTokenText("slt_")).toBe(false);
});
