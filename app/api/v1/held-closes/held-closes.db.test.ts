import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { apiDatabase, aSignedInPerson, ask, BOOTSTRAP_TOKEN, bearer } from "#testing/api.ts";
import { aConnection } from "#testing/sample-sync.ts";
import * as heldClose from "./[id]/route.ts";
import * as heldCloses from "./route.ts";

const db = apiDatabase();
beforeAll(async () => {
  await openQueue(db.url);
});
afterAll(() => closeQueue());

let id = "";
beforeEach(async () => {
  id = randomUUID();
  const [connectionId, runId] = [await aConnection("eu-west-1"), randomUUID()];
  await database().pool.query(
    `INSERT INTO sync_run (id, connection_id, mode, trigger, state, as_of, counts)
     VALUES ($1, $2, 'whole', 'schedule', 'held', now(), '{}')`,
    [runId, connectionId],
  );
  await database().pool.query(
    `INSERT INTO held_close (id, run_id, account_id, region, source, active, would_close, finding_ids, created_at)
     VALUES ($1, $2, '111122223333', 'eu-west-1', 'inspector', 100, 60, '{}', now())`,
    [id, runId],
  );
});

const admin = bearer(BOOTSTRAP_TOKEN);
const decide = (body: unknown, { headers = admin, of = id } = {}) =>
  ask(heldClose.POST, "/x", { method: "POST", headers, body, params: { id: of } });

test("a mass close that waits is listed with what it would close", async () => {
  const { items } = await (await ask(heldCloses.GET, "/x", { headers: admin })).json();
  expect(items[0]).toMatchObject({ id, accountId: "111122223333", active: 100, wouldClose: 60, state: "held" });
});

test("a decision is queued with who made it, and recorded", async () => {
  expect((await decide({ decision: "confirmed" })).status).toBe(202);
  const { rows } = await database().pool.query("SELECT data FROM pgboss.job WHERE name = 'decide-held-close'");
  expect(rows.map(({ data }) => data)).toContainEqual({ id, decision: "confirmed", personId: expect.any(String) });
  const audit = await database().prisma.auditEvent.findFirst({ where: { target: id } });
  expect(audit).toMatchObject({ action: "held-close.confirm", actor: "bootstrap" });
});

test("of two decisions the second is told that it comes too late", async () => {
  expect((await decide({ decision: "rejected" })).status).toBe(202);
  expect((await decide({ decision: "confirmed" })).status).toBe(409);
});

test("what does not exist cannot be decided, and a word that is none is refused", async () => {
  expect((await decide({ decision: "confirmed" }, { of: randomUUID() })).status).toBe(404);
  expect((await decide({ decision: "maybe" })).status).toBe(400);
});

test("a viewer may see it and not decide", async () => {
  const { headers } = await aSignedInPerson("viewer");
  expect((await ask(heldCloses.GET, "/x", { headers })).status).toBe(200);
  expect((await decide({ decision: "confirmed" }, { headers })).status).toBe(403);
});
