import { beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { getFindingFacets } from "#lib/db/read/finding-facets.ts";
import { listFindingGroups } from "#lib/db/read/finding-groups.ts";
import { countFindings } from "#lib/db/read/list-findings.ts";
import { foldParts } from "#lib/db/write/fold-parts.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { type FindingQuery, findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import { findingGroupsQuerySchema } from "#lib/domain/finding-groups.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { newTeamSchema, type TeamRule, teamDraftSchema } from "#lib/domain/team.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { aSignedInPerson } from "#testing/api.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { wholePass } from "#testing/sync-passes.ts";
import { applyRules } from "./apply-rules.ts";
import { changeTeam, createTeam, removeTeam } from "./teams.ts";

queueDatabase();

const NOW = new Date("2026-02-10T12:00:00Z");
const signal = new AbortController().signal;
const carryOut = () => applyRules(signal, () => NOW);
const image = (pattern: string): TeamRule => ({ kind: "image", pattern });

let lead: { personId: string; userName: string };
let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  await database().pool.query("DELETE FROM team");
  connectionId = await aConnection();
  lead = (await aSignedInPerson("lead")).caller;
  await createTeam(newTeamSchema.parse({ name: "Payments", rules: [image("pay/*")] }), lead, NOW);
  await createTeam(newTeamSchema.parse({ name: "Web", rules: [image("web")] }), lead, NOW);
  await wholePass(connectionId, "2026-02-01T00:00:00Z", FINDINGS);
});

const on = (repository: string, { resource, ...rest }: Parameters<typeof anObservedFinding>[0] = {}): ObservedFinding =>
  anObservedFinding({ ...rest, resource: { lineage: `image:111.dkr/${repository}`, name: repository, ...resource } });
const FINDINGS = [
  on("pay/api", { severity: "critical", accountId: "111111111111" }),
  on("pay/api", { severity: "high", accountId: "111111111111", fixAvailable: "no" }),
  on("pay/jobs", { severity: "high", accountId: "222222222222", status: "closed" }),
  on("web", { severity: "high", accountId: "222222222222", region: "us-east-1" }),
  on("tools", { severity: "low", accountId: "222222222222" }),
];

/** What no rollup has beside a team is asked too. */
const ASKED: FindingQuery[] = [
  {},
  { status: "active" },
  { severity: "high", fixAvailable: "yes" },
  { accountId: "222222222222" },
  { accountId: "222222222222", type: "package" },
  { region: "us-east-1" },
  { team: "payments" },
  { "-team": "web", status: "active" },
  { scanName: "none" },
  { age: "1.." },
];

/** By team, as the facet tells it; and that lists, groups and every other facet say the same. */
async function countByTeam(query: FindingQuery): Promise<Record<string, number>> {
  const { team, severity, accountId } = await getFindingFacets(findingConditionsSchema.parse(query));
  const { team: _, "-team": __, ...others } = query;
  for (const { value, count } of team) {
    const total = await countFindings(findingConditionsSchema.parse({ ...others, team: value }));
    expect({ query, value, count }).toEqual({ query, value, count: total.count });
  }
  if (query.severity === undefined && query.accountId === undefined) {
    const sum = (facet: { count: number }[]) => facet.reduce((all, { count }) => all + count, 0);
    expect({ query, sum: sum(severity) }).toEqual({ query, sum: sum(accountId) });
  }
  const { items } = await listFindingGroups(findingGroupsQuerySchema.parse({ ...query, by: "team" }));
  const grouped = Object.fromEntries(items.map(({ conditions, total }) => [conditions.team?.[0], total.count]));
  const counts = Object.fromEntries(team.map(({ value, count }) => [value, count]));
  if (query.team === undefined && query["-team"] === undefined) {
    expect({ query, ...grouped }).toEqual({
      query,
      ...Object.fromEntries(Object.entries(counts).filter(([id]) => id !== NO_TEAM)),
    });
  }
  return counts;
}

test("how many each team has follows every other filter, and not the one on teams", async () => {
  expect(await countByTeam({})).toEqual({ payments: 3, web: 1, [NO_TEAM]: 1 });
  expect(await countByTeam({ status: "active" })).toEqual({ payments: 2, web: 1, [NO_TEAM]: 1 });
  expect(await countByTeam({ status: "active", accountId: "222222222222" })).toEqual({ web: 1, [NO_TEAM]: 1 });
  expect(await countByTeam({ status: "active", team: "web" })).toEqual({ payments: 2, web: 1, [NO_TEAM]: 1 });
  const { team } = await getFindingFacets(findingConditionsSchema.parse({}));
  expect(team.map(({ label }) => label)).toEqual(["Payments", NO_TEAM, "Web"]);
});

test.each(ASKED)("beside %j each number is that of the list it opens", async (query) => {
  await countByTeam(query);
});

test("numbers stay exact while places change hands", async () => {
  const check = async () => {
    expect(await verifyRollups()).toEqual([]);
    for (const query of ASKED) await countByTeam(query);
  };
  await check();
  await changeTeam("web", teamDraftSchema.parse({ rules: [image("web"), image("tools")] }), lead, NOW);
  await carryOut();
  expect(await countByTeam({})).toEqual({ payments: 3, web: 2 });
  await check();
  await foldParts(signal);
  await check();
  await removeTeam("payments", lead, NOW);
  await carryOut();
  expect(await countByTeam({})).toEqual({ web: 2, [NO_TEAM]: 3 });
  await foldParts(signal);
  await check();
});

test("a finding whose place moves to another team is counted there", async () => {
  const [first] = FINDINGS;
  if (first === undefined) throw new Error("There are findings");
  const moved = {
    ...first,
    lineage: "image:111.dkr/web",
    resource: { ...first.resource, lineage: "image:111.dkr/web" },
  };
  await wholePass(connectionId, "2026-02-03T00:00:00Z", [
    { ...moved, updatedAt: new Date("2026-02-03") },
    ...FINDINGS.slice(1),
  ]);
  expect(await countByTeam({})).toEqual({ payments: 2, web: 2, [NO_TEAM]: 1 });
  expect(await verifyRollups()).toEqual([]);
});
