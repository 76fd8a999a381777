import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeDatabase, database, openDatabase } from "#lib/db/database.ts";
import { getFindingFacets } from "#lib/db/read/finding-facets.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { getOpenAge } from "#lib/db/read/open-age.ts";
import { getOverview } from "#lib/db/read/overview.ts";
import { getRemediation } from "#lib/db/read/remediation.ts";
import { getTrends } from "#lib/db/read/trends.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { trendScopeSchema, trendsQuerySchema } from "#lib/domain/trends.ts";
import { parseConfig } from "#local/config.ts";
import { openDatabase as openServer } from "#local/database.ts";
import { type BenchResult, median } from "./bench-result.ts";
import { benchOverviewPage } from "./overview-page.ts";
import { makeYear } from "./year-of-findings.ts";

const FINDINGS = 1_000_000;
const ACCOUNTS = 100;
const DAYS = 365;
const DAY_MS = 86_400_000;
const ROUNDS = 5;
/** As often a statement is planned anew before its plan is kept. */
const WARM_ROUNDS = 6;
const NOBODY = "00000000-0000-7000-8000-000000000000";

/**
 * What the organisation's trend costs when it is counted from the findings' history each time: open by versions, opened
 * and closed by events.
 */
const LIVE_TREND = `
  SELECT day, severity, sum(sum(net)) OVER (PARTITION BY severity ORDER BY day) AS open, sum(opened) AS opened, sum(closed) AS closed
  FROM (
    SELECT (valid_from AT TIME ZONE 'UTC')::date AS day, severity, count(*) AS net, 0 AS opened, 0 AS closed
    FROM finding_version WHERE status = 'active' GROUP BY 1, 2
    UNION ALL
    SELECT (valid_to AT TIME ZONE 'UTC')::date, severity, -count(*), 0, 0
    FROM finding_version WHERE status = 'active' AND valid_to < 'infinity' GROUP BY 1, 2
    UNION ALL
    SELECT (recorded_at AT TIME ZONE 'UTC')::date, severity_after, 0, count(*) FILTER (WHERE cause = 'new' OR kind = 'reopened'),
      count(*) FILTER (WHERE cause IN ('fixed', 'resource-gone', 'not-reported'))
    FROM lifecycle_event WHERE kind IN ('opened', 'reopened', 'closed') GROUP BY 1, 2
  ) AS parts GROUP BY day, severity ORDER BY day, severity`;

/** Looking back over a year of a million findings, on an embedded PostgreSQL of its own. */
export async function benchTrends(): Promise<BenchResult[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "sightline-bench-"));
  const server = await openServer(parseConfig({ DATA_DIR: dataDir }));
  try {
    openDatabase(server.urls.appUrl);
    const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const start = new Date(today - DAYS * DAY_MS);
    await makeYear({ findings: FINDINGS, accounts: ACCOUNTS, start, days: DAYS });
    await database().pool.query("ANALYZE");
    const results = [...(await benchTrend(start)), ...(await benchAsOfList(start)), ...(await benchOthers())];
    await closeDatabase();
    await server.cluster?.stop();
    return [...results, ...(await benchOverviewPage(dataDir))];
  } finally {
    await closeDatabase();
    await server.cluster?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function benchTrend(start: Date): Promise<BenchResult[]> {
  const now = new Date();
  const query = trendsQuerySchema.parse({
    from: dayOf(start),
    to: dayOf(new Date(start.getTime() + (DAYS - 1) * DAY_MS)),
  });
  const ours = () => getTrends(query, now);
  const live = () => database().pool.query(LIVE_TREND);
  const { ratio, ourMs, theirMs } = await compare(live, ours);
  const account = await timeOf(() => getTrends({ ...query, accountId: ["100000000007"] }, now));
  const byAccount = await timeOf(() => getTrends({ ...query, by: "accountId" }, now));
  return [
    judged(
      "Trend of the organisation, 365 days",
      ourMs,
      `live SQL over versions and events (${Math.round(theirMs)} ms), times quicker`,
      {
        ratio,
        goal: "≥ 100 ×",
        isMet: ratio >= 100,
      },
    ),
    printed("Trend of one account, 365 days", account),
    printed("Trend by account, 365 days, 100 accounts", byAccount),
  ];
}

async function benchAsOfList(start: Date): Promise<BenchResult[]> {
  const present = findingFilterSchema.parse({ status: "active" });
  let round = 0;
  const asOf = () => {
    round += 1;
    const at = new Date(start.getTime() + (0.05 + ((round * 37) % 90) / 100) * DAYS * DAY_MS);
    return listFindings({ ...present, asOf: at.toISOString() });
  };
  const { ratio, ourMs, theirMs } = await compare(() => listFindings(present), asOf, 20);
  return [
    judged("List page as of a moment of the year", ourMs, `the present list page (${theirMs.toFixed(2)} ms)`, {
      ratio: 1 / ratio,
      goal: "≤ 5 ×",
      isMet: 1 / ratio <= 5,
    }),
  ];
}

async function benchOthers(): Promise<BenchResult[]> {
  const scope = trendScopeSchema.parse({});
  const now = new Date();
  const asOf = dayOf(new Date(now.getTime() - (DAYS / 2) * DAY_MS));
  const halfAYearAgo = findingFilterSchema.parse({ status: "active", asOf });
  return [
    printed("Time to remediate by month", await timeOf(() => getRemediation(scope, now))),
    printed("Age of what is open", await timeOf(() => getOpenAge(scope, now))),
    printed("Facets as of half a year ago", await timeOf(() => getFindingFacets(halfAYearAgo))),
    printed("Overview", await timeOf(() => getOverview(NOBODY, now))),
  ];
}

/** Both in turn, after rounds to warm up. `ratio` is how many times quicker ours is. */
async function compare(theirs: () => Promise<unknown>, ours: () => Promise<unknown>, rounds = ROUNDS) {
  const measured: { ourMs: number; theirMs: number }[] = [];
  for (let round = 0; round < WARM_ROUNDS + rounds; round += 1)
    measured.push({ theirMs: await msOf(theirs), ourMs: await msOf(ours) });
  const warm = measured.slice(WARM_ROUNDS);
  return {
    ratio: median(warm.map(({ ourMs, theirMs }) => theirMs / ourMs)),
    ourMs: median(warm.map(({ ourMs }) => ourMs)),
    theirMs: median(warm.map(({ theirMs }) => theirMs)),
  };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < WARM_ROUNDS + ROUNDS; round += 1) times.push(await msOf(work));
  return median(times.slice(WARM_ROUNDS));
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

const dayOf = (instant: Date) => instant.toISOString().slice(0, 10);

type Verdict = Pick<BenchResult, "ratio" | "goal" | "isMet">;

function judged(name: string, figure: number, reference: string, verdict: Verdict): BenchResult {
  return { name: `${name}, 1 million findings`, figure, unit: "ms", reference, ...verdict };
}

function printed(name: string, figure: number): BenchResult {
  return { name: `${name}, 1 million findings`, figure, unit: "ms", reference: "", ratio: null, goal: "", isMet: null };
}
