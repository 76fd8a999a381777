import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { closeDatabase, database, inTransaction, openDatabase } from "#lib/db/database.ts";
import { apiDatabase, ask, BOOTSTRAP_TOKEN, bearer } from "#testing/api.ts";
import { handleQuery } from "./handlers.ts";

const urls = apiDatabase();

afterEach(async () => {
  await closeDatabase();
  openDatabase(urls.url);
});

test("a question that takes longer than it may is ended, and the answer says what to do", async () => {
  await closeDatabase();
  openDatabase(urls.url, 1);
  const slow = handleQuery("findings:read", z.object({}), () => database().pool.query("SELECT pg_sleep(600)"));
  const answer = await ask(slow, "/x", { headers: bearer(BOOTSTRAP_TOKEN) });
  expect(answer.status).toBe(504);
  expect(await answer.json()).toMatchObject({
    type: "urn:sightline:problem:too-slow",
    detail: expect.stringContaining("Narrow it: by account, team, severity or fewer days"),
  });
});

test("what changes something may take as long as it needs", async () => {
  await closeDatabase();
  openDatabase(urls.url, 1);
  const { rows } = await inTransaction((client) => client.query("SHOW statement_timeout"));
  expect(rows).toEqual([{ statement_timeout: "0" }]);
  expect((await database().pool.query("SHOW statement_timeout")).rows).toEqual([{ statement_timeout: "1s" }]);
});
