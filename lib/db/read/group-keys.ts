import { firstSentence } from "#lib/domain/finding.ts";
import type { FindingGroup, GroupKey } from "#lib/domain/finding-groups.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { Prisma } from "../generated/client.ts";
import { LINEAGE_KIND, LINEAGE_PLACE } from "./finding-predicates.ts";

/** What is known of a group's example, to call the group by. */
export type GroupNames = {
  account_id: string;
  account_name: string | null;
  issue_id: string | null;
  vulnerability_name: string | null;
  vulnerability_title: string | null;
  description_start: string | null; // enough for its first sentence
  resource_name: string | null;
  resource_source_id: string | null;
  place: string | null;
  package_name: string | null;
  scan_name: string | null;
  team_id: string | null;
  team_name: string | null;
};

/**
 * `head` is what the walk keeps of a finding `f`, its group included, and nothing where it is in none; `same` is that
 * another finding `f` belongs to the group of a head `h`. `members`: the resources that findings of any group are on.
 */
export type Walk = { head: Prisma.Sql; same: Prisma.Sql; members?: Prisma.Sql };

/** `each`: the groups that there are, as `key`; `same` is that a finding `f` belongs to the group of a head `h`. */
export type Each = { each: Prisma.Sql; same: Prisma.Sql };

/** How groups of one kind are made, and what they are called. */
type Grouping = {
  /** What a rollup that counts these groups is counted by, in which of its columns; `none` stands there for no group. */
  countedBy?: {
    field: "accountId" | "packageName" | "scanName" | "team" | "cve" | "detectorId";
    column: string;
    none: string;
  };
  /** What findings `f` of one group have in common, and what they are joined to for it. */
  keys: Prisma.Sql[];
  join?: Prisma.Sql;
  /** That a finding belongs to a group at all. */
  belongs: Prisma.Sql;
  /**
   * Few groups of many findings: each one's worst is the first in an index. Many groups of few: the list is walked, and
   * who finds a worse one of its group is passed over. Else all that match are counted.
   */
  way: Each | Walk | "count";
  toGroup: (names: GroupNames) => Pick<FindingGroup, "label" | "about" | "account" | "conditions">;
};

const always = Prisma.sql`true`;
const RESOURCE = Prisma.sql`JOIN (SELECT account_id AS owner_id, id AS owned_id, lineage FROM resource) AS r
  ON r.owner_id = f.account_id AND r.owned_id = f.resource_id`;
const TEAM = Prisma.sql`JOIN (SELECT account_id AS owner_id, lineage_id AS owned_id, team_id FROM lineage_team) AS t
  ON t.owner_id = f.account_id AND t.owned_id = f.lineage_id`;

/** From each name to the next in the index: findings of scans are many, and scans are few. */
const SCANS = Prisma.sql`WITH RECURSIVE name (key) AS (
    SELECT min(scan_name) FROM finding WHERE scan_name IS NOT NULL
    UNION ALL
    SELECT (SELECT min(scan_name) FROM finding WHERE scan_name > name.key) FROM name WHERE name.key IS NOT NULL
  ) SELECT key FROM name WHERE key IS NOT NULL`;

export const GROUPINGS: Record<GroupKey, Grouping> = {
  issue: {
    keys: columns("account_id", "issue_id"),
    belongs: always,
    way: walk("issue_id"),
    toGroup: (names) => ({
      label: names.vulnerability_name ?? "",
      about: names.place ?? names.resource_name,
      account: toAccount(names),
      conditions: { issueId: [names.issue_id ?? ""] },
    }),
  },
  resource: {
    keys: columns("account_id", "resource_id"),
    belongs: always,
    way: walk("resource_id"),
    toGroup: (names) => ({
      label: names.resource_name || (names.resource_source_id ?? ""),
      about: names.resource_source_id,
      account: toAccount(names),
      conditions: { accountId: [names.account_id], resourceId: [names.resource_source_id ?? ""] },
    }),
  },
  cve: byVulnerability("cve", "cve"),
  detector: byVulnerability("detector", "detectorId"),
  package: {
    countedBy: { field: "packageName", column: "package_name", none: "" },
    keys: columns("package_name"),
    belongs: Prisma.sql`f.package_name IS NOT NULL`,
    way: "count",
    toGroup: ({ package_name: name }) => ({
      label: name ?? "",
      about: null,
      account: null,
      conditions: { packageName: [name ?? ""] },
    }),
  },
  account: {
    countedBy: { field: "accountId", column: "account_id", none: "" },
    keys: columns("account_id"),
    belongs: always,
    way: "count",
    toGroup: (names) => ({
      label: names.account_name ?? names.account_id,
      about: names.account_id,
      account: null,
      conditions: { accountId: [names.account_id] },
    }),
  },
  image: byPlace("image"),
  function: byPlace("function"),
  repository: byPlace("repository"),
  scan: {
    countedBy: { field: "scanName", column: "scan_name", none: "" },
    keys: columns("scan_name"),
    belongs: Prisma.sql`f.scan_name IS NOT NULL`,
    way: { each: SCANS, same: Prisma.sql`f.scan_name = h.key` },
    toGroup: ({ scan_name: name }) => ({
      label: name ?? "",
      about: null,
      account: null,
      conditions: { scanName: [name ?? ""] },
    }),
  },
  team: {
    countedBy: { field: "team", column: "team_id", none: NO_TEAM },
    keys: [Prisma.sql`t.team_id`],
    join: TEAM,
    belongs: always,
    way: "count",
    toGroup: ({ team_id: id, team_name: name }) => ({
      label: name ?? id ?? "",
      about: null,
      account: null,
      conditions: { team: [id ?? ""] },
    }),
  },
};

function columns(...names: string[]): Prisma.Sql[] {
  return names.map((name) => Prisma.raw(`f.${name}`));
}

function walk(column: "issue_id" | "resource_id"): Walk {
  const name = Prisma.raw(column);
  return {
    head: Prisma.sql`SELECT f.account_id, f.id, f.rank, f.${name}`,
    same: Prisma.sql`f.account_id = h.account_id AND f.${name} = h.${name}`,
  };
}

function toAccount({ account_id: id, account_name: name }: GroupNames): FindingGroup["account"] {
  return { id, name };
}

function byVulnerability(kind: "cve" | "detector", field: "cve" | "detectorId"): Grouping {
  return {
    countedBy: { field, column: "vulnerability_id", none: "" },
    keys: columns("vulnerability_id"),
    belongs: Prisma.sql`f.vulnerability_id IN (SELECT id FROM vulnerability WHERE kind = ${kind})`,
    way: {
      each: Prisma.sql`SELECT id AS key FROM vulnerability WHERE kind = ${kind}`,
      same: Prisma.sql`f.vulnerability_id = h.key`,
    },
    toGroup: ({ vulnerability_name: name, vulnerability_title: title, description_start: start }) => ({
      label: name ?? "",
      about: title === name ? firstSentence(start ?? "") : title,
      account: null,
      conditions: { [field]: [name ?? ""] },
    }),
  };
}

/** The lineage of the resource, under the name that its filter takes. */
function byPlace(kind: "image" | "function" | "repository"): Grouping {
  const isKind = Prisma.sql`${LINEAGE_KIND} = ${kind}`;
  return {
    keys: [Prisma.sql`f.account_id`, LINEAGE_PLACE],
    join: RESOURCE,
    belongs: isKind,
    way: {
      head: Prisma.sql`SELECT f.account_id, f.id, f.rank, ${LINEAGE_PLACE} AS place FROM resource
        WHERE account_id = f.account_id AND id = f.resource_id AND ${isKind} OFFSET 0`, // one by one, down the list
      same: Prisma.sql`f.account_id = h.account_id AND f.resource_id IN (
        SELECT id FROM resource WHERE account_id = h.account_id AND ${isKind} AND ${LINEAGE_PLACE} = h.place)`,
      members: Prisma.sql`SELECT FROM resource WHERE ${isKind}`,
    },
    toGroup: (names) => ({
      label: names.place ?? "",
      about: null,
      account: toAccount(names),
      conditions: { accountId: [names.account_id], [kind]: [names.place ?? ""] },
    }),
  };
}
