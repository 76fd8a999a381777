import { database } from "#lib/db/database.ts";
import { getFindingFacets } from "#lib/db/read/finding-facets.ts";
import { listFindingGroups } from "#lib/db/read/finding-groups.ts";
import { type FindingQuery, findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import { findingGroupsQuerySchema, type GroupKey } from "#lib/domain/finding-groups.ts";
import type { BenchResult } from "./bench-result.ts";
import { compare, FEW_ROUNDS, judged, printed, quicker, timeOf } from "./measure.ts";

const LIVE_FACETS = `SELECT severity, source, type, account_id, fix_available, exploit_available, known_exploited, region, resource_type, count(*)
  FROM finding WHERE status = 'active'
  GROUP BY GROUPING SETS (severity, source, type, account_id, fix_available, exploit_available, known_exploited, region, resource_type)`;
const LIVE = "live SQL over the findings";
const liveGroups = (
  keys: string,
) => `SELECT ${keys}, max(rank), count(*), count(*) FILTER (WHERE severity = 'critical') AS critical,
    count(*) FILTER (WHERE severity = 'high') AS high, count(*) FILTER (WHERE severity = 'medium') AS medium,
    count(*) FILTER (WHERE severity = 'low') AS low FROM finding WHERE status = 'active' GROUP BY ${keys} ORDER BY 2 DESC LIMIT 50`;

const GROUPS: Partial<Record<GroupKey, { keys: string; goal: number }>> = {
  cve: { keys: "vulnerability_id", goal: 100 },
  package: { keys: "package_name", goal: 20 },
  resource: { keys: "account_id, resource_id", goal: 20 },
  issue: { keys: "account_id, issue_id", goal: 20 },
  account: { keys: "account_id", goal: 5 },
};

/** Facets of everything and of one account, and groups. */
export async function benchCounts(): Promise<BenchResult[]> {
  const facets = (query: FindingQuery) => () =>
    getFindingFacets(findingConditionsSchema.parse({ status: "active", ...query }));
  const org = await compare(() => database().pool.query(LIVE_FACETS), facets({}), FEW_ROUNDS);
  const results = [
    judged(
      "Facets of the organisation",
      org.ourMs,
      `${LIVE} (${Math.round(org.theirMs)} ms), times quicker`,
      quicker(org.ratio, 50),
    ),
    printed("Facets of one account", await timeOf(facets({ accountId: "100000000500" }))),
  ];
  for (const [by, { keys, goal }] of Object.entries(GROUPS)) {
    const ours = () => listFindingGroups(findingGroupsQuerySchema.parse({ status: "active", by }));
    const { ourMs, theirMs, ratio } = await compare(() => database().pool.query(liveGroups(keys)), ours, FEW_ROUNDS);
    results.push(
      judged(`Groups by ${by}`, ourMs, `${LIVE} (${Math.round(theirMs)} ms), times quicker`, quicker(ratio, goal)),
    );
  }
  return results;
}
