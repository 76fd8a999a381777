import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeDatabase, database, openDatabase } from "#lib/db/database.ts";
import { getFindingFacets } from "#lib/db/read/finding-facets.ts";
import { getForecast } from "#lib/db/read/forecast.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { getMovements } from "#lib/db/read/movements.ts";
import { getMovers } from "#lib/db/read/movers.ts";
import { getOpenAge } from "#lib/db/read/open-age.ts";
import { getOverview } from "#lib/db/read/overview.ts";
import { getRemediation } from "#lib/db/read/remediation.ts";
import { getTrends } from "#lib/db/read/trends.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { movementsQuerySchema } from "#lib/domain/movements.ts";
import { moversQuerySchema } from "#lib/domain/movers.ts";
import { trendScopeSchema, trendsQuerySchema } from "#lib/domain/trends.ts";
import { parseConfig } from "#local/config.ts";
import { openDatabase as openServer } from "#local/database.ts";
import { type BenchResult, median } from "./bench-result.ts";
import { LIVE_AGE, LIVE_MOVEMENTS, LIVE_REMEDIATION, LIVE_TREND } from "./live-trends.ts";
import { benchOverviewPage } from "./overview-page.ts";
import { benchTrendsPage } from "./trends-page.ts";
import { makeYear } from "./year-of-findings.ts";

/** How large the organisation is: `--findings 10000000 --days 730 --accounts 1000`. */
export type TrendsSize = { findings: number; days: number; accounts: number };

const DAY_MS = 86_400_000;
const ROUNDS = 5;
/** As often a statement is planned anew before its plan is kept. */
const WARM_ROUNDS = 6;
/** Live SQL takes seconds: it is not asked as often. */
const LIVE_ROUNDS = 3;
const NOBODY = "00000000-0000-7000-8000-000000000000";
const TEAM = 200;

/** Looking back over all the days, on an embedded PostgreSQL of its own. */
export async function benchTrends(size: TrendsSize): Promise<BenchResult[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "sightline-bench-"));
  const server = await openServer(parseConfig({ DATA_DIR: dataDir }));
  try {
    openDatabase(server.urls.appUrl);
    const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const start = new Date(today - size.days * DAY_MS);
    const madeMs = await msOf(() => makeYear({ ...size, start }, server.urls.ownerUrl));
    process.stdout.write(`  ${toSizeWords(size)}, made in ${Math.round(madeMs / 1000)} s\n`);
    const bench = { size, start, calibrationMs: await timeOf(selectOne) };
    const results = [
      printed("SELECT 1, prepared: what the milliseconds of the goals are at", bench.calibrationMs),
      ...(await benchOpen(bench)),
      ...(await benchClocks(bench)),
      ...(await benchAsOf(bench)),
      ...(await benchOthers(bench)),
    ];
    await closeDatabase();
    await server.cluster?.stop();
    return [...results, ...(await benchTrendsPage(dataDir)), ...(await benchOverviewPage(dataDir))];
  } finally {
    await closeDatabase();
    await server.cluster?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Bench = { size: TrendsSize; start: Date; calibrationMs: number };

const toSizeWords = ({ findings, days, accounts }: TrendsSize): string =>
  `${findings.toLocaleString("en")} findings, ${days} days, ${accounts.toLocaleString("en")} accounts`;

const selectOne = () => database().pool.query({ name: "bench-one", text: "SELECT 1" });
const live = (sql: string, values: unknown[] = []) => database().pool.query(sql, values);
const accountId = (n: number) => String(100_000_000_000 + n);
const dayOf = (instant: Date) => instant.toISOString().slice(0, 10);

/** Every day of the bench, both included. */
const wholeRange = ({ start, size }: Bench) => ({
  from: dayOf(start),
  to: dayOf(new Date(start.getTime() + (size.days - 1) * DAY_MS)),
});

async function benchOpen(bench: Bench): Promise<BenchResult[]> {
  const now = new Date();
  const team = Array.from({ length: Math.min(TEAM, bench.size.accounts) }, (_, n) => accountId(n));
  const query = trendsQuerySchema.parse(wholeRange(bench));
  const everything = null;
  return [
    await compare(
      "Trend of the organisation",
      { goalMs: 50, goal: 200 },
      {
        live: () => live(LIVE_TREND, [everything]),
        ours: () => getTrends(query, now),
      },
    ),
    await compare(
      "Trend of one account",
      { goalMs: 20, goal: 3 },
      {
        live: () => live(LIVE_TREND, [[accountId(7)]]),
        ours: () => getTrends({ ...query, accountId: [accountId(7)] }, now),
      },
    ),
    await compare(
      `Trend of ${team.length} accounts`,
      { goalMs: 100, goal: 3 },
      {
        live: () => live(LIVE_TREND, [team]),
        ours: () => getTrends({ ...query, accountId: team }, now),
      },
    ),
    await compare(
      "Why it moved, between any two dates",
      { goalMs: 150, goal: 20 },
      {
        live: () => live(LIVE_MOVEMENTS, [new Date(bench.start.getTime() + 30 * DAY_MS)]),
        ours: atSpans(bench, (span) => getMovements(movementsQuerySchema.parse(span), now)),
      },
    ),
  ];
}

/** Asks of another two days each time. */
function atSpans({ start, size }: Bench, ask: (span: { from: string; to: string }) => Promise<unknown>) {
  let round = 0;
  return () => {
    round += 1;
    const at = (share: number) => dayOf(new Date(start.getTime() + share * size.days * DAY_MS));
    const first = ((round * 37) % 90) / 100;
    return ask({ from: at(first), to: at(Math.min(0.99, first + 0.01 + ((round * 53) % 80) / 100)) });
  };
}

async function benchClocks(bench: Bench): Promise<BenchResult[]> {
  const now = new Date();
  const scope = trendScopeSchema.parse({});
  return [
    await compare(
      "Time to remediate by month",
      { goalMs: 50, goal: 20 },
      {
        live: () => live(LIVE_REMEDIATION),
        ours: () => getRemediation({ ...scope, ...wholeRange(bench) }, now),
      },
    ),
    await compare(
      "Age of what is open",
      { goalMs: 50, goal: 20 },
      {
        live: () => live(LIVE_AGE),
        ours: () => getOpenAge(scope, now),
      },
    ),
  ];
}

async function benchAsOf({ size, start }: Bench): Promise<BenchResult[]> {
  const present = findingFilterSchema.parse({ status: "active" });
  let round = 0;
  const atSomeMoment = () => {
    round += 1;
    const at = new Date(start.getTime() + (0.05 + ((round * 37) % 90) / 100) * size.days * DAY_MS);
    return listFindings({ ...present, asOf: at.toISOString() });
  };
  const theirs: number[] = [];
  const ours: number[] = [];
  for (let each = 0; each < WARM_ROUNDS + 20; each += 1) {
    theirs.push(await msOf(() => listFindings(present)));
    ours.push(await msOf(atSomeMoment));
  }
  const [theirMs, ourMs] = [median(theirs.slice(WARM_ROUNDS)), median(ours.slice(WARM_ROUNDS))];
  return [
    {
      name: "List page as of a moment",
      figure: ourMs,
      unit: "ms",
      reference: `the present list page (${theirMs.toFixed(2)} ms)`,
      ratio: ourMs / theirMs,
      goal: "≤ 300 ms at 1 million, ≤ 5 ×",
      isMet: ourMs / theirMs <= 5,
    },
  ];
}

async function benchOthers({ size, start }: Bench): Promise<BenchResult[]> {
  const now = new Date();
  const scope = trendScopeSchema.parse({});
  const asOf = dayOf(new Date(start.getTime() + (size.days / 2) * DAY_MS));
  const facets = findingFilterSchema.parse({ status: "active", asOf });
  const lastMonth = { from: dayOf(new Date(now.getTime() - 30 * DAY_MS)), to: dayOf(now) };
  const movers = moversQuerySchema.parse({ ...lastMonth, by: "account" });
  return [
    printed("Top movers of a month, by account", await timeOf(() => getMovers(movers, now))),
    printed("Forecast", await timeOf(() => getForecast(scope, now))),
    printed("Facets as of the middle of the days", await timeOf(() => getFindingFacets(facets))),
    printed("Overview", await timeOf(() => getOverview(NOBODY, { team: [] }, now))),
  ];
}

type Goals = { goalMs: number; goal: number };
type Pair = { live: () => Promise<unknown>; ours: () => Promise<unknown> };

/** Both in turn, after rounds to warm up. The ratio is how many times quicker ours is, and decides. */
async function compare(name: string, { goalMs, goal }: Goals, pair: Pair): Promise<BenchResult> {
  for (let round = 0; round < WARM_ROUNDS; round += 1) await pair.ours();
  const measured: { ourMs: number; liveMs: number }[] = [];
  for (let round = 0; round < LIVE_ROUNDS; round += 1) {
    const liveMs = await msOf(pair.live);
    measured.push({ liveMs, ourMs: await timeOf(pair.ours, 0) });
  }
  const ratio = median(measured.map(({ ourMs, liveMs }) => liveMs / ourMs));
  const liveMs = median(measured.map((one) => one.liveMs));
  return {
    name,
    figure: median(measured.map(({ ourMs }) => ourMs)),
    unit: "ms",
    reference: `live SQL (${Math.round(liveMs)} ms), times quicker`,
    ratio,
    goal: `≤ ${goalMs} ms, ≥ ${goal} ×`,
    isMet: ratio >= goal,
  };
}

async function timeOf(work: () => Promise<unknown>, warm = WARM_ROUNDS): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < warm + ROUNDS; round += 1) times.push(await msOf(work));
  return median(times.slice(warm));
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function printed(name: string, figure: number): BenchResult {
  return { name, figure, unit: "ms", reference: "", ratio: null, goal: "", isMet: null };
}
