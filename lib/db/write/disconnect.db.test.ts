import { beforeEach, expect, test } from "vitest";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { startPass, wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { newId } from "../identity.ts";
import { disconnectConnection, resumeDisconnections } from "./disconnect.ts";
import { saveObservedFindings } from "./observed-findings.ts";
import { verifyRollups } from "./verify-rollups.ts";

appDatabase();

let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  connectionId = await aConnection();
});

const JANUARY_1 = "2026-01-01T00:00:00.000Z";
const JANUARY_2 = "2026-01-02T00:00:00.000Z";
const now = new Date(JANUARY_2);
const actor = { personId: newId(), userName: "ada" };

test("what only a disconnected connection reported closes as lost, the rest stays", async () => {
  const other = await aConnection();
  const shared = anObservedFinding();
  await wholePass(connectionId, JANUARY_1, [shared, anObservedFinding({ accountId: "444455556666" })]);
  await wholePass(other, JANUARY_1, [shared]);
  await disconnectConnection(connectionId, actor, now);
  const { rows } = await database().pool.query(
    "SELECT account_id, status, closed_reason FROM finding ORDER BY account_id",
  );
  expect(rows).toEqual([
    { account_id: "111122223333", status: "active", closed_reason: null },
    { account_id: "444455556666", status: "closed", closed_reason: "scope-lost" },
  ]);
  const { rows: scopes } = await database().pool.query("SELECT account_id, lost_at FROM scope ORDER BY account_id");
  expect(scopes).toEqual([
    { account_id: "111122223333", lost_at: null },
    { account_id: "444455556666", lost_at: now },
  ]);
  expect(await verifyRollups()).toEqual([]);
});

test("a mass close that waited needs no decision any more", async () => {
  await wholePass(
    connectionId,
    JANUARY_1,
    Array.from({ length: 60 }, () => anObservedFinding()),
  );
  await wholePass(connectionId, JANUARY_1, []);
  await disconnectConnection(connectionId, actor, now);
  const { rows } = await database().pool.query(
    "SELECT status, closed_reason, count(*)::int AS n FROM finding GROUP BY 1, 2",
  );
  expect(rows).toEqual([{ status: "closed", closed_reason: "scope-lost", n: 60 }]);
  const { rows: held } = await database().pool.query("SELECT state FROM held_close");
  expect(held).toEqual([{ state: "rejected" }]);
});

test("a pass that is under way is cut off", async () => {
  const pass = await startPass(connectionId, "whole", JANUARY_1);
  await disconnectConnection(connectionId, actor, now);
  await expect(saveObservedFindings(pass, [anObservedFinding()])).rejects.toMatchObject({ code: "conflict" });
});

test("a disconnection that was broken off is gone on with", async () => {
  await wholePass(connectionId, JANUARY_1, [anObservedFinding()]);
  await database().pool.query("UPDATE connection SET disconnected_at = $1", [now]);
  await resumeDisconnections(now);
  const { rows } = await database().pool.query("SELECT closed_reason FROM finding");
  expect(rows).toEqual([{ closed_reason: "scope-lost" }]);
});

test("what is connected again begins anew: its findings are back, and new ones are no wave", async () => {
  const finding = anObservedFinding();
  await wholePass(connectionId, JANUARY_1, [finding]);
  await disconnectConnection(connectionId, actor, now);
  await wholePass(await aConnection(), "2026-02-01T00:00:00Z", [finding, anObservedFinding()]);
  const { rows } = await database().pool.query("SELECT kind, cause FROM lifecycle_event ORDER BY recorded_at, id");
  expect(
    rows
      .map(({ kind, cause }) => `${kind} ${cause}`)
      .slice(2)
      .sort(),
  ).toEqual(["opened scope-added", "reopened source"]);
  const { rows: scopes } = await database().pool.query("SELECT lost_at, first_whole_pass_at FROM scope");
  expect(scopes).toEqual([{ lost_at: null, first_whole_pass_at: new Date("2026-02-01") }]);
});

test("who disconnects is on record once, and nothing is disconnected that is not there", async () => {
  await disconnectConnection(connectionId, actor, now);
  await disconnectConnection(connectionId, actor, now);
  const { rows } = await database().pool.query("SELECT actor FROM audit_event WHERE target = $1", [connectionId]);
  expect(rows).toEqual([{ actor: "ada" }]);
  await expect(disconnectConnection(newId(), actor, now)).rejects.toMatchObject({ code: "not-found" });
});
