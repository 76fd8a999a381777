import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { listSyncRuns } from "#lib/db/read/sync.ts";
import { syncRunFilterSchema } from "#lib/domain/sync-run.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { aConnection, aSucceededRun } from "#testing/sample-sync.ts";
import { requestDueSyncs, requestSync } from "./request-sync.ts";
import { resumeSyncRun } from "./resume-sync-run.ts";

queueDatabase();

const NOW = new Date("2026-11-01T12:00:00Z");
const minutesFrom = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const personId = randomUUID();

beforeEach(async () => {
  await database().pool.query("DELETE FROM sync_run; DELETE FROM connection; DELETE FROM pgboss.job");
});

/** A connection that was last read whole so many minutes ago, and is due at `dueAt`. */
async function aReadConnection({ wholeMinutesAgo = 60, dueAt = minutesFrom(30) as Date | null } = {}): Promise<string> {
  const id = await aConnection("us-east-1");
  const readAt = minutesFrom(-wholeMinutesAgo);
  await database().prisma.connection.update({ where: { id }, data: { nextRunAt: dueAt } });
  await aSucceededRun(id, "whole", readAt);
  return id;
}

async function jobs(): Promise<{ connectionId: string; runId: string }[]> {
  const { rows } = await database().pool.query("SELECT data FROM pgboss.job WHERE name = 'sync-connection'");
  return rows.map(({ data }) => data);
}

test("a run and its job are queued together", async () => {
  const connectionId = await aReadConnection();
  const [run] = await requestSync({ connectionId }, personId, NOW);
  expect(run).toMatchObject({ connectionId, state: "queued", trigger: "person", mode: "incremental" });
  expect(await jobs()).toEqual([{ connectionId, runId: run?.id }]);
});

test("a whole pass is read when one is due, or was asked for", async () => {
  const due = await aReadConnection({ wholeMinutesAgo: 1_440 });
  const fresh = await aReadConnection();
  const modes = async (request: Parameters<typeof requestSync>[0]) =>
    (await requestSync(request, personId, NOW)).map(({ mode }) => mode);
  expect(await modes({ connectionId: due })).toEqual(["whole"]);
  expect(await modes({ connectionId: fresh, mode: "whole" })).toEqual(["whole"]);
});

test("asking for all of them leaves out what is read by nobody", async () => {
  const connected = await aReadConnection();
  const disconnected = await aReadConnection();
  await database().prisma.connection.update({ where: { id: disconnected }, data: { disconnectedAt: NOW } });
  await aReadConnection({ dueAt: null }); // the sample during its replay
  const runs = await requestSync({}, personId, NOW);
  expect(runs.map(({ connectionId }) => connectionId)).toEqual([connected]);
});

test("a connection that does not exist, or cannot be asked, is not found", async () => {
  const waiting = await aReadConnection({ dueAt: null });
  for (const connectionId of [randomUUID(), waiting]) {
    await expect(requestSync({ connectionId }, personId, NOW)).rejects.toMatchObject({ code: "not-found" });
  }
});

test("many who ask at once follow one run", async () => {
  const connectionId = await aReadConnection();
  const asked = await Promise.all(Array.from({ length: 6 }, () => requestSync({ connectionId }, personId, NOW)));
  expect(new Set(asked.flat().map(({ id }) => id)).size).toBe(1);
  expect(await jobs()).toHaveLength(1);
});

test("what is due is queued once, however many workers look, and is next due after its interval", async () => {
  const due = await aReadConnection({ dueAt: minutesFrom(-1) });
  await aReadConnection({ dueAt: minutesFrom(1) });
  const queued = await Promise.all([1, 2, 3].map(() => requestDueSyncs(NOW)));
  expect(queued.reduce((sum, n) => sum + n, 0)).toBe(1);
  expect((await jobs()).map(({ connectionId }) => connectionId)).toEqual([due]);
  const row = await database().prisma.connection.findUniqueOrThrow({ where: { id: due } });
  expect(row.nextRunAt).toEqual(minutesFrom(60));
});

test("a job that comes again takes its run over, and starts another where it was marked interrupted", async () => {
  const connectionId = await aReadConnection();
  const [run] = await requestSync({ connectionId }, personId, NOW);
  const runId = run?.id ?? "";
  const first = await resumeSyncRun(runId, NOW);
  expect(await resumeSyncRun(runId, NOW)).toMatchObject({ runId, attempt: (first?.attempt ?? 0) + 1 });

  const failure = { code: "interrupted", message: "", permission: null };
  await database().prisma.syncRun.update({ where: { id: runId }, data: { state: "partial", failure } });
  const other = await resumeSyncRun(runId, NOW);
  expect(other?.runId).not.toBe(runId);
});

test("a job whose run has ended has nothing left to do", async () => {
  const connectionId = await aReadConnection();
  const [run] = await requestSync({ connectionId }, personId, NOW);
  await database().prisma.syncRun.update({ where: { id: run?.id ?? "" }, data: { state: "succeeded" } });
  expect(await resumeSyncRun(run?.id ?? "", NOW)).toBeNull();
  expect(await resumeSyncRun(randomUUID(), NOW)).toBeNull();
});

test("the list of runs pages from the newest to the oldest, each once", async () => {
  for (let minute = 0; minute < 5; minute++) {
    const connectionId = await aReadConnection();
    await requestSync({ connectionId }, personId, minutesFrom(Math.floor(minute / 2)));
  }
  const all = await listSyncRuns(syncRunFilterSchema.parse({ state: "queued" }));
  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listSyncRuns(
      syncRunFilterSchema.parse({ state: "queued", limit: 2, ...(cursor ? { cursor } : {}) }),
    );
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(paged).toEqual(all.items.map(({ id }) => id));
  expect(paged).toHaveLength(5);
  await expect(listSyncRuns(syncRunFilterSchema.parse({ cursor: "e30" }))).rejects.toMatchObject({
    code: "invalid-input",
  });
});
