import { beforeEach, expect, test } from "vitest";
import type { SyncFailure } from "#lib/domain/sync-run.ts";
import { appDatabase } from "#testing/app-database.ts";
import { aConnection, aSucceededRun } from "#testing/sample-sync.ts";
import { database } from "../database.ts";
import { getFreshness } from "./freshness.ts";

appDatabase();

const NOW = new Date("2026-11-01T12:00:00Z");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

beforeEach(async () => {
  await database().pool.query("DELETE FROM scope_pass; DELETE FROM scope; DELETE FROM connection; DELETE FROM setting");
});

type Place = {
  accountId: string;
  passMinutesAgo?: number;
  wholeMinutesAgo?: number | null;
  failure?: SyncFailure;
  isSample?: boolean;
};

/** A place that one connection has read. */
async function aPlace({
  accountId,
  passMinutesAgo = 10,
  wholeMinutesAgo = passMinutesAgo,
  failure,
  isSample = false,
}: Place) {
  const connectionId = await aConnection("eu-west-1");
  const lastPassAt = minutesAgo(passMinutesAgo);
  const lastWholePassAt = wholeMinutesAgo === null ? null : minutesAgo(wholeMinutesAgo);
  const { prisma } = database();
  await prisma.connection.update({
    where: { id: connectionId },
    data: { nextRunAt: NOW, isSample, ...(failure ? { failure } : {}) },
  });
  const place = { accountId, region: "eu-west-1", source: "inspector" };
  await prisma.scope.create({ data: { ...place, isSample } });
  const passes = [
    ...(lastWholePassAt ? [{ ...place, connectionId, mode: "whole", recordedAt: lastWholePassAt }] : []),
    { ...place, connectionId, mode: "incremental", recordedAt: lastPassAt },
  ];
  await prisma.scopePass.createMany({ data: passes, skipDuplicates: true });
  await aSucceededRun(connectionId, "whole", lastPassAt);
}

async function states(): Promise<Record<string, string>> {
  const { scopes } = await getFreshness(NOW);
  return Object.fromEntries(scopes.map(({ accountId, state }) => [accountId, state]));
}

const refused: SyncFailure = { code: "access-denied", message: "", permission: "inspector2:ListFindings" };
const unreachable: SyncFailure = { code: "unreachable", message: "", permission: null };

test("each place has the state that a person must know, what needs a look first", async () => {
  await aPlace({ accountId: "complete" });
  await aPlace({ accountId: "late", passMinutesAgo: 180 });
  await aPlace({ accountId: "long without a whole pass", wholeMinutesAgo: 3 * 1_440 });
  await aPlace({ accountId: "failed", failure: unreachable });
  await aPlace({ accountId: "refused", failure: refused });
  await aPlace({ accountId: "never", wholeMinutesAgo: null });
  expect(Object.entries(await states())).toEqual([
    ["refused", "refused"],
    ["failed", "failed"],
    ["never", "never"],
    ["late", "late"],
    ["long without a whole pass", "late"],
    ["complete", "complete"],
  ]);
});

test("data is as of the oldest last pass, and what is not complete is counted", async () => {
  await aPlace({ accountId: "a", passMinutesAgo: 10 });
  await aPlace({ accountId: "b", passMinutesAgo: 180 });
  expect(await getFreshness(NOW)).toMatchObject({ asOf: minutesAgo(180).toISOString(), late: 1 });
});

test("before the first pass nothing is known", async () => {
  expect(await getFreshness(NOW)).toEqual({ asOf: null, late: 0, scopes: [] });
});

test("a connection that was never read is shown, with the permission that it lacks", async () => {
  const id = await aConnection("eu-west-1");
  const roleArn = "arn:aws:iam::111122223333:role/SightlineRead";
  await database().prisma.connection.update({ where: { id }, data: { roleArn, nextRunAt: NOW, failure: refused } });
  expect((await getFreshness(NOW)).scopes).toEqual([
    {
      source: "inspector",
      accountId: "111122223333",
      accountName: null,
      region: "eu-west-1",
      state: "refused",
      lastWholePassAt: null,
      lastPassAt: null,
      failure: refused,
      isSample: false,
    },
  ]);
});

test("a hidden sample is left out", async () => {
  await aPlace({ accountId: "sample", isSample: true });
  expect(Object.keys(await states())).toEqual(["sample"]);
  await database().prisma.setting.create({ data: { key: "sample", value: { hidden: true } } });
  expect(await states()).toEqual({});
});

test("a place that is no longer read is no place to be late", async () => {
  await aPlace({ accountId: "left", passMinutesAgo: 9_999 });
  await database().pool.query("UPDATE scope SET lost_at = now()");
  expect(await states()).toEqual({});
});
