import type pg from "pg";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { CLOCK_ROLLUPS, PARTED_CLOCK_ROLLUPS } from "./clock-rollups.ts";
import { FIX_ROLLUP } from "./fix-rollup.ts";
import { countBy, type Rollup } from "./rollup.ts";
import { DUE_ROLLUPS, PARTED_DUE_ROLLUPS } from "./sla/due-rollups.ts";

const FINDING_KEYS = [
  "account_id",
  "source",
  "type",
  "status",
  "severity",
  "fix_available",
  "exploit_available",
  "known_exploited",
  "is_sample",
];

const PLACE_KEYS = ["account_id", "source", "status", "severity", "region", "resource_type", "is_sample"];
const ORGANISATION_KEYS = [...FINDING_KEYS.slice(1, -1), "region", "resource_type", "is_sample"];
const VULNERABILITY_KEYS = ["vulnerability_id", "status", "severity", "rank", "is_sample"];
const ACCOUNT_KEYS = ["account_id", "source", "status", "severity", "is_sample"];
const PACKAGE_KEYS = ["package_name", "status", "severity", "is_sample"];

const SCAN_KEYS = ["scan_name", "status", "severity", "is_sample"];
const FILE_KEYS = ["path_digest", ...SCAN_KEYS.slice(1)];

const EVENTS = "lifecycle_event AS e CROSS JOIN LATERAL movements_of(e) AS m";
const TEAM_OF_EVENT = "lineage_team t ON t.account_id = e.account_id AND t.lineage_id = m.lineage_id";
const TYPED_EVENTS = `${EVENTS} JOIN finding f ON f.account_id = e.account_id AND f.id = e.finding_id`;

const MOVED = {
  source: "e.source",
  type: "e.type",
  severity: "m.severity",
  day: "(e.recorded_at AT TIME ZONE 'UTC')::date",
  movement: "m.movement",
  is_sample: "e.is_sample",
};
const ACCOUNT = { account_id: "e.account_id" };
const REASON = { reason: "m.reason" };
const TEAM = { team_id: "t.team_id", ...REASON };
const TEAM_EVENTS = `${EVENTS} JOIN ${TEAM_OF_EVENT}`;
const RESOURCE_TYPE = { resource_type: "f.resource_type" };

function dayDelta(table: string, more: Record<string, string>, from = EVENTS): Rollup {
  const names = Object.entries({ ...more, ...MOVED }).map(([key, counted]) => `${counted} AS ${key}`);
  return { table, keys: Object.keys({ ...more, ...MOVED }), counted: countBy(names, from) };
}

const TEAM_OF_FINDING = `coalesce(t.team_id, '${NO_TEAM}') AS team_id`;
const TEAM_FINDINGS =
  "finding f LEFT JOIN lineage_team t ON t.account_id = f.account_id AND t.lineage_id = f.lineage_id";

/** Counted over all accounts at once. */
export const PARTED_ROLLUPS: Rollup[] = [
  {
    table: "organisation_cube",
    keys: ORGANISATION_KEYS,
    counted: countBy(ORGANISATION_KEYS, "finding"),
    isInParts: true,
  },
  {
    table: "team_cube",
    keys: ["team_id", ...ORGANISATION_KEYS],
    counted: countBy([TEAM_OF_FINDING, ...ORGANISATION_KEYS], TEAM_FINDINGS),
    isInParts: true,
  },
  {
    table: "vulnerability_cube",
    keys: VULNERABILITY_KEYS,
    counted: countBy(VULNERABILITY_KEYS, "finding"),
    isInParts: true,
  },
  {
    table: "package_cube",
    keys: PACKAGE_KEYS,
    counted: countBy(["coalesce(package_name, '') AS package_name", ...PACKAGE_KEYS.slice(1)], "finding"),
    isInParts: true,
  },
  {
    table: "scan_cube",
    keys: SCAN_KEYS,
    counted: countBy(["coalesce(scan_name, '') AS scan_name", ...SCAN_KEYS.slice(1)], "finding"),
    isInParts: true,
  },
  {
    table: "file_cube",
    keys: FILE_KEYS,
    counted: countBy(
      ["md5(path)::uuid AS path_digest", ...FILE_KEYS.slice(1)],
      "finding WHERE type <> 'package' AND path IS NOT NULL",
    ),
    isInParts: true,
  },
  ...PARTED_CLOCK_ROLLUPS,
  ...PARTED_DUE_ROLLUPS,
  { ...dayDelta("day_delta_organisation", REASON), isInParts: true, sumOf: "day_delta_account" },
  { ...dayDelta("day_delta_team_organisation", TEAM, TEAM_EVENTS), isInParts: true, sumOf: "day_delta_team" },
  {
    ...dayDelta("day_delta_resource_type_organisation", RESOURCE_TYPE, TYPED_EVENTS),
    isInParts: true,
    sumOf: "day_delta_resource_type",
  },
];

const ROLLUPS: Rollup[] = [
  // What is summed over these comes after them, one of them by triggers that follow its rows.
  dayDelta("day_delta_team", { ...ACCOUNT, ...TEAM }, TEAM_EVENTS),
  dayDelta("day_delta_account", { ...ACCOUNT, ...REASON }),
  dayDelta(
    "day_delta_resource_type",
    { ...ACCOUNT, team_id: `coalesce(t.team_id, '${NO_TEAM}')`, ...RESOURCE_TYPE },
    `${TYPED_EVENTS} LEFT JOIN ${TEAM_OF_EVENT}`,
  ),
  { table: "finding_cube", keys: FINDING_KEYS, counted: countBy(FINDING_KEYS, "finding") },
  { table: "place_cube", keys: PLACE_KEYS, counted: countBy(PLACE_KEYS, "finding") },
  { table: "account_cube", keys: ACCOUNT_KEYS, counted: countBy(ACCOUNT_KEYS, "finding") },
  {
    table: "team_account_cube",
    keys: ["team_id", ...ACCOUNT_KEYS],
    counted: countBy([TEAM_OF_FINDING, "f.account_id", ...ACCOUNT_KEYS.slice(1)], TEAM_FINDINGS),
  },
  ...PARTED_ROLLUPS,
  dayDelta("day_delta_lineage", { ...ACCOUNT, lineage_id: "m.lineage_id" }),
  ...CLOCK_ROLLUPS,
  ...DUE_ROLLUPS,
  FIX_ROLLUP,
];

/** One number that is not what it should be. `key` says of what. */
export type RollupDifference = { rollup: string; key: string; stored: string; counted: string };

const MOST_TOLD = 100;

/** What the rollups say otherwise than a recount, at most 100 of each. A row at 0 is as good as none. */
export async function listRollupDifferences(client: pg.ClientBase): Promise<RollupDifference[]> {
  const differences: RollupDifference[] = [];
  for (const { table, keys, counts = ["n"], counted } of ROLLUPS) {
    const each = (toSql: (count: string) => string, separator = ", ") => counts.map(toSql).join(separator);
    const { rows } = await client.query<RollupDifference>(
      `SELECT $1 AS rollup, concat_ws(' ', ${keys.map((key) => `coalesce(s.${key}, c.${key})`).join(", ")}) AS key,
         concat_ws(' ', ${each((n) => `coalesce(s.${n}, 0)`)}) AS stored,
         concat_ws(' ', ${each((n) => `coalesce(c.${n}, 0)`)}) AS counted
       FROM (SELECT ${keys.join(", ")}, ${each((n) => `sum(${n})::int AS ${n}`)} FROM ${table}
         GROUP BY ${keys.join(", ")} HAVING ${each((n) => `sum(${n}) <> 0`, " OR ")}) AS s
       FULL JOIN (${counted}) AS c ON ${keys.map((key) => `s.${key} = c.${key}`).join(" AND ")}
       WHERE ${each((n) => `s.${n} IS DISTINCT FROM c.${n}`, " OR ")} LIMIT ${MOST_TOLD}`,
      [table],
    );
    differences.push(...rows);
  }
  return differences;
}

/**
 * Counts every rollup anew. The caller keeps writers away until its transaction ends. In the order of their keys: an index
 * that grows at its end alone is full, and is read no page twice.
 */
export async function recountRollups(client: pg.ClientBase): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock($1)", [FOLDING]);
  for (const { table, keys, counts = ["n"], counted, isInParts, sumOf } of ROLLUPS) {
    await client.query(`DELETE FROM ${table}`);
    const columns = keys.join(", ");
    const rows = sumOf ? `SELECT ${columns}, sum(n)::int AS n FROM ${sumOf} GROUP BY ${columns}` : counted;
    const [more, values] = isInParts ? ["part, n", "0, n"] : [counts.join(", "), counts.join(", ")];
    await client.query(
      `INSERT INTO ${table} (${columns}, ${more}) SELECT ${columns}, ${values} FROM (${rows}) AS counted ORDER BY ${columns}`,
    );
  }
}

/** Who holds this advisory lock is the only one that puts parts together. */
export const FOLDING = 7_202_611;
