import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { getSample, getSampleProgress } from "#lib/db/read/sample.ts";
import { weeksBetween } from "#lib/domain/sample-progress.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { observeSampleOrganisation } from "#lib/sources/inspector/sample-organisation.ts";
import { appDatabase } from "#testing/app-database.ts";
import { sampleTruth, storedFindings, withSampleAt } from "#testing/sample-sync.ts";
import { startSample as startSampleServer } from "../../sample/server.ts";
import { replaySample } from "./replay-sample.ts";
import { requestDueSyncs } from "./request-sync.ts";
import { startSample } from "./start-sample.ts";
import { verify } from "./verify-rollups.ts";

const db = appDatabase();
beforeAll(async () => {
  await openQueue(db.url);
});
afterAll(() => closeQueue());

const end = new Date("2026-11-01T00:00:00Z");
const WEEK_MS = 7 * 86_400_000;
const sample = await startSampleServer({ port: 0, findings: 1_000, end });
afterAll(() => sample.close());

const { signal } = new AbortController();
const clock = () => new Date("2026-11-01T00:10:00Z");

async function observe() {
  const { accounts, regions, start, end: endsAt } = await observeSampleOrganisation(sample.url, signal);
  return { accounts, regions, endsAt, weeks: weeksBetween(start, endsAt) };
}

/** Replays, and stops like a worker that is told to in the middle of the pass at `stopAt`. */
function replay(stopAt: Date | null = null): Promise<void> {
  const stopping = new AbortController();
  return replaySample({
    withSourceAt: (region, asOf, use) => {
      if (asOf.getTime() === stopAt?.getTime()) stopping.abort(new Error("The worker stops"));
      return withSampleAt(sample.url, region, asOf, use);
    },
    signal: stopping.signal,
    clock,
  });
}

async function count(sql: string, ...values: unknown[]): Promise<number> {
  const { rows } = await database().pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`, values);
  return rows[0]?.n ?? 0;
}

test("the year is replayed in order of time, interrupted and resumed, and ends where one whole pass ends", async () => {
  expect(await startSample("auto", observe, clock())).toBe(true);
  await expect(replay(new Date(end.getTime() - 32 * WEEK_MS))).rejects.toThrow();
  expect(await getSampleProgress()).toMatchObject({ state: "replaying", week: 19, weeks: 52 });
  await replay();

  const { regions, accounts } = await observe();
  const open = (lines: string[]) => lines.filter((line) => !line.includes(" closed "));
  expect(await storedFindings("open")).toEqual(open(await sampleTruth(sample.url, regions, end)));
  expect(await getSample()).toMatchObject({ state: "ready", week: 52, weeks: 52, isShown: true });
  expect(await count("account WHERE is_sample AND name IS NOT NULL")).toBe(accounts.length);
  expect(await verify()).toEqual([]);
}, 240_000);

test("its history is there: each quarter has findings that opened and findings that closed", async () => {
  for (const quarter of [0, 1, 2, 3]) {
    const from = new Date(end.getTime() - (52 - quarter * 13) * WEEK_MS);
    const to = new Date(from.getTime() + 13 * WEEK_MS);
    const ofKind = (kind: string) =>
      count("lifecycle_event WHERE kind = $1 AND recorded_at > $2 AND recorded_at <= $3", kind, from, to);
    expect(await ofKind("opened")).toBeGreaterThan(0);
    expect(await ofKind("closed")).toBeGreaterThan(0);
  }
  expect(await count("finding WHERE NOT is_sample")).toBe(0);
});

test("what the first pass saw is no wave of new findings", async () => {
  const first = new Date(end.getTime() - 52 * WEEK_MS);
  expect(await count("lifecycle_event WHERE recorded_at = $1 AND cause = 'new'", first)).toBe(0);
  expect(await count("lifecycle_event WHERE recorded_at = $1 AND cause = 'scope-added'", first)).toBeGreaterThan(0);
});

test("from then on its connections are read on their schedule, and first at once", async () => {
  expect(await count("connection WHERE is_sample AND next_run_at = $1", clock())).toBe(3);
  expect(await requestDueSyncs(clock())).toBe(3);
});

test("a sample is begun once in an installation's life", async () => {
  expect(await startSample("on", observe, clock())).toBe(false);
});
