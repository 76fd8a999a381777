import { beforeAll, expect, test } from "vitest";
import { findingGroupsQuerySchema, type GroupKey } from "#lib/domain/finding-groups.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { appDatabase } from "#testing/app-database.ts";
import { makeOrganisation } from "#testing/organisation.ts";
import { database } from "../database.ts";
import { listFindingGroups } from "./finding-groups.ts";

appDatabase();

/** So many that lists are walked, and resources of each kind of place too. */
const FINDINGS = 22_000;

beforeAll(async () => {
  await makeOrganisation({ findings: FINDINGS, accounts: 3 });
  await database().pool.query("ANALYZE");
}, 300_000);

const PLACE = "regexp_replace(r.lineage, '^[a-z]+:([^/]*/)?', '')";
const ofPlace = (kind: string) => ({
  keys: `f.account_id, ${PLACE}`,
  condition: `split_part(r.lineage, ':', 1) = '${kind}'`,
});
const GROUPS: Partial<Record<GroupKey, { keys: string; condition: string }>> = {
  cve: { keys: "v.id", condition: "v.kind = 'cve'" },
  detector: { keys: "v.id", condition: "v.kind = 'detector'" },
  scan: { keys: "f.scan_name", condition: "f.scan_name IS NOT NULL" },
  resource: { keys: "f.account_id, f.resource_id", condition: "true" },
  image: ofPlace("image"),
  function: ofPlace("function"),
  repository: ofPlace("repository"),
};

/** What a plain look at every finding counts: how many of each severity, of each group, in no order. */
async function countPlainly({ keys, condition }: { keys: string; condition: string }) {
  const counts = SEVERITIES.map((one) => `count(*) FILTER (WHERE f.severity = '${one}')::int`).join(", ");
  const { rows } = await database().pool.query<{ counts: number[] }>(
    `SELECT ARRAY[${counts}] AS counts FROM finding f JOIN vulnerability v ON v.id = f.vulnerability_id
     JOIN resource r ON r.account_id = f.account_id AND r.id = f.resource_id
     WHERE f.status = 'active' AND ${condition} GROUP BY ${keys}`,
  );
  return rows.map((row) => row.counts.join(" ")).sort();
}

async function everyGroup(by: GroupKey, query: Record<string, string>) {
  const groups: Awaited<ReturnType<typeof listFindingGroups>>["items"] = [];
  let cursor: string | undefined;
  do {
    const page = await listFindingGroups(findingGroupsQuerySchema.parse({ ...query, by, limit: 200, cursor }));
    groups.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return groups;
}

test.each(Object.entries(GROUPS))(
  "among very many findings, groups by %s are those of a plain look",
  async (by, plain) => {
    // The keys are groups.
    const groups = await everyGroup(by as GroupKey, { status: "active", score: "0..10" });
    const counted = groups.map(({ bySeverity }) => SEVERITIES.map((one) => bySeverity[one] ?? 0));
    expect(counted.map((counts) => counts.join(" ")).sort()).toEqual(await countPlainly(plain));
    const worst = counted.map((counts) => counts.findIndex((n) => n > 0));
    expect(worst).toEqual([...worst].sort((a, b) => a - b));
  },
  120_000,
);
