import { beforeEach, expect, test } from "vitest";
import { findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { type OpenAgeQuery, type TrendScope, trendScopeSchema } from "#lib/domain/trends.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass, wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { countFindings } from "./list-findings.ts";
import { getOpenAge } from "./open-age.ts";

appDatabase();

let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  connectionId = await aConnection();
});

const DAY_MS = 86_400_000;
const NOW = new Date();
const TODAY_MS = Math.floor(NOW.getTime() / DAY_MS) * DAY_MS;
const ago = (days: number, ms = 0) => new Date(TODAY_MS - days * DAY_MS + ms);
const everything = trendScopeSchema.parse({});

let issues = 0;
const aged = (days: number, more: { severity?: Severity; ms?: number } = {}) =>
  anObservedFinding({
    cve: `CVE-2026-${++issues}`,
    severity: more.severity ?? "high",
    firstObservedAt: ago(days, more.ms),
    updatedAt: ago(days),
  });

async function agesOf(scope: TrendScope = everything) {
  const { buckets } = await getOpenAge(scope, NOW);
  return buckets.map(({ fromDays, toDays, findings }) => [fromDays, toDays, findings]);
}

/** For each age what its list holds. */
async function listsOf(query: OpenAgeQuery = everything): Promise<number[]> {
  const { asOf, buckets } = await getOpenAge(query, NOW);
  const counts = buckets.map(({ openedFrom, openedTo }) =>
    countFindings(
      findingConditionsSchema.parse({
        ...query,
        status: "active",
        issueOpenedFrom: openedFrom ?? undefined,
        issueOpenedTo: openedTo ?? undefined,
        asOf: asOf ?? undefined,
      }),
    ),
  );
  return (await Promise.all(counts)).map(({ count }) => count);
}

test("what is open is as old as the whole days of its issue's clock, and each age ends where the next begins", async () => {
  const observed = [aged(-1), aged(0, { severity: "low", ms: DAY_MS - 1 }), aged(7), aged(8, { ms: DAY_MS - 1 })];
  await wholePass(connectionId, ago(0).toISOString(), [...observed, aged(365), aged(366), aged(3_000)]);
  expect(await agesOf()).toEqual([
    [0, 7, 3],
    [8, 30, 1],
    [31, 90, 0],
    [91, 180, 0],
    [181, 365, 1],
    [366, null, 2],
  ]);
  expect(await listsOf()).toEqual([3, 1, 0, 0, 1, 2]);
  const { buckets } = await getOpenAge(everything, NOW);
  expect(buckets[0]).toMatchObject({ bySeverity: { high: 2, low: 1 }, openedTo: null });
  expect(await listsOf({ ...everything, severity: ["low"] })).toEqual([1, 0, 0, 0, 0, 0]);
});

test("a redeployed image is as old as before, and one issue of two findings counts both", async () => {
  const image = (tag: string, days: number) =>
    anObservedFinding({
      resource: { id: `api/${tag}`, lineage: "image:api" },
      firstObservedAt: ago(days),
      updatedAt: ago(days),
    });
  await wholePass(connectionId, ago(40).toISOString(), [image("one", 40)]);
  await wholePass(connectionId, ago(1).toISOString(), [image("two", 1), image("three", 1)]);
  expect((await agesOf())[2]).toEqual([31, 90, 2]);
  expect((await getOpenAge(everything, NOW)).buckets[2]?.issues).toBe(1);
});

test("what an age counted stays its list, whatever later syncs learn of the issue's clock", async () => {
  const finding = aged(10);
  await wholePass(connectionId, ago(9).toISOString(), [finding]);
  const then = await getOpenAge(everything, NOW);
  expect(then.buckets[1]?.findings).toBe(1);
  const older = { ...aged(100), vulnerability: finding.vulnerability };
  await wholePass(connectionId, ago(0).toISOString(), [finding, older]);
  await incrementalPass(connectionId, ago(0, 1).toISOString(), [
    { ...finding, status: "closed", updatedAt: ago(0, 1) },
  ]);
  const { openedFrom, openedTo } = then.buckets[1] ?? {};
  const list = { status: "active", issueOpenedFrom: openedFrom, issueOpenedTo: openedTo };
  const asOf = ago(5).toISOString();
  expect((await countFindings(findingConditionsSchema.parse({ ...list, asOf }))).count).toBe(1);
  expect((await countFindings(findingConditionsSchema.parse(list))).count).toBe(0);
});

test("as of a moment of the past each age is what its list had then, and later syncs change nothing of it", async () => {
  const [old, young, image] = [aged(100, { severity: "critical" }), aged(12), aged(60)];
  const twin = { ...aged(60), vulnerability: image.vulnerability, severity: "low" as const };
  await wholePass(connectionId, ago(10).toISOString(), [old, young, image, twin]);
  const query = { ...everything, asOf: ago(5).toISOString() };
  const then = await getOpenAge(query, NOW);
  expect(then.asOf).toBe(query.asOf);
  expect(then.buckets.map(({ findings, issues }) => [findings, issues])).toEqual([
    [1, 1],
    [0, 0],
    [2, 1],
    [1, 1],
    [0, 0],
    [0, 0],
  ]);
  expect(await listsOf(query)).toEqual([1, 0, 2, 1, 0, 0]);
  const ofSeverity = async (severity: Severity) =>
    (await getOpenAge({ ...query, severity: [severity] }, NOW)).buckets.map(({ findings, issues }) => [
      findings,
      issues,
    ])[2];
  expect([await ofSeverity("high"), await ofSeverity("low")]).toEqual([
    [1, 1],
    [1, 0],
  ]);
  await wholePass(connectionId, ago(1).toISOString(), [young, aged(300), aged(2)]);
  expect(await getOpenAge(query, NOW)).toEqual(then);
  expect((await getOpenAge(everything, NOW)).buckets.map(({ findings }) => findings)).not.toEqual(
    then.buckets.map(({ findings }) => findings),
  );
});

test("an age as of a day before the first sync, or to come, is refused with its field", async () => {
  await wholePass(connectionId, ago(3).toISOString(), [aged(5)]);
  const asked = (asOf: string) => getOpenAge({ ...everything, asOf }, NOW);
  const faults = [{ field: "asOf", message: expect.anything() }];
  await expect(asked("2020-01-01")).rejects.toMatchObject({ code: "gone", faults });
  await expect(asked("2999-01-01")).rejects.toMatchObject({ code: "invalid-input", faults });
});

test("what nobody has read has no age, and neither has a hidden sample", async () => {
  expect(await getOpenAge(everything, NOW)).toMatchObject({ asOf: null });
  expect((await agesOf()).every(([, , findings]) => findings === 0)).toBe(true);
  await wholePass(connectionId, ago(1).toISOString(), [aged(3)]);
  await database().pool.query("UPDATE finding SET is_sample = true; UPDATE account SET is_sample = true");
  await database().prisma.setting.create({ data: { key: "sample", value: { hidden: true } } });
  const { buckets } = await getOpenAge(everything, NOW);
  expect([buckets[0]?.findings, buckets[0]?.issues]).toEqual([0, 0]);
  await database().prisma.setting.deleteMany();
});
