import { database } from "#lib/db/database.ts";
import { listFindingGroups } from "#lib/db/read/finding-groups.ts";
import { findingGroupsQuerySchema, type GroupKey } from "#lib/domain/finding-groups.ts";
import type { BenchResult } from "./bench-result.ts";
import { compare, FEW_ROUNDS, judged, quicker, within } from "./measure.ts";

const LIVE = "live SQL over the findings";
const GOAL_MS = 100;

const ofFindings = "finding f";
const ofPlaces = (kind: string) => `finding f JOIN resource r ON r.account_id = f.account_id AND r.id = f.resource_id
  AND split_part(r.lineage, ':', 1) = '${kind}'`;
const ofTeams = "finding f JOIN lineage_team t ON t.account_id = f.account_id AND t.lineage_id = f.lineage_id";

type Live = { keys: string; from: string; goal: number };

/** What a page of groups is counted by in plain SQL, and how many times quicker ours must be. */
const GROUPS: Record<GroupKey, Live> = {
  cve: { keys: "f.vulnerability_id", from: ofFindings, goal: 100 },
  package: { keys: "f.package_name", from: ofFindings, goal: 20 },
  resource: { keys: "f.account_id, f.resource_id", from: ofFindings, goal: 20 },
  issue: { keys: "f.account_id, f.issue_id", from: ofFindings, goal: 20 },
  account: { keys: "f.account_id", from: ofFindings, goal: 5 },
  image: { keys: "f.account_id, r.lineage", from: ofPlaces("image"), goal: 5 },
  function: { keys: "f.account_id, r.lineage", from: ofPlaces("function"), goal: 5 },
  repository: { keys: "f.account_id, r.lineage", from: ofPlaces("repository"), goal: 5 },
  detector: { keys: "f.vulnerability_id", from: ofFindings, goal: 5 },
  scan: { keys: "f.scan_name", from: ofFindings, goal: 1 },
  team: { keys: "t.team_id", from: ofTeams, goal: 5 },
};

const toLiveSql = ({ keys, from }: Live) => `SELECT ${keys}, max(f.rank), count(*),
    count(*) FILTER (WHERE f.severity = 'critical') AS critical, count(*) FILTER (WHERE f.severity = 'high') AS high,
    count(*) FILTER (WHERE f.severity = 'medium') AS medium, count(*) FILTER (WHERE f.severity = 'low') AS low
  FROM ${from} WHERE f.status = 'active' GROUP BY ${keys} ORDER BY max(f.rank) DESC LIMIT 50`;

/** The first page of every kind of groups. */
export async function benchGroups(oneMs: number): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const [by, live] of Object.entries(GROUPS)) {
    const ours = () => listFindingGroups(findingGroupsQuerySchema.parse({ status: "active", by }));
    const theirs = () => database().pool.query(toLiveSql(live));
    const { ourMs, theirMs, ratio } = await compare(theirs, ours, FEW_ROUNDS);
    results.push(
      judged(`Groups by ${by}`, ourMs, `${LIVE} (${Math.round(theirMs)} ms), times quicker`, quicker(ratio, live.goal)),
      judged(`Groups by ${by}, in milliseconds`, ourMs, "", within(ourMs, GOAL_MS, oneMs)),
    );
  }
  return results;
}
