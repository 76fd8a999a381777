import { afterEach, expect, test } from "vitest";
import { asOfOfDay } from "#lib/domain/as-of-day.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { type TrendsAddress, trendsQuerySchema } from "#lib/domain/trends.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { startPass, wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { disconnectConnection } from "../write/disconnect.ts";
import { saveObservedFindings } from "../write/observed-findings.ts";
import { finishSyncRun } from "../write/sync-run.ts";
import { listFindings } from "./list-findings.ts";
import { getTrends } from "./trends.ts";

appDatabase();
afterEach(async () => {
  await clearFindings();
  await database().pool.query("DELETE FROM setting");
});

const NOW = new Date("2026-03-01T12:00:00Z");
const trends = (address: TrendsAddress) => getTrends(trendsQuerySchema.parse(address), NOW);
const january = (day: number, time = "06:00:00Z") => `2026-01-${String(day).padStart(2, "0")}T${time}`;

async function openAsOf(asOf: string): Promise<string[]> {
  const { items } = await listFindings(findingFilterSchema.parse({ status: "active", asOf }));
  return items.map(({ title }) => title).sort();
}

async function daysOf(address: TrendsAddress) {
  const { days } = await trends(address);
  return days.map(({ day, open, opened, closed }) => [day, open, opened, closed]);
}

test("an installation that has read nothing has days, and knows none of them", async () => {
  const answer = await trends({ from: "2026-01-01", to: "2026-01-03" });
  expect(answer).toMatchObject({
    asOf: null,
    firstSyncAt: null,
    keys: [],
    before: {},
    movements: {},
    steps: [],
    gaps: [],
  });
  expect(answer.days.map(({ day, open, known, unknownScopes }) => [day, open, known, unknownScopes])).toEqual([
    ["2026-01-01", {}, false, 0],
    ["2026-01-02", {}, false, 0],
    ["2026-01-03", {}, false, 0],
  ]);
  await expect(openAsOf("2026-01-02")).rejects.toMatchObject({ code: "gone" });
});

test("one day of data with one finding is one point, known for a week", async () => {
  await wholePass(await aConnection(), january(5), [anObservedFinding({ severity: "critical", title: "one" })]);
  const { days, firstSyncAt, keys } = await trends({ from: "2026-01-04", to: "2026-01-14" });
  expect(firstSyncAt).toBe("2026-01-05T06:00:00.000Z");
  expect(keys).toEqual([{ key: "critical", label: "critical" }]);
  expect(days.map(({ open }) => open.critical ?? 0)).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  expect(days.map(({ known }) => known)).toEqual([false, ...Array(7).fill(true), false, false, false]);
  expect(await openAsOf("2026-01-05")).toEqual(["one"]);
  await expect(openAsOf("2026-01-04")).rejects.toMatchObject({ code: "gone" });
});

test("a finding counts on the UTC day on which it was recorded, to the millisecond", async () => {
  const connectionId = await aConnection();
  const first = anObservedFinding({ title: "first" });
  const late = anObservedFinding({ title: "late" });
  const early = anObservedFinding({ title: "early" });
  await wholePass(connectionId, january(5), [first]);
  await wholePass(connectionId, january(6, "23:59:59.999Z"), [first, late]);
  await wholePass(connectionId, january(7, "00:00:00.000Z"), [first, late, early]);
  expect(await daysOf({ from: "2026-01-05", to: "2026-01-07" })).toEqual([
    ["2026-01-05", { high: 1 }, {}, {}],
    ["2026-01-06", { high: 2 }, { high: 1 }, {}],
    ["2026-01-07", { high: 3 }, { high: 1 }, {}],
  ]);
  expect(await openAsOf("2026-01-06")).toEqual(["first", "late"]);
  expect(await openAsOf("2026-01-07T12:59:59.999+13:00")).toEqual(["first", "late"]);
  expect(await openAsOf("2026-01-06T13:59:59.999-10:00")).toEqual(["first", "late"]);
  expect(await openAsOf("2026-01-06T14:00:00.000-10:00")).toEqual(["early", "first", "late"]);
});

test("a place that failed for a week is a gap with a name, carried at its last number", async () => {
  const steady = await aConnection();
  const failing = await aConnection();
  const here = anObservedFinding({ accountId: "111111111111" });
  const there = anObservedFinding({ accountId: "222222222222" });
  for (const day of [1, 2, 3, 4, 5]) {
    await wholePass(steady, january(day), [here]);
    await wholePass(failing, january(day), [there]);
  }
  for (const day of [8, 11, 14]) await wholePass(steady, january(day), [here]);
  await wholePass(failing, january(14), []);
  const both = await trends({ from: "2026-01-03", to: "2026-01-15" });
  expect(both.days.map(({ unknownScopes }) => unknownScopes)).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
  expect(both.days.every(({ known }) => known)).toBe(true);
  expect(both.days.map(({ open }) => open.high)).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1]);
  expect(both.gaps).toMatchObject([
    { accountId: "222222222222", region: "eu-west-1", source: "inspector", from: "2026-01-05", to: "2026-01-13" },
  ]);
  const alone = await trends({ from: "2026-01-04", to: "2026-01-06", accountId: "222222222222" });
  expect(alone.days.map(({ known }) => known)).toEqual([true, false, false]);
});

test("an account that is added or lost is a step with a name, not a wave of new or closed findings", async () => {
  const connectionId = await aConnection();
  await wholePass(connectionId, january(1), [anObservedFinding({ accountId: "111111111111" })]);
  const later = await aConnection();
  await wholePass(
    later,
    january(3),
    [1, 2, 3].map(() => anObservedFinding({ accountId: "222222222222" })),
  );
  await disconnectConnection(
    later,
    { personId: "00000000-0000-7000-8000-000000000000", userName: "lead" },
    new Date(january(5)),
  );
  const { days, steps, movements } = await trends({ from: "2026-01-02", to: "2026-01-06" });
  expect(days.map(({ open, opened, closed }) => [open, opened, closed])).toEqual([
    [{ high: 1 }, {}, {}],
    [{ high: 4 }, {}, {}],
    [{ high: 4 }, {}, {}],
    [{ high: 1 }, {}, {}],
    [{ high: 1 }, {}, {}],
  ]);
  expect(days[1]?.scopeAdded).toEqual({ high: 3 });
  expect(days[3]?.scopeLost).toEqual({ high: 3 });
  expect(movements).toEqual({ "scope-added": { high: 3 }, "scope-lost": { high: 3 } });
  expect(steps.map(({ day, kind, accountId }) => [day, kind, accountId])).toEqual([
    ["2026-01-03", "scope-added", "222222222222"],
    ["2026-01-05", "scope-lost", "222222222222"],
  ]);
});

test("while a pass is under way nothing of it is told; when it has ended no earlier answer has changed", async () => {
  const connectionId = await aConnection();
  const known = anObservedFinding({ title: "known" });
  await wholePass(connectionId, january(1), [known]);
  const pass = await startPass(connectionId, "whole", january(3));
  await saveObservedFindings(pass, [known, anObservedFinding({ title: "arriving" })]);
  const during = await trends({ from: "2026-01-01", to: "2026-01-04" });
  expect(during.asOf).toBe("2026-01-03T05:59:59.999Z");
  expect(during.days.map(({ open }) => open.high)).toEqual([1, 1, 1, 1]);
  const point = asOfOfDay("2026-01-04", during);
  expect(await openAsOf(point)).toEqual(["known"]);
  expect(await openAsOf("2026-01-04")).toEqual(["known"]);
  await finishSyncRun({ ...pass, heldScopes: 0 });
  expect((await trends({ from: "2026-01-01", to: "2026-01-04" })).days.map(({ open }) => open.high)).toEqual([
    1, 1, 2, 2,
  ]);
  expect(await openAsOf("2026-01-04")).toEqual(["arriving", "known"]);
  expect(await openAsOf(point)).toEqual(["known"]);
});

test("while the sample's year is replayed, its weeks to come are not told", async () => {
  const replay = { state: "replaying", week: 1, weeks: 4, hidden: false, endsAt: january(29, "06:00:00.000Z") };
  await database().prisma.setting.create({ data: { key: "sample", value: replay } });
  const connectionId = await aConnection({ isSample: true });
  await wholePass(connectionId, january(1), [anObservedFinding({ title: "first week" })]);
  await wholePass(connectionId, january(8), [anObservedFinding({ title: "second week" })]);
  const { asOf, days } = await trends({ from: "2026-01-07", to: "2026-01-09" });
  expect(asOf).toBe("2026-01-08T05:59:59.999Z");
  expect(days.map(({ open, known }) => [open, known])).toEqual([
    [{ high: 1 }, true],
    [{ high: 1 }, true],
    [{ high: 1 }, false],
  ]);
  expect(await openAsOf("2026-01-09")).toEqual(["first week"]);
});

test("of the time before the first sync only what is still open is known, and it is told apart", async () => {
  const connectionId = await aConnection();
  const seen = (day: number, severity: "high" | "low") =>
    anObservedFinding({ severity, firstObservedAt: new Date(january(day)), updatedAt: new Date(january(day)) });
  const [old, later, fixed] = [seen(1, "high"), seen(3, "low"), seen(2, "high")];
  await wholePass(connectionId, january(5), [old, later, fixed]);
  await wholePass(connectionId, january(6), [old, later]);
  const { days, asOf, keys } = await trends({ from: "2026-01-02", to: "2026-01-06" });
  expect(days.map(({ day, known, open, stillOpen }) => [day, known, open, stillOpen])).toEqual([
    ["2026-01-02", false, {}, { high: 1 }],
    ["2026-01-03", false, {}, { high: 1, low: 1 }],
    ["2026-01-04", false, {}, { high: 1, low: 1 }],
    ["2026-01-05", true, { high: 2, low: 1 }, {}],
    ["2026-01-06", true, { high: 1, low: 1 }, {}],
  ]);
  const filter = { status: "active", firstObservedTo: "2026-01-04", asOf: asOf ?? undefined };
  expect((await listFindings(findingFilterSchema.parse(filter))).total.count).toBe(2);
  expect(keys.map(({ key }) => key)).toEqual(["high", "low"]);
  const before = await trends({ from: "2026-01-02", to: "2026-01-03" });
  expect([before.keys.map(({ key }) => key), before.days.map(({ known }) => known)]).toEqual([
    ["high", "low"],
    [false, false],
  ]);
});

test("every page of a list is of the moment of its first, also when a pass has ended between them", async () => {
  const connectionId = await aConnection();
  const many = (title: string): ObservedFinding[] =>
    [1, 2, 3].map((n) => anObservedFinding({ title: `${title} ${n}` }));
  const known = many("known");
  await wholePass(connectionId, january(1), known);
  const pass = await startPass(connectionId, "whole", january(3));
  const address = { status: "active", asOf: "2026-01-10", limit: 2 };
  const first = await listFindings(findingFilterSchema.parse(address));
  await saveObservedFindings(pass, [...known, ...many("arriving")]);
  await finishSyncRun({ ...pass, heldScopes: 0 });
  const second = await listFindings(findingFilterSchema.parse({ ...address, cursor: first.nextCursor ?? "" }));
  expect(second).toMatchObject({ asOf: first.asOf, total: { count: 3, exact: true }, nextCursor: null });
  expect([...first.items, ...second.items].map(({ title }) => title).sort()).toEqual(["known 1", "known 2", "known 3"]);
});

test("a rescored finding leaves one severity and enters the other", async () => {
  const connectionId = await aConnection();
  const before = anObservedFinding({ severity: "medium", updatedAt: new Date(january(1)) });
  await wholePass(connectionId, january(1), [before]);
  await wholePass(connectionId, january(2), [{ ...before, severity: "high", updatedAt: new Date(january(2)) }]);
  const { days, movements } = await trends({ from: "2026-01-01", to: "2026-01-02" });
  expect(days.map(({ open }) => open)).toEqual([{ medium: 1 }, { high: 1 }]);
  expect(movements).toMatchObject({ "rescored-in": { high: 1 }, "rescored-out": { medium: 1 } });
});

test("a trend of one account, source or severity counts nothing else, and a hidden sample nothing at all", async () => {
  const own = [
    anObservedFinding({ accountId: "111111111111", severity: "low" }),
    anObservedFinding({ accountId: "222222222222", severity: "low" }),
    anObservedFinding({ accountId: "222222222222", severity: "critical" }),
  ];
  await wholePass(await aConnection(), january(1), own);
  await wholePass(await aConnection({ isSample: true }), january(1), [
    anObservedFinding({ accountId: "999999999999" }),
  ]);
  const lastOf = async (address: TrendsAddress) =>
    (await trends({ from: "2026-01-01", to: "2026-01-01", ...address })).days[0]?.open;
  expect(await lastOf({})).toEqual({ low: 2, critical: 1, high: 1 });
  expect(await lastOf({ accountId: "222222222222" })).toEqual({ low: 1, critical: 1 });
  expect(await lastOf({ severity: "low", by: "accountId" })).toEqual({ "111111111111": 1, "222222222222": 1 });
  expect(await lastOf({ by: "source" })).toEqual({ inspector: 4 });
  expect(await lastOf({ source: "codeguru" })).toEqual({});
  await database().prisma.setting.create({ data: { key: "sample", value: { hidden: true } } });
  expect(await lastOf({})).toEqual({ low: 2, critical: 1 });
  expect((await trends({ by: "accountId", from: "2026-01-01", to: "2026-01-02" })).keys).toHaveLength(2);
});

test.each([
  [{ from: "2026-01-05", to: "2026-01-04" }, "after"],
  [{ to: "2026-03-02" }, "future"],
  [{ from: "1990-01-01", to: "2026-01-04" }, "ten years"],
])("days that cannot be told are refused by name: %o", async (address, word) => {
  await expect(trends(address)).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.stringContaining(word),
  });
});
