import { database } from "#lib/db/database.ts";
import { getFindingFacets } from "#lib/db/read/finding-facets.ts";
import { countFindings } from "#lib/db/read/list-findings.ts";
import { type FindingQuery, findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import type { BenchResult } from "./bench-result.ts";
import { compare, FEW_ROUNDS, judged, quicker, timeOf, within } from "./measure.ts";

const LIVE_FACETS = `SELECT severity, source, type, account_id, fix_available, exploit_available, known_exploited, region, resource_type, count(*)
  FROM finding WHERE status = 'active'
  GROUP BY GROUPING SETS (severity, source, type, account_id, fix_available, exploit_available, known_exploited, region, resource_type)`;
const LIVE = "live SQL over the findings";
const GOAL_MS = 60;
const ACCOUNT_GOAL_MS = 5;

/** Conditions that rollups are counted by, and some that none is. */
const ASKED: Record<string, FindingQuery> = {
  "one severity and what is fixable": { severity: "high", fixAvailable: "yes" },
  "one team": { team: "team-3" },
  "one scan": { scanName: "shop-7" },
  "one package": { packageName: "alder-core-0" },
  "a range of scores": { score: "7..9" },
  "findings of the last week": { age: "..7" },
};

/** Facets and counts: of everything, of one account, and beside what narrows the list otherwise. */
export async function benchCounts(oneMs: number): Promise<BenchResult[]> {
  const conditions = (query: FindingQuery) => findingConditionsSchema.parse({ status: "active", ...query });
  const facets = (query: FindingQuery) => () => getFindingFacets(conditions(query));
  const live = () => database().pool.query(LIVE_FACETS);
  const org = await compare(live, facets({}), FEW_ROUNDS);
  const told = `${LIVE} (${Math.round(org.theirMs)} ms), times quicker`;
  const results = [judged("Facets of the organisation", org.ourMs, told, quicker(org.ratio, 50))];
  const measure = async (name: string, work: () => Promise<unknown>, goalMs: number) => {
    const ms = await timeOf(work);
    results.push(judged(name, ms, "", within(ms, goalMs, oneMs)));
  };
  await measure("Facets of the organisation, in milliseconds", facets({}), GOAL_MS);
  await measure("Facets of one account", facets({ accountId: "100000000500" }), ACCOUNT_GOAL_MS);
  for (const [name, query] of Object.entries(ASKED)) {
    await measure(`Facets beside ${name}`, facets(query), GOAL_MS);
    await measure(`Count of ${name}`, () => countFindings(conditions(query)), GOAL_MS);
  }
  return results;
}
