import { afterAll, beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { getFreshness } from "#lib/db/read/freshness.ts";
import { getSample } from "#lib/db/read/sample.ts";
import { weeksBetween } from "#lib/domain/sample-progress.ts";
import { observeSampleOrganisation } from "#lib/sources/inspector/sample-organisation.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { aConnection, sampleTruth, storedFindings, syncSample, withSampleAt } from "#testing/sample-sync.ts";
import { startSample as startSampleServer } from "../../sample/server.ts";
import { removeSample, replaceSample, requestSampleRemoval } from "./remove-sample.ts";
import { replaySample } from "./replay-sample.ts";
import { requestDueSyncs } from "./request-sync.ts";
import { startSample } from "./start-sample.ts";
import { verify } from "./verify-rollups.ts";

queueDatabase();

const end = new Date("2026-11-01T00:00:00Z");
const sample = await startSampleServer({ port: 0, findings: 300, end });
afterAll(() => sample.close());
const { signal } = new AbortController();
const clock = () => end;

beforeEach(async () => {
  await database().pool.query("DELETE FROM setting; DELETE FROM pgboss.job");
});

test("a sample that is removed in the middle of its year goes wholly, its replay ends in peace, and it does not come back", async () => {
  const { accounts, regions, start } = await observeSampleOrganisation(sample.url, signal);
  await startSample("on", async () => ({ accounts, regions, endsAt: end, weeks: weeksBetween(start, end) }), clock());
  let passes = 0;
  await replaySample({
    withSourceAt: async (region, asOf, use) => {
      passes += 1;
      if (passes === 10) await requestSampleRemoval("ada", clock());
      return await withSampleAt(sample.url, region, asOf, use);
    },
    signal,
    clock,
  });
  expect(passes).toBeLessThan(15);
  expect(await getSample()).toMatchObject({ state: "removing" });

  expect(await removeSample(signal, clock)).toEqual([]);
  expect(await storedFindings()).toEqual([]);
  expect((await getFreshness(end)).scopes).toEqual([]);
  expect(await getSample()).toMatchObject({ state: "removed", accounts: 0, findings: 0 });

  await expect(requestSampleRemoval("ada", clock())).rejects.toMatchObject({ code: "not-found" });
  const never = () => Promise.reject(new Error("must not be asked"));
  expect(await startSample("on", never, clock())).toBe(false);
});

test("a connection that was pointed at the sample keeps what it reads", async () => {
  const { accounts, regions } = await observeSampleOrganisation(sample.url, signal);
  await startSample("on", async () => ({ accounts, regions, endsAt: end, weeks: 1 }), clock());
  const withSourceAt: Parameters<typeof replaySample>[0]["withSourceAt"] = (region, asOf, use) =>
    withSampleAt(sample.url, region, asOf, use);
  await replaySample({ withSourceAt, signal, clock });
  const [region = ""] = regions;
  const connectionId = await aConnection(region);
  const read = (asOf: Date) => syncSample(sample.url, { connectionId, region, asOf, mode: "whole" });
  await replaceSample(await read(end), end);
  await removeSample(signal, clock);

  expect(await requestDueSyncs(end)).toBe(1);
  await database().pool.query("DELETE FROM sync_run WHERE state = 'queued'");
  await read(new Date(end.getTime() + 60_000));
  expect(await storedFindings()).toEqual(await sampleTruth(sample.url, [region], end));
  expect(await verify()).toEqual([]);
  const { scopes, asOf } = await getFreshness(end);
  expect(new Set(scopes.map((scope) => scope.isSample))).toEqual(new Set([false]));
  expect(asOf).toBe(new Date(end.getTime() + 60_000).toISOString());
});

test("only a whole pass of a real source that went well takes the sample's place", async () => {
  const run = {
    id: "00000000-0000-4000-8000-000000000000",
    connectionId: "00000000-0000-4000-8000-000000000000",
    source: "inspector",
    region: "eu-west-1",
    mode: "whole",
    trigger: "schedule",
    state: "succeeded",
    asOf: end.toISOString(),
    startedAt: null,
    finishedAt: null,
    counts: { pages: 0, observed: 0, opened: 0, changed: 0, closed: 0, reopened: 0, unchanged: 0, throttles: 0 },
    failure: null,
    isSample: false,
  } as const;
  const { accounts, regions } = await observeSampleOrganisation(sample.url, signal);
  await startSample("on", async () => ({ accounts, regions, endsAt: end, weeks: 52 }), clock());
  expect(await replaceSample({ ...run, isSample: true }, end)).toBe(false);
  expect(await replaceSample({ ...run, mode: "incremental" }, end)).toBe(false);
  expect(await replaceSample({ ...run, state: "partial" }, end)).toBe(false);
  expect(await replaceSample(run, end)).toBe(true);
});
