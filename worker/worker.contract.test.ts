import { pino } from "pino";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { env } from "#lib/config/env.ts";
import { database, openDatabase } from "#lib/db/database.ts";
import { apiDatabase, ask, BOOTSTRAP_TOKEN, bearer } from "#testing/api.ts";
import { sampleTruth, storedFindings } from "#testing/sample-sync.ts";
import * as connection from "../app/api/v1/connections/[id]/route.ts";
import * as connectionTest from "../app/api/v1/connections/[id]/test/route.ts";
import * as connections from "../app/api/v1/connections/route.ts";
import * as finding from "../app/api/v1/findings/[id]/route.ts";
import * as findings from "../app/api/v1/findings/route.ts";
import * as freshness from "../app/api/v1/freshness/route.ts";
import * as sampleRoute from "../app/api/v1/sample/route.ts";
import * as syncRuns from "../app/api/v1/sync-runs/route.ts";
import { startSample } from "../sample/server.ts";
import { startWorker, type Worker } from "./start-worker.ts";

// Each test waits for a worker that shares the machine with others.
vi.setConfig({ testTimeout: 60_000 });

const REGION = "us-east-1";
const end = new Date("2026-11-01T00:00:00Z");
/** The sample of the first start, and another organisation that stands for AWS. */
const sample = await startSample({ port: 0, findings: 200, end, seed: "first look" });
const aws = await startSample({ port: 0, findings: 2_000, end, seed: "real" });

const db = apiDatabase();
let worker: Worker;
beforeAll(async () => {
  Object.assign(process.env, {
    SIGHTLINE_SAMPLE: "auto",
    SIGHTLINE_SAMPLE_URL: sample.url,
    AWS_ENDPOINT_URL_INSPECTOR2: aws.url,
    AWS_ENDPOINT_URL_STS: "http://127.0.0.1:9",
    AWS_ACCESS_KEY_ID: "key",
    AWS_SECRET_ACCESS_KEY: "secret",
  });
  worker = await startWorker(env(), pino({ enabled: false }));
});
afterAll(async () => {
  await worker.stop();
  await sample.close();
  await aws.close();
});

const admin = { headers: bearer(BOOTSTRAP_TOKEN) };
const PATIENCE = { timeout: 55_000, interval: 100 };

async function get<T>(route: Parameters<typeof ask>[0], path: string, params: Record<string, string> = {}): Promise<T> {
  const answer = await ask(route, path, { ...admin, params });
  expect(answer.status).toBe(200);
  return await answer.json();
}

async function send(route: Parameters<typeof ask>[0], method: string, body: unknown, id?: string): Promise<Response> {
  return await ask(route, "/x", { ...admin, method, body, ...(id === undefined ? {} : { params: { id } }) });
}

type Run = { id: string; state: string; mode: string; failure: { code: string; permission: string | null } | null };

async function runOf(runId: string): Promise<Run | undefined> {
  const { items } = await get<{ items: Run[] }>(syncRuns.GET, "/x");
  return items.find(({ id }) => id === runId);
}

/** Waits until a run has ended, as a page does that follows it. */
async function whenEnded(runId: string): Promise<Run> {
  return await vi.waitFor(async () => {
    const run = await runOf(runId);
    expect(run?.state).not.toMatch(/queued|running|undefined/);
    // Found, or the line above has thrown.
    return run as Run;
  }, PATIENCE);
}

async function sync(connectionId: string, mode?: string): Promise<Run> {
  const answer = await send(syncRuns.POST, "POST", { connectionId, ...(mode ? { mode } : {}) });
  expect(answer.status).toBe(202);
  const { items } = await answer.json();
  return await whenEnded(items[0].id);
}

let connectionId = "";

test("the first start lives through the sample's year", async () => {
  await vi.waitFor(
    async () => {
      expect(await get(sampleRoute.GET, "/x")).toMatchObject({ state: "ready", week: 52, weeks: 52 });
    },
    { ...PATIENCE, timeout: 80_000 },
  );
  expect(await storedFindings()).not.toEqual([]);
}, 90_000);

test("the sample can be hidden, and shown again", async () => {
  const openOf = async () => (await get<{ total: { count: number } }>(findings.GET, "/x?status=active")).total.count;
  const shown = await openOf();
  expect(shown).toBeGreaterThan(0);
  expect(await (await send(sampleRoute.PATCH, "PATCH", { isShown: false })).json()).toMatchObject({ isShown: false });
  expect(await openOf()).toBe(0);
  await send(sampleRoute.PATCH, "PATCH", { isShown: true });
  expect(await openOf()).toBe(shown);
});

test("a connection that is made is tested and read at once, and the sample makes way for it", async () => {
  const answer = await send(connections.POST, "POST", {
    name: "Prod",
    roleArn: null,
    externalId: null,
    regions: [REGION],
  });
  expect(answer.status).toBe(201);
  connectionId = (await answer.json()).items[0].id;
  const { items } = await get<{ items: Run[] }>(syncRuns.GET, `/x?connectionId=${connectionId}`);
  expect(await whenEnded(items[0]?.id ?? "")).toMatchObject({ state: "succeeded", mode: "whole" });
  await vi.waitFor(async () => expect(await get(sampleRoute.GET, "/x")).toMatchObject({ state: "removed" }), PATIENCE);
  expect(await storedFindings()).toEqual(await sampleTruth(aws.url, [REGION], end));
});

test("its test names what AWS allows, and what could not be tried", async () => {
  type Report = { state: string; missing: string[]; checks: { permission: string; state: string }[] };
  const report = await vi.waitFor(async () => {
    const found = await get<Report>(connectionTest.GET, "/x", { id: connectionId });
    expect(found.state).toBe("done");
    return found;
  }, PATIENCE);
  expect(report.missing).toEqual([]);
  expect(Object.fromEntries(report.checks.map(({ permission, state }) => [permission, state]))).toEqual({
    "sts:GetCallerIdentity": "failed",
    "inspector2:BatchGetAccountStatus": "allowed",
    "inspector2:ListFindings": "allowed",
    "inspector2:ListCoverage": "allowed",
    "inspector2:ListFilters": "allowed",
    "inspector2:BatchGetFindingDetails": "allowed",
    "inspector2:BatchGetCodeSnippet": "allowed",
  });
});

test("a test names the permission that is missing", async () => {
  aws.inject({ kind: "deny", operation: "ListCoverage" });
  expect((await send(connectionTest.POST, "POST", {}, connectionId)).status).toBe(202);
  await vi.waitFor(async () => {
    expect(await get(connectionTest.GET, "/x", { id: connectionId })).toMatchObject({
      state: "done",
      missing: ["inspector2:ListCoverage"],
    });
  }, PATIENCE);
});

test("a refused pass shows in the run and in freshness, and the next one clears it", async () => {
  aws.inject({ kind: "deny", operation: "ListFindings" });
  expect((await sync(connectionId, "whole")).failure).toMatchObject({
    code: "access-denied",
    permission: "inspector2:ListFindings",
  });
  expect(new Set((await scopes()).map(({ state }) => state))).toEqual(new Set(["refused"]));
  expect((await sync(connectionId)).state).toBe("succeeded");
  expect(new Set((await scopes()).map(({ state }) => state))).toEqual(new Set(["complete"]));
});

async function scopes(): Promise<{ state: string }[]> {
  return (await get<{ scopes: { state: string }[] }>(freshness.GET, "/x")).scopes;
}

test("after a whole pass, syncing on demand reads what changed", async () => {
  expect(await sync(connectionId)).toMatchObject({ mode: "incremental", state: "succeeded" });
});

test("a person who asks twice follows one run", async () => {
  const askForRun = async (): Promise<string> => {
    const answer = await send(syncRuns.POST, "POST", { connectionId });
    return (await answer.json()).items[0].id;
  };
  const ids = new Set(await Promise.all([askForRun(), askForRun()]));
  for (const id of ids) await whenEnded(id);
  expect(ids.size).toBe(1);
});

test("code that a person opens is fetched from the source, or said to be unavailable", async () => {
  const { rows } = await database().pool.query<{ id: string }>(
    "SELECT id FROM finding WHERE type = 'code' AND status = 'active' ORDER BY id LIMIT 20",
  );
  const states = await vi.waitFor(async () => {
    const opened = rows.map(({ id }) => get<{ codeState: string }>(finding.GET, "/x", { id }));
    const found = (await Promise.all(opened)).map(({ codeState }) => codeState);
    expect(found).not.toContain("loading");
    return found;
  }, PATIENCE);
  expect(states).toContain("ready");
});

test("a pass that the worker's end interrupts is marked so, and read anew by the next worker", async () => {
  aws.inject({ kind: "hang", operation: "ListFindings" });
  const answer = await send(syncRuns.POST, "POST", { connectionId, mode: "whole" });
  const runId = (await answer.json()).items[0].id;
  await vi.waitFor(async () => expect((await runOf(runId))?.state).toBe("running"), PATIENCE);
  await restartWorker();
  expect(await runOf(runId)).toMatchObject({ state: "failed", failure: { code: "interrupted" } });
  await vi.waitFor(async () => {
    const { items } = await get<{ items: Run[] }>(syncRuns.GET, "/x?limit=1");
    expect(items[0]).toMatchObject({ mode: "whole", state: "succeeded" });
    expect(items[0]?.id).not.toBe(runId);
  }, PATIENCE);
  expect(await storedFindings()).toEqual(await sampleTruth(aws.url, [REGION], end));
});

async function restartWorker(): Promise<void> {
  await worker.stop();
  openDatabase(db.url);
  worker = await startWorker(env(), pino({ enabled: false }));
}

test("a connection that is due is read without anybody asking", async () => {
  await database().pool.query("UPDATE connection SET next_run_at = now() - interval '1 minute' WHERE id = $1", [
    connectionId,
  ]);
  await restartWorker(); // its schedule is looked at once at the start, then twice a minute
  await vi.waitFor(async () => {
    const { rows } = await database().pool.query(
      "SELECT 1 FROM sync_run WHERE trigger = 'schedule' AND state = 'succeeded'",
    );
    expect(rows).toHaveLength(1);
  }, PATIENCE);
});

test("disconnecting closes what nobody reads any more as scope-lost", async () => {
  expect((await send(connection.DELETE, "DELETE", {}, connectionId)).status).toBe(204);
  const { rows } = await database().pool.query<{ reason: string }>(
    "SELECT DISTINCT closed_reason AS reason FROM finding WHERE closed_at >= now() - interval '1 hour'",
  );
  expect(rows).toEqual([{ reason: "scope-lost" }]);
  expect(await storedFindings("open")).toEqual([]);
  expect((await send(syncRuns.POST, "POST", { connectionId })).status).toBe(404);
});
