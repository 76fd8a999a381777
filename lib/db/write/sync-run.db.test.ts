import { beforeEach, expect, test } from "vitest";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass, startPass, wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { newId } from "../identity.ts";
import { saveObservedFindings } from "./observed-findings.ts";
import { beatSyncRun, failSyncRun, finishSyncRun, startSyncRun } from "./sync-run.ts";

appDatabase();

let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  connectionId = await aConnection();
});

const JANUARY_1 = "2026-01-01T00:00:00.000Z";
const JANUARY_2 = "2026-01-02T00:00:00.000Z";
const throttled = { code: "throttled" as const, message: "Too many requests.", permission: null };

test("an incremental pass reads from ten minutes before the last, and everything when there was none", async () => {
  const first = await startPass(connectionId, "incremental", JANUARY_1);
  expect(first).toMatchObject({ mode: "whole", since: null });
  await finishSyncRun(first);
  const second = await startPass(connectionId, "incremental", JANUARY_2);
  expect(second).toMatchObject({ mode: "incremental", since: new Date("2025-12-31T23:50:00Z") });
});

test("after a pass that broke off the next one begins where that one did", async () => {
  await wholePass(connectionId, JANUARY_1, []);
  await failSyncRun(await startPass(connectionId, "incremental", JANUARY_2), throttled);
  const next = await startPass(connectionId, "incremental", JANUARY_2);
  expect(next.since).toEqual(new Date("2025-12-31T23:50:00Z"));
});

test("a connection has one live pass at a time", async () => {
  await startPass(connectionId, "whole", JANUARY_1);
  await expect(startPass(connectionId, "whole", JANUARY_1)).rejects.toMatchObject({ code: "conflict" });
});

test("two scans may come in side by side", async () => {
  const scan = { connectionId, mode: "whole", trigger: "scan", now: new Date(JANUARY_1), requestedBy: null } as const;
  const passes = await Promise.all([startSyncRun(scan), startSyncRun(scan)]);
  for (const pass of passes) await finishSyncRun(pass);
});

test("a pass without a sign of life is marked interrupted, and can write no more", async () => {
  const dead = await startPass(connectionId, "whole", JANUARY_1);
  await database().pool.query("UPDATE sync_run SET heartbeat_at = heartbeat_at - interval '1 hour'");
  await startPass(connectionId, "whole", JANUARY_2);
  const { rows } = await database().pool.query("SELECT state, failure->>'code' AS code FROM sync_run WHERE id = $1", [
    dead.runId,
  ]);
  expect(rows).toEqual([{ state: "failed", code: "interrupted" }]);
  await expect(saveObservedFindings(dead, [anObservedFinding()])).rejects.toMatchObject({ code: "conflict" });
  await expect(finishSyncRun(dead)).rejects.toMatchObject({ code: "conflict" });
});

test("a run that its job starts again fences off the attempt before", async () => {
  const request = {
    connectionId,
    mode: "whole",
    trigger: "person",
    now: new Date(JANUARY_1),
    requestedBy: null,
  } as const;
  const runId = newId();
  const first = await startSyncRun({ ...request, runId });
  const second = await startSyncRun({ ...request, runId });
  await expect(saveObservedFindings(first, [anObservedFinding()])).rejects.toMatchObject({ code: "conflict" });
  await beatSyncRun(first);
  await saveObservedFindings(second, [anObservedFinding()]);
  expect(await finishSyncRun(second)).toMatchObject({ id: runId, state: "succeeded", counts: { opened: 1 } });
  await expect(startSyncRun({ ...request, runId })).rejects.toMatchObject({ code: "conflict" });
});

test("a pass that breaks off before it saved anything has failed", async () => {
  const run = await failSyncRun(await startPass(connectionId, "whole", JANUARY_1), throttled);
  expect(run).toMatchObject({ state: "failed", failure: throttled });
  const { rows } = await database().pool.query("SELECT failure->>'code' AS code FROM connection");
  expect(rows).toEqual([{ code: "throttled" }]);
  expect(await startPass(connectionId, "incremental", JANUARY_2)).toMatchObject({ mode: "whole", since: null });
});

test("a pass that a person stops is cancelled", async () => {
  const failure = { code: "cancelled" as const, message: "Cancelled.", permission: null };
  expect(await failSyncRun(await startPass(connectionId, "whole", JANUARY_1), failure)).toMatchObject({
    state: "cancelled",
  });
});

test("a whole pass makes its scopes known, an incremental one leaves them as they were", async () => {
  await wholePass(connectionId, JANUARY_1, [anObservedFinding({ accountId: "111122223333" })]);
  await incrementalPass(connectionId, JANUARY_2, [anObservedFinding({ accountId: "444455556666" })]);
  const { rows } = await database().pool.query(
    "SELECT account_id, first_pass_at, first_whole_pass_at FROM scope ORDER BY account_id",
  );
  const [first, second] = [new Date(JANUARY_1), new Date(JANUARY_2)];
  expect(rows).toEqual([
    { account_id: "111122223333", first_pass_at: first, first_whole_pass_at: first },
    { account_id: "444455556666", first_pass_at: second, first_whole_pass_at: null },
  ]);
  const { rows: passes } = await database().pool.query(
    "SELECT account_id, mode FROM scope_pass ORDER BY recorded_at, account_id",
  );
  expect(passes.map(({ account_id, mode }) => `${account_id} ${mode}`)).toEqual([
    "111122223333 whole",
    "111122223333 incremental",
    "444455556666 incremental",
  ]);
});

test("a whole pass that has not closed what it did not see makes no scope known", async () => {
  const pass = await startPass(connectionId, "whole", JANUARY_1);
  await saveObservedFindings(pass, [anObservedFinding()]);
  await finishSyncRun(pass);
  const { rows } = await database().pool.query("SELECT first_whole_pass_at FROM scope");
  expect(rows).toEqual([{ first_whole_pass_at: null }]);
});

test("no pass starts over a connection that is not there, or was disconnected", async () => {
  await expect(startPass(newId(), "whole", JANUARY_1)).rejects.toMatchObject({ code: "not-found" });
  await database().pool.query("UPDATE connection SET disconnected_at = now()");
  await expect(startPass(connectionId, "whole", JANUARY_1)).rejects.toMatchObject({ code: "conflict" });
});
