import { beforeAll, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { toFindingsCsv } from "#lib/db/read/finding-csv.ts";
import { getFindingFacets } from "#lib/db/read/finding-facets.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { getMovements } from "#lib/db/read/movements.ts";
import { getMovers } from "#lib/db/read/movers.ts";
import { getOpenAge } from "#lib/db/read/open-age.ts";
import { getRemediation } from "#lib/db/read/remediation.ts";
import { getTrends } from "#lib/db/read/trends.ts";
import { finishSyncRun } from "#lib/db/write/sync-run.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { firstOfNextMonth } from "#lib/domain/day.ts";
import { type FindingQuery, findingConditionsSchema, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { toMovedRange } from "#lib/domain/moved-range.ts";
import { movementsQuerySchema } from "#lib/domain/movements.ts";
import { MOVER_KEYS } from "#lib/domain/mover-keys.ts";
import { moversQuerySchema } from "#lib/domain/movers.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { trendScopeSchema, trendsQuerySchema } from "#lib/domain/trends.ts";
import { aSignedInPerson } from "#testing/api.ts";
import { runWriters } from "#testing/many-writers.ts";
import { makeTeams } from "#testing/moving-teams.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { randomFrom } from "#testing/random.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { startPass } from "#testing/sync-passes.ts";

queueDatabase();

const START = new Date("2026-02-01T00:00:00Z");
const NOW = new Date("2026-06-01T00:00:00Z");
const STEPS = 500;
const DAY_MS = 86_400_000;
const LAST = new Date(START.getTime() + (STEPS / 4) * 6 * 3_600_000);

const SCOPES: { severity?: string; accountId?: string; type?: string }[] = [
  {},
  { severity: "critical" },
  { severity: "high,low", type: "network" },
  { accountId: "200000000000" },
  { accountId: "100000000001,100000000002", severity: "medium,info" },
];

beforeAll(async () => {
  await makeTeams((await aSignedInPerson("lead")).caller, START);
  await runWriters({ writers: 4, steps: STEPS, start: START, seed: 6 });
}, 600_000);

async function countOf(query: FindingQuery): Promise<number> {
  const { items, total } = await listFindings(findingFilterSchema.parse({ ...query, limit: 200 }));
  expect([query, total.count]).toEqual([query, items.length]);
  return items.length;
}

test("500 syncs, decisions, undos and expiries by four writers at once, while teams change, leave exact rollups", async () => {
  expect(await verifyRollups()).toEqual([]);
  expect(await countOf({ team: "red,blue" })).toBeGreaterThan(0);
});

test("between any two moments every reason has one bar, and before and all bars are after", async () => {
  const { below } = randomFrom(11);
  const moved = new Set<string>();
  for (let n = 0; n < 8; n += 1) {
    const one = START.getTime() + 1 + below(LAST.getTime() - START.getTime());
    const [from = "", to = ""] = [one, one + below(6 * DAY_MS)].map((at) =>
      n % 2 === 0 ? new Date(at).toISOString() : new Date(at).toISOString().slice(0, 10),
    );
    const scope = SCOPES[n % SCOPES.length] ?? {};
    const told = await getMovements(movementsQuerySchema.parse({ ...scope, from, to }), NOW);
    const open = (asOf: string) => countOf({ ...scope, status: "active", asOf });
    expect([from, told.before.total, to, told.after.total]).toEqual([from, await open(from), to, await open(to)]);
    expect(told.before.total + told.bars.reduce((sum, { net }) => sum + net, 0)).toBe(told.after.total);
    for (const { reason, added, taken, net, findings } of told.bars) {
      expect(net).toBe(added - taken);
      const listed = await countOf({ ...scope, moved: reason, ...toMovedRange(told) });
      expect([reason, from, to, findings]).toEqual([reason, from, to, listed]);
      expect(listed).toBeLessThanOrEqual(added + taken);
      if (listed > 0) moved.add(reason);
    }
  }
  const often = ["reopened", "rescored-up", "rescored-down", "expired", "lifted", "moved", "suppressed", "fixed"];
  expect([...moved]).toEqual(expect.arrayContaining(often));
}, 300_000);

test("from before the first sync, nothing was open and all bars are what is open now", async () => {
  const told = await getMovements(movementsQuerySchema.parse({ from: "2026-01-20", to: "2026-05-31" }), NOW);
  expect([told.before.total, told.after.total]).toEqual([0, await countOf({ status: "active" })]);
  expect(told.bars.find(({ reason }) => reason === "scope-added")?.added).toBeGreaterThan(0);
  expect(told.bars.reduce((total, { net }) => total + net, 0)).toBe(told.after.total);
});

test("rescored and moved findings are nothing in total, and one less and one more by severity", async () => {
  const told = await getMovements(movementsQuerySchema.parse({ from: "2026-02-03", to: "2026-02-28" }), NOW);
  for (const reason of ["rescored-up", "rescored-down", "moved"]) {
    const bar = told.bars.find((one) => one.reason === reason);
    expect(bar?.net).toBe(0);
    expect(bar?.added).toBeGreaterThan(0);
  }
  const up = told.bars.find(({ reason }) => reason === "rescored-up");
  expect(up?.netBySeverity.critical).toBeGreaterThan(0);
  expect(up?.netBySeverity.info).toBeLessThan(0);
});

test.each(MOVER_KEYS)(
  "what each %s moved by is what its list has more or less, and all together are all",
  async (by) => {
    for (const scope of SCOPES.slice(0, 2)) {
      const asked = { ...scope, from: "2026-02-10", to: "2026-02-14T12:00:00.000Z", by, limit: "50" };
      const { movers, from, asOf } = await getMovers(moversQuerySchema.parse(asked), NOW);
      for (const { label, conditions, net } of movers ?? []) {
        const narrowed = Object.fromEntries(Object.entries(conditions).map(([name, values]) => [name, values.join()]));
        const open = (at: string | null) => countOf({ ...scope, ...narrowed, status: "active", asOf: at ?? "" });
        expect([by, label, net]).toEqual([by, label, (await open(asOf)) - (await open(from))]);
      }
      const { before, after } = await getMovements(movementsQuerySchema.parse({ ...scope, from, to: asOf }), NOW);
      // No finding of these lies in a function or a repository, and each has one of the others.
      if (by === "function" || by === "repository") expect(movers).toEqual([]);
      else expect(movers?.reduce((total, { net }) => total + net, 0)).toBe(after.total - before.total);
      const sizes = movers?.map(({ net }) => Math.abs(net));
      expect(sizes).toEqual(sizes?.toSorted((one, other) => other - one));
    }
  },
);

test("at 50 moments the trend, the list, its facets and its file agree, and again after more syncs", async () => {
  const { below, pick } = randomFrom(3);
  const points = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const day = new Date(START.getTime() + below(LAST.getTime() - START.getTime())).toISOString().slice(0, 10);
      const query = { ...pick(SCOPES), status: "active" as const, asOf: day };
      return { query, ids: await idsOf(query) };
    }),
  );
  for (const { query, ids } of points) {
    const { asOf: day, status: _, ...scope } = query;
    const { days } = await getTrends(trendsQuerySchema.parse({ ...scope, from: day, to: day }), NOW);
    expect(sum(days[0]?.open ?? {})).toBe(ids.length);
    expect(await fileOf(query)).toEqual(ids);
    const { region } = await getFindingFacets(findingConditionsSchema.parse(query));
    expect(region.reduce((total, { count }) => total + count, 0)).toBe(ids.length);
  }
  await runWriters({ writers: 3, steps: 30, start: new Date(LAST.getTime() + DAY_MS), seed: 99 });
  for (const { query, ids } of points) expect([query, await idsOf(query)]).toEqual([query, ids]);
  expect(await verifyRollups()).toEqual([]);
}, 300_000);

const CLOCKED_SCOPES = [
  trendScopeSchema.parse({}),
  trendScopeSchema.parse({ accountId: "200000000000", type: "package" }),
  trendScopeSchema.parse({ team: "red,blue" }),
  trendScopeSchema.parse({ team: `blue,${NO_TEAM}`, type: "package" }),
  trendScopeSchema.parse({ team: "red", accountId: "200000000000" }),
];

test("while a pass is running, ages and fixes are those of before it, and open just the findings of then", async () => {
  const middle = new Date((START.getTime() + LAST.getTime()) / 2);
  const pass = await startPass(await aConnection(), "incremental", middle.toISOString());
  const { asOf } = await getOpenAge(trendScopeSchema.parse({}), NOW);
  expect(asOf).toBe(new Date(middle.getTime() - 1).toISOString());
  expect(await openAgesAndFixes()).toBeGreaterThan(0);
  await finishSyncRun(pass);
});

test("ages and fixes of now open just their findings, and what teams have is the same counted in all accounts", async () => {
  expect(await openAgesAndFixes()).toBeGreaterThan(0);
  const { rows } = await database().pool.query<{ id: string }>("SELECT id FROM account");
  const accountId = rows.map(({ id }) => id);
  for (const team of [["red"], ["blue", "red"], [NO_TEAM], [NO_TEAM, "blue"]]) {
    const scope = { ...trendScopeSchema.parse({}), team };
    const { buckets } = await getOpenAge(scope, NOW);
    expect([team, buckets]).toEqual([team, (await getOpenAge({ ...scope, accountId }, NOW)).buckets]);
    const range = { from: "2025-11-01", to: "2026-05-31" };
    const { months, all } = await getRemediation({ ...scope, ...range }, NOW);
    const live = await getRemediation({ ...scope, ...range, accountId }, NOW);
    expect([team, months, all]).toEqual([team, live.months, live.all]);
  }
});

/** That each number is that of the list it opens. Returns how many findings were fixed. */
async function openAgesAndFixes(): Promise<number> {
  let fixed = 0;
  for (const scope of CLOCKED_SCOPES) {
    const { asOf, buckets } = await getOpenAge(scope, NOW);
    const narrowed = { accountId: scope.accountId.join(), type: scope.type.join(), team: scope.team.join() };
    for (const { openedFrom, openedTo, findings } of buckets) {
      const opened = { issueOpenedFrom: openedFrom ?? undefined, issueOpenedTo: openedTo ?? undefined };
      expect([scope, openedFrom, findings]).toEqual([
        scope,
        openedFrom,
        await countOf({ ...narrowed, ...opened, status: "active", asOf: asOf ?? "" }),
      ]);
    }
    const fixes = await getRemediation({ ...scope, from: "2025-11-01", to: "2026-05-31" }, NOW);
    fixed += fixes.months.reduce((total, { all }) => total + (all?.findings ?? 0), 0);
    for (const { month, all } of fixes.months) {
      const within = { issueFixedFrom: month, issueFixedTo: firstOfNextMonth(month), asOf: asOf ?? "" };
      if (all) expect([scope, month, all.findings]).toEqual([scope, month, await countOf({ ...narrowed, ...within })]);
    }
  }
  return fixed;
}

async function idsOf(query: FindingQuery): Promise<string[]> {
  const { items } = await listFindings(findingFilterSchema.parse({ ...query, limit: 200 }));
  return items.map(({ id }) => id);
}

async function fileOf(query: FindingQuery): Promise<string[]> {
  let csv = "";
  for await (const part of toFindingsCsv(findingFilterSchema.parse(query))) csv += part;
  const [, ...lines] = csv.trimEnd().split("\r\n");
  return lines.map((line) => line.split(",")[0] ?? "");
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
