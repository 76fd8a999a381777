import { database } from "#lib/db/database.ts";
import { getFindingFacets } from "#lib/db/read/finding-facets.ts";
import { getForecast } from "#lib/db/read/forecast.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { getMovements } from "#lib/db/read/movements.ts";
import { getMovers } from "#lib/db/read/movers.ts";
import { getOpenAge } from "#lib/db/read/open-age.ts";
import { getOverview } from "#lib/db/read/overview.ts";
import { getRemediation } from "#lib/db/read/remediation.ts";
import { getCompliance } from "#lib/db/read/sla-compliance.ts";
import { getSlaStanding } from "#lib/db/read/sla-standing.ts";
import { getTrends } from "#lib/db/read/trends.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { movementsQuerySchema } from "#lib/domain/movements.ts";
import { moversQuerySchema } from "#lib/domain/movers.ts";
import { complianceQuerySchema, slaStandingQuerySchema } from "#lib/domain/sla.ts";
import { trendScopeSchema, trendsQuerySchema } from "#lib/domain/trends.ts";
import type { BenchResult } from "./bench-result.ts";
import {
  LIVE_AGE,
  LIVE_COMPLIANCE,
  LIVE_DUE,
  LIVE_FACETS,
  LIVE_MOVEMENTS,
  LIVE_REMEDIATION,
  LIVE_TREND,
} from "./live-trends.ts";
import { atMost, compare, printed, timeOf, timeOfSlow } from "./measure.ts";
import { accountIdOf, TEAM_ACCOUNTS, TEAM_ID, type Year } from "./year-of-findings.ts";

/** `now`: when it is asked. */
export type Bench = Year & { now: Date };

const DAY_MS = 86_400_000;
const MONTH_MS = 30 * DAY_MS;
const NOBODY = "00000000-0000-7000-8000-000000000000";

const live = (sql: string, values: unknown[] = []) => database().pool.query(sql, values);
const dayOf = (instant: Date) => instant.toISOString().slice(0, 10);
const atShare = ({ start, days }: Bench, share: number) => new Date(start.getTime() + share * days * DAY_MS);

/** Every day of the bench, both included. */
const wholeRange = ({ start, days }: Bench) => ({
  from: dayOf(start),
  to: dayOf(new Date(start.getTime() + (days - 1) * DAY_MS)),
});

/** What is open, and why it moved. */
export async function benchOpen(bench: Bench): Promise<BenchResult[]> {
  const { now, accounts } = bench;
  const team = Array.from({ length: Math.min(TEAM_ACCOUNTS, accounts) }, (_, n) => accountIdOf(n));
  const query = trendsQuerySchema.parse(wholeRange(bench));
  const [everything, one] = [null, [accountIdOf(7)]];
  return [
    await versusLive(
      "Trend of the organisation",
      { goalMs: 50, goal: 200 },
      { live: () => live(LIVE_TREND, [everything]), ours: () => getTrends(query, now) },
    ),
    await versusLive(
      "Trend of one account",
      { goalMs: 20, goal: 3 },
      { live: () => live(LIVE_TREND, [one]), ours: () => getTrends({ ...query, accountId: one }, now) },
    ),
    await versusLive(
      `Trend of a team that has ${team.length} accounts`,
      { goalMs: 100, goal: 20 },
      { live: () => live(LIVE_TREND, [team]), ours: () => getTrends({ ...query, team: [TEAM_ID] }, now) },
    ),
    await versusLive(
      `Trend of ${team.length} accounts that are chosen one by one`,
      { goalMs: 500, goal: 3 },
      { live: () => live(LIVE_TREND, [team]), ours: () => getTrends({ ...query, accountId: team }, now) },
    ),
    await versusLive(
      "Why it moved, between any two dates",
      { goalMs: 150, goal: 20 },
      {
        live: () => live(LIVE_MOVEMENTS, [new Date(bench.start.getTime() + MONTH_MS)]),
        ours: atSpans(bench, (span) => getMovements(movementsQuerySchema.parse(span), now)),
      },
    ),
  ];
}

/** Asks of another two days each time. */
function atSpans(bench: Bench, ask: (span: { from: string; to: string }) => Promise<unknown>) {
  let round = 0;
  return () => {
    round += 1;
    const first = ((round * 37) % 90) / 100;
    const last = Math.min(0.99, first + 0.01 + ((round * 53) % 80) / 100);
    return ask({ from: dayOf(atShare(bench, first)), to: dayOf(atShare(bench, last)) });
  };
}

/** What is told by the clocks of issues. */
export async function benchClocks(bench: Bench): Promise<BenchResult[]> {
  const { now, accounts } = bench;
  const scope = trendScopeSchema.parse({});
  const ofTeam = { ...scope, team: [TEAM_ID] };
  const range = wholeRange(bench);
  const team = Array.from({ length: Math.min(TEAM_ACCOUNTS, accounts) }, (_, n) => accountIdOf(n));
  const goals = { goalMs: 50, goal: 20 };
  return [
    await versusLive("Time to remediate by month", goals, {
      live: () => live(LIVE_REMEDIATION, [null]),
      ours: () => getRemediation({ ...scope, ...range }, now),
    }),
    await versusLive(`Time to remediate of a team that has ${team.length} accounts`, goals, {
      live: () => live(LIVE_REMEDIATION, [team]),
      ours: () => getRemediation({ ...ofTeam, ...range }, now),
    }),
    await versusLive("Age of what is open", goals, {
      live: () => live(LIVE_AGE, [null]),
      ours: () => getOpenAge(scope, now),
    }),
    await versusLive(`Age of what a team that has ${team.length} accounts has open`, goals, {
      live: () => live(LIVE_AGE, [team]),
      ours: () => getOpenAge(ofTeam, now),
    }),
  ];
}

/** What is told by due dates: how they stand now, and how they stood at the ends of twelve months. */
export async function benchDue({ now, accounts }: Bench): Promise<BenchResult[]> {
  const query = complianceQuerySchema.parse({});
  const team = Array.from({ length: Math.min(TEAM_ACCOUNTS, accounts) }, (_, n) => accountIdOf(n));
  const one = [accountIdOf(7)];
  return [
    await versusLive(
      "Compliance of twelve months",
      { goalMs: 100, goal: 50 },
      { live: () => live(LIVE_COMPLIANCE, [null]), ours: () => getCompliance(query, now) },
    ),
    await versusLive(
      "Compliance of one account",
      { goalMs: 50, goal: 3 },
      { live: () => live(LIVE_COMPLIANCE, [one]), ours: () => getCompliance({ ...query, accountId: one }, now) },
    ),
    await versusLive(
      `Compliance of a team that has ${team.length} accounts`,
      { goalMs: 100, goal: 50 },
      { live: () => live(LIVE_COMPLIANCE, [team]), ours: () => getCompliance({ ...query, team: [TEAM_ID] }, now) },
    ),
    await versusLive(
      "How due dates stand, and who is late",
      { goalMs: 100, goal: 5 },
      { live: () => live(LIVE_DUE, [now]), ours: () => getSlaStanding(slaStandingQuerySchema.parse({}), now) },
    ),
    printed(
      "How due dates of one account stand",
      await timeOf(() => getSlaStanding(slaStandingQuerySchema.parse({ accountId: one }), now)),
    ),
  ];
}

/** Lists and facets of the past. */
export async function benchAsOf(bench: Bench): Promise<BenchResult[]> {
  const present = findingFilterSchema.parse({ status: "active" });
  let round = 0;
  const atSomeMoment = () => {
    round += 1;
    const asOf = atShare(bench, 0.05 + ((round * 37) % 90) / 100).toISOString();
    return listFindings({ ...present, asOf });
  };
  const { ratio, ourMs, theirMs } = await compare(() => listFindings(present), atSomeMoment, 20);
  const asOf = dayOf(atShare(bench, 0.5));
  const facets = findingFilterSchema.parse({ status: "active", asOf });
  return [
    {
      name: "List page as of a moment",
      figure: ourMs,
      unit: "ms",
      reference: `the present list page (${theirMs.toFixed(2)} ms)`,
      ...atMost(1 / ratio, 5),
      goal: "≤ 300 ms at 1 million, ≤ 5 ×",
    },
    await versusLive(
      "Facets as of the middle of the days",
      { goalMs: 100, goal: 5 },
      { live: () => live(LIVE_FACETS, [`${asOf}T23:59:59.999Z`]), ours: () => getFindingFacets(facets) },
    ),
  ];
}

export async function benchOthers({ now }: Bench): Promise<BenchResult[]> {
  const lastMonth = { from: dayOf(new Date(now.getTime() - MONTH_MS)), to: dayOf(now) };
  const movers = moversQuerySchema.parse({ ...lastMonth, by: "account" });
  const scope = trendScopeSchema.parse({});
  return [
    printed("Top movers of a month, by account", await timeOf(() => getMovers(movers, now))),
    printed("Forecast", await timeOf(() => getForecast(scope, now))),
    printed("Overview", await timeOf(() => getOverview(NOBODY, { team: [] }, now))),
  ];
}

type Goals = { goalMs: number; goal: number };
type Pair = { live: () => Promise<unknown>; ours: () => Promise<unknown> };

/** The ratio is how many times quicker ours is, and decides. */
async function versusLive(name: string, { goalMs, goal }: Goals, pair: Pair): Promise<BenchResult> {
  const ourMs = await timeOf(pair.ours);
  const liveMs = await timeOfSlow(pair.live);
  const ratio = liveMs / ourMs;
  return {
    name,
    figure: ourMs,
    unit: "ms",
    reference: `live SQL (${Math.round(liveMs)} ms), times quicker`,
    ratio,
    goal: `≤ ${goalMs} ms, ≥ ${goal} ×`,
    isMet: ratio >= goal,
  };
}
