import { beforeAll, expect, test } from "vitest";
import { asOfOfDay } from "#lib/domain/as-of-day.ts";
import { firstOfNextMonth } from "#lib/domain/day.ts";
import { toMovedRange } from "#lib/domain/moved-range.ts";
import { movementsSchema } from "#lib/domain/movements.ts";
import { overviewSchema } from "#lib/domain/overview.ts";
import { openAgeSchema, remediationSchema, type Trends, trendsSchema } from "#lib/domain/trends.ts";
import { apiDatabase, aSignedInPerson, ask, type Signed } from "#testing/api.ts";
import { askedLists } from "#testing/asked-lists.ts";
import { replayedSample, syncThreeTimesMore } from "#testing/replayed-sample.ts";
import * as findingsRoute from "../findings/route.ts";
import * as csvRoute from "../findings.csv/route.ts";
import * as overviewRoute from "../overview/route.ts";
import * as ageRoute from "./age/route.ts";
import * as movementsRoute from "./movements/route.ts";
import * as remediationRoute from "./remediation/route.ts";
import * as trendsRoute from "./route.ts";

const DAY_MS = 86_400_000;
const END = new Date("2026-11-01T00:00:00Z");
const db = apiDatabase();
const sample = await replayedSample(db, END);
let signed: Signed;

beforeAll(async () => {
  signed = await aSignedInPerson("viewer");
});

/** The same numbers in every run, spread like random ones. */
function* spread(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    yield state / 4_294_967_296;
  }
}

const { get, listOf, csvIdsOf: csvOf, facetsOf } = askedLists(() => signed);

async function trendsOf(query: string): Promise<Trends> {
  return trendsSchema.parse(await (await get(trendsRoute.GET, `/api/v1/trends?${query}`)).json());
}

/** What each facet says is what the list without its own condition holds. */
async function expectFacets(query: string): Promise<void> {
  const facets = await facetsOf(query);
  for (const facet of ["severity", "status", "source", "type", "accountId", "region", "fixAvailable"] as const) {
    const others = new URLSearchParams(query);
    others.delete(facet);
    const { items } = await listOf(others.toString());
    const counted = Map.groupBy(items, (item) => item[facet]);
    for (const { value, count } of facets[facet])
      expect([query, facet, value, count]).toEqual([query, facet, value, counted.get(value)?.length ?? 0]);
    expect(facets[facet].filter(({ count }) => count > 0).length).toBe([...counted.keys()].filter(Boolean).length);
  }
}

test.each([
  "status=active&asOf=2026-05-17T13:37:00.123Z",
  "status=active&severity=critical,high&asOf=2026-06-30",
  "severity=low&asOf=2026-02-10T00:00:00.000Z",
  "status=active,closed&fixAvailable=yes&asOf=2026-08-01",
])("as of a moment each facet counts what its list holds (%s)", async (query) => {
  await expectFacets(query);
  const account = (await trendsOf(`${RANGE}&by=accountId`)).keys[0]?.key;
  await expectFacets(`${query}&accountId=${account}`);
});

type Point = { query: string; ids: string[]; open: number };

const BY = ["severity", "source", "accountId"] as const;
const RANGE = "from=2025-11-02&to=2026-11-01";
const points: Point[] = [];

async function pickPoint(trends: Trends, random: () => number): Promise<Point> {
  const day = trends.days[Math.floor(random() * trends.days.length)];
  const key = trends.keys[Math.floor(random() * trends.keys.length)]?.key;
  if (!day || !key) throw new Error("The trend is empty");
  const asOf = asOfOfDay(day.day, trends);
  const query = `status=active&${trends.by}=${key}&asOf=${asOf}`;
  return { query, open: day.open[key] ?? 0, ids: (await listOf(query)).ids };
}

test("51 points of the year: the trend, its list, the list's count, its facets and its CSV agree exactly", async () => {
  const numbers = spread(7);
  const random = () => Number(numbers.next().value);
  for (const by of BY) {
    const trends = await trendsOf(`${RANGE}&by=${by}`);
    for (let n = 0; n < 17; n += 1) {
      const point = await pickPoint(trends, random);
      const { ids, count } = await listOf(point.query);
      expect([point.query, ids.length, count]).toEqual([point.query, point.open, point.open]);
      expect(new Set(ids).size).toBe(point.open);
      expect(await csvOf(point.query)).toEqual(ids);
      const facets = await facetsOf(point.query);
      expect(facets.region.reduce((sum, { count: inRegion }) => sum + inRegion, 0)).toBe(point.open);
      points.push(point);
    }
  }
  expect(points.filter(({ open }) => open > 0).length).toBeGreaterThan(35);
}, 120_000);

test("at any instant within a day the list and its count agree, by what was told until then", async () => {
  const { days } = await trendsOf(RANGE);
  for (const { day, open } of days.filter(({ opened }) => sum(opened) > 0).slice(0, 6)) {
    for (const time of ["00:00:00.000Z", "12:34:56.789Z"]) {
      const query = `status=active&asOf=${day}T${time}`;
      const { ids, count } = await listOf(query);
      // The sample is read at midnight, so that each day's news is there from its first instant on.
      expect([query, ids.length, count]).toEqual([query, sum(open), sum(open)]);
      points.push({ query, ids, open: count });
    }
    const before = await listOf(`status=active&asOf=${new Date(Date.parse(day) - 1).toISOString()}`);
    expect(before.count).toBe(before.ids.length);
    expect(before.ids).not.toEqual(points.at(-1)?.ids);
  }
});

test("what a day's movements say is what its list of moved findings holds", async () => {
  const { days } = await trendsOf(RANGE);
  const busy = days.filter(({ opened, closed }) => sum(opened) > 0 && sum(closed) > 0).slice(-6);
  expect(busy.length).toBeGreaterThan(3);
  for (const { day, opened, closed } of busy) {
    const range = `movedFrom=${day}&movedTo=${new Date(Date.parse(day) + DAY_MS).toISOString()}`;
    expect((await listOf(`movement=new,reopened&${range}`)).ids).toHaveLength(sum(opened));
    const ends = "fixed,resource-gone,not-reported";
    expect((await listOf(`movement=${ends}&${range}`)).ids).toHaveLength(sum(closed));
    for (const [severity, count] of Object.entries(closed)) {
      expect((await listOf(`movement=${ends}&${range}&severity=${severity}`)).ids).toHaveLength(count);
    }
  }
});

test("every number of the overview is the length of the list behind it", async () => {
  const overview = overviewSchema.parse(await (await get(overviewRoute.GET, "/api/v1/overview")).json());
  const { critical, knownExploited, matrix, since, fixes, notScanned } = overview;
  expect((await listOf("status=active&severity=critical")).ids).toHaveLength(critical.open);
  expect((await listOf("status=active&knownExploited=yes")).ids).toHaveLength(knownExploited.findings);
  expect((await listOf("status=active")).ids).toHaveLength(matrix.total.open);
  expect(since.kind).toBe("week");
  for (const movement of ["new", "fixed", "reopened", "suppressed"] as const) {
    const { ids } = await listOf(`movement=${movement}&movedFrom=${since.from}&movedTo=${since.to}`);
    expect([movement, ids.length]).toEqual([movement, since[movement]]);
  }
  expect(fixes?.length).toBe(5);
  for (const fix of fixes ?? [])
    expect([fix.filter, (await listOf(fix.filter)).ids.length]).toEqual([fix.filter, fix.findings]);
  expect(notScanned?.notScanned).toBeGreaterThan(0);
  expect(notScanned?.notScanned).toBeLessThan(notScanned?.resources ?? 0);
});

/** A point of a chart of clocks agrees with its list, the list's count, its facets and its CSV; from now on it is kept. */
async function expectAgreement(query: string, count: number): Promise<void> {
  const list = await listOf(query);
  expect([query, list.ids.length, list.count]).toEqual([query, count, count]);
  expect(await csvOf(query)).toEqual(list.ids);
  const facets = await facetsOf(query);
  expect([query, facets.region.reduce((total, { count: inRegion }) => total + inRegion, 0)]).toEqual([query, count]);
  // The sample's last sync is long past: what comes after it comes before the moment that is told of now.
  const then = query.replace(/asOf=.*$/, "asOf=2026-11-01");
  expect((await listOf(then)).ids).toEqual(list.ids);
  points.push({ query: then, ids: list.ids, open: count });
}

test("every age of what is open opens just so many findings, and all ages are all that is open", async () => {
  const { asOf, buckets } = openAgeSchema.parse(await (await get(ageRoute.GET, "/api/v1/trends/age")).json());
  const aged = buckets.filter(({ findings }) => findings > 0);
  expect(aged.length).toBeGreaterThan(3);
  for (const { openedFrom, openedTo, findings, bySeverity, issues } of aged) {
    const from = openedFrom === null ? "" : `&issueOpenedFrom=${openedFrom}`;
    const query = `status=active${from}${openedTo === null ? "" : `&issueOpenedTo=${openedTo}`}&asOf=${asOf}`;
    await expectAgreement(query, findings);
    for (const [severity, count] of Object.entries(bySeverity))
      expect([severity, (await listOf(`${query}&severity=${severity}`)).count]).toEqual([severity, count]);
    const withSuppressed = query.replace("status=active", "status=active,suppressed");
    expect((await listOf(withSuppressed)).issues.size).toBe(issues);
  }
  const open = await listOf(`status=active&asOf=${asOf}`);
  expect(aged.reduce((total, { findings }) => total + findings, 0)).toBe(open.count);
});

test("every month of fixes opens just the findings of the issues that were fixed in it", async () => {
  const path = `/api/v1/trends/remediation?${RANGE}`;
  const { asOf, months, all } = remediationSchema.parse(await (await get(remediationRoute.GET, path)).json());
  const fixed = months.filter((month) => month.all !== null);
  expect(fixed.length).toBeGreaterThan(6);
  const within = (from: string, to: string) => `issueFixedFrom=${from}&issueFixedTo=${to}&asOf=${asOf}`;
  for (const { month, all: figure, bySeverity } of fixed) {
    const query = within(month, firstOfNextMonth(month));
    await expectAgreement(query, figure?.findings ?? 0);
    for (const [severity, { findings }] of Object.entries(bySeverity))
      expect([query, (await listOf(`${query}&severity=${severity}`)).count]).toEqual([query, findings]);
  }
  const last = months.at(-1)?.month ?? "";
  expect((await listOf(within(months[0]?.month ?? "", firstOfNextMonth(last)))).count).toBe(all?.findings);
});

test("what was open before, with every movement and its sign, is what is open at the end", async () => {
  for (const by of BY) {
    const trends = await trendsOf(`from=2026-03-01&to=2026-09-30&by=${by}`);
    expect(sum(trends.before) + signedSum(trends)).toBe(sum(trends.days.at(-1)?.open ?? {}));
  }
});

test("every reason why it moved opens just the findings that it tells, and all of them sum to the difference", async () => {
  for (const scope of ["", "&severity=critical,high", "&source=inspector&type=network"]) {
    const path = `/api/v1/trends/movements?from=2026-04-10&to=2026-05-20T12:00:00.000Z${scope}`;
    const told = movementsSchema.parse(await (await get(movementsRoute.GET, path)).json());
    const { before, after, bars } = told;
    expect(bars.reduce((total, { net }) => total + net, before.total)).toBe(after.total);
    expect((await listOf(`status=active&asOf=${told.from}${scope}`)).count).toBe(before.total);
    expect((await listOf(`status=active&asOf=${told.asOf}${scope}`)).count).toBe(after.total);
    const { movedFrom, movedTo } = toMovedRange(told);
    for (const { reason, findings } of bars) {
      const list = await listOf(`moved=${reason}&movedFrom=${movedFrom}&movedTo=${movedTo}${scope}`);
      expect([reason, list.ids.length, list.count]).toEqual([reason, findings, findings]);
    }
  }
  const statusOf = async (range: string) =>
    (await ask(movementsRoute.GET, `/api/v1/trends/movements?${range}`, { headers: signed.headers })).status;
  expect(await statusOf("from=2026-05-02&to=2026-05-01")).toBe(400);
  expect(await statusOf("from=2026-05-02&to=2999-05-01")).toBe(400);
  expect(await statusOf("from=2026-05-02")).toBe(400);
});

test("the first sync is told apart, and is no wave of new findings", async () => {
  const { days, steps, firstSyncAt } = await trendsOf("from=2025-10-25&to=2025-11-10");
  const first = String(firstSyncAt).slice(0, 10);
  expect(days.filter(({ day }) => day < first).every(({ known, open }) => !known && sum(open) === 0)).toBe(true);
  const start = days.find(({ day }) => day === first);
  expect(start?.known).toBe(true);
  expect(sum(start?.opened ?? {})).toBe(0);
  expect(sum(start?.scopeAdded ?? {})).toBeGreaterThan(0);
  expect(steps.filter(({ day, kind }) => day === first && kind === "scope-added").length).toBeGreaterThan(0);
});

test("before the first sync a list and its file are gone, and in the future there is none", async () => {
  const statusOf = async (asOf: string) =>
    (await ask(findingsRoute.GET, `/api/v1/findings?asOf=${asOf}`, { headers: signed.headers })).status;
  expect(await statusOf("2025-01-01")).toBe(410);
  expect(await statusOf("2999-01-01")).toBe(400);
  expect(await statusOf("yesterday")).toBe(400);
  const file = await ask(csvRoute.GET, "/api/v1/findings.csv?asOf=2025-01-01", { headers: signed.headers });
  expect([file.status, await file.json()]).toMatchObject([410, { errors: [{ field: "asOf" }] }]);
});

test("after three more syncs every point still has the same number, the same list and the same CSV", async () => {
  await syncThreeTimesMore(sample.url, END);
  const now = await trendsOf("from=2026-10-30&to=2026-11-08");
  expect(now.days.some(({ day, opened, closed }) => day > "2026-11-01" && sum(opened) + sum(closed) > 0)).toBe(true);
  for (const { query, ids } of points) {
    expect([query, (await listOf(query)).ids]).toEqual([query, ids]);
    expect(await csvOf(query)).toEqual(ids);
  }
}, 120_000);

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function signedSum({ movements }: Trends): number {
  const minus = new Set([
    "rescored-out",
    "moved-out",
    "fixed",
    "resource-gone",
    "not-reported",
    "scope-lost",
    "suppressed",
  ]);
  return Object.entries(movements).reduce(
    (total, [name, counts]) => total + (minus.has(name) ? -1 : 1) * sum(counts),
    0,
  );
}
