import { beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { getHistory } from "#lib/db/read/as-of.ts";
import { getFindingFacets } from "#lib/db/read/finding-facets.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { getMovements } from "#lib/db/read/movements.ts";
import { getOpenAge } from "#lib/db/read/open-age.ts";
import { getOverview } from "#lib/db/read/overview.ts";
import { previewTeam } from "#lib/db/read/team-preview.ts";
import { listTeams } from "#lib/db/read/teams.ts";
import { getTrends } from "#lib/db/read/trends.ts";
import { rebuildRollups } from "#lib/db/write/rebuild-rollups.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { saveLook } from "#lib/db/write/visits.ts";
import { type FindingQuery, findingConditionsSchema, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { movementsQuerySchema } from "#lib/domain/movements.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { newTeamSchema, type TeamRule, teamDraftSchema } from "#lib/domain/team.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { trendScopeSchema, trendsQuerySchema } from "#lib/domain/trends.ts";
import { aSignedInPerson } from "#testing/api.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass, wholePass } from "#testing/sync-passes.ts";
import { applyRules } from "./apply-rules.ts";
import { changeTeam, chooseTeamScope, createTeam, orderTeams, removeTeam } from "./teams.ts";

queueDatabase();

const NOW = new Date("2026-02-10T12:00:00Z");
const signal = new AbortController().signal;

let lead: { personId: string; userName: string };
let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  await database().pool.query("DELETE FROM team");
  connectionId = await aConnection();
  lead = (await aSignedInPerson("lead")).caller;
});

async function aTeam(name: string, ...rules: TeamRule[]): Promise<void> {
  await createTeam(newTeamSchema.parse({ name, rules }), lead, NOW);
}
const carryOut = () => applyRules(signal, () => NOW);
const image = (pattern: string): TeamRule => ({ kind: "image", pattern });

type Overrides = Parameters<typeof anObservedFinding>[0];
function onImage(name: string, overrides: Overrides = {}): ObservedFinding {
  const { resource, ...rest } = overrides;
  return anObservedFinding({ ...rest, resource: { lineage: `image:111.dkr/${name}`, name, ...resource } });
}

const list = (query: FindingQuery) => listFindings(findingFilterSchema.parse(query));
const titlesOf = async (team: string) => (await list({ team })).items.map(({ title }) => title).sort();
const openOf = async () => {
  const { items, noTeam } = await listTeams(lead.personId);
  return { ...Object.fromEntries(items.map(({ id, holdings }) => [id, holdings.open])), [NO_TEAM]: noTeam.open };
};

test("of the teams that match a place the first in order has it; the list, the counts and the trend say the same", async () => {
  await aTeam("Payments", image("pay/*"));
  await aTeam("Platform", image("*"), { kind: "account", pattern: "4444*" });
  await wholePass(connectionId, "2026-02-01T00:00:00Z", [
    onImage("pay/api", { title: "a", severity: "critical" }),
    onImage("web", { title: "b" }),
    anObservedFinding({ title: "c", accountId: "444455556666", resource: { lineage: "resource:i-1" } }),
    anObservedFinding({ title: "d", resource: { lineage: "resource:i-2" } }),
  ]);
  expect(await titlesOf("payments")).toEqual(["a"]);
  expect(await titlesOf("platform")).toEqual(["b", "c"]);
  expect(await titlesOf(NO_TEAM)).toEqual(["d"]);
  expect(await openOf()).toEqual({ payments: { critical: 1 }, platform: { high: 2 }, [NO_TEAM]: { high: 1 } });
  const trends = await getTrends(trendsQuerySchema.parse({ by: "team" }), NOW);
  expect(trends.keys).toEqual([
    { key: "platform", label: "Platform" },
    { key: NO_TEAM, label: "No team" },
    { key: "payments", label: "Payments" },
  ]);
  expect(trends.days.at(-1)?.open).toEqual({ payments: 1, platform: 2, [NO_TEAM]: 1 });
  expect(await verifyRollups()).toEqual([]);
});

test("another order, other rules or one team less take the whole past along", async () => {
  await wholePass(connectionId, "2026-02-01T00:00:00Z", [
    onImage("pay/api", { title: "a" }),
    onImage("web", { title: "b" }),
  ]);
  await aTeam("Platform", image("*"));
  await aTeam("Payments", image("pay/*"));
  await carryOut();
  const query = trendsQuerySchema.parse({ by: "team", from: "2026-02-01", to: "2026-02-02" });
  expect((await getTrends(query, NOW)).days.at(-1)?.open).toEqual({ platform: 2 });
  await orderTeams(["payments", "platform"], lead, NOW);
  expect((await listTeams(lead.personId)).applying).toEqual({ done: 1, total: 1 });
  await carryOut();
  expect((await listTeams(lead.personId)).applying).toBeNull();
  expect((await getTrends(query, NOW)).days.at(-1)?.open).toEqual({ payments: 1, platform: 1 });
  await changeTeam("payments", { rules: [image("web"), image("pay/a?i")] }, lead, NOW);
  await carryOut();
  expect(await titlesOf("payments")).toEqual(["b"]);
  await removeTeam("platform", lead, NOW);
  await carryOut();
  expect((await getTrends(query, NOW)).days.at(-1)?.open).toEqual({ payments: 1, [NO_TEAM]: 1 });
  expect(await verifyRollups()).toEqual([]);
});

test("a place has one team, whichever of its resources carries the tag; it follows the tag when it goes", async () => {
  await aTeam("Payments", { kind: "tag", pattern: "team=pay*" });
  const fleet = (id: string, tags: Record<string, string>, title: string) =>
    anObservedFinding({ title, resource: { id, lineage: "fleet:eu-west-1/web", type: "AWS_EC2_INSTANCE", tags } });
  const [one, two] = [fleet("i-1", {}, "a"), fleet("i-2", { team: "payments" }, "b")];
  await wholePass(connectionId, "2026-02-01T00:00:00Z", [one, two]);
  expect(await titlesOf("payments")).toEqual(["a", "b"]);
  const retagged = { ...two, resource: { ...two.resource, tags: { team: "web" } } };
  await wholePass(connectionId, "2026-02-02T00:00:00Z", [one, retagged]);
  expect(await titlesOf("payments")).toEqual([]);
  expect(await verifyRollups()).toEqual([]);
});

test("places in code belong to the team of what they lie in", async () => {
  await aTeam("Web", { kind: "function", pattern: "checkout" });
  const code = anObservedFinding({
    type: "code",
    title: "a",
    resource: { lineage: "function:eu-west-1/checkout", type: "AWS_LAMBDA_FUNCTION" },
  });
  await wholePass(connectionId, "2026-02-01T00:00:00Z", [{ ...code, lineage: `${code.resource.lineage}#src/a.py` }]);
  expect(await titlesOf("web")).toEqual(["a"]);
  await changeTeam("web", { rules: [{ kind: "account", pattern: "9*" }] }, lead, NOW);
  await carryOut();
  expect(await titlesOf(NO_TEAM)).toEqual(["a"]);
  expect(await verifyRollups()).toEqual([]);
});

test("a list of a team as of a moment has as many as its trend says, after later syncs too", async () => {
  await aTeam("Payments", image("pay/*"));
  await aTeam("Web", image("web"));
  const one = onImage("pay/api", { title: "a" });
  const two = onImage("pay/api", { title: "b", cve: "CVE-2025-1" });
  await wholePass(connectionId, "2026-02-01T00:00:00Z", [one, two]);
  const at = async (day: string, team: string) => {
    const trends = await getTrends(trendsQuerySchema.parse({ team, from: "2026-02-01", to: "2026-02-06" }), NOW);
    const told = trends.days.find((one) => one.day === day)?.open ?? {};
    const listed = (await list({ team, status: "active", asOf: `${day}T23:59:59.999Z` })).total.count;
    expect(Object.values(told).reduce((sum, n) => sum + n, 0)).toBe(listed);
    return listed;
  };
  expect(await at("2026-02-01", "payments")).toBe(2);
  await wholePass(connectionId, "2026-02-03T00:00:00Z", [one]);
  await incrementalPass(connectionId, "2026-02-05T00:00:00Z", [onImage("pay/api", { cve: "CVE-2025-2" })]);
  expect(await at("2026-02-01", "payments")).toBe(2);
  expect(await at("2026-02-03", "payments")).toBe(1);
  expect(await at("2026-02-05", "payments")).toBe(2);
  expect(await at("2026-02-05", "web")).toBe(0);
  expect(await at("2026-02-05", NO_TEAM)).toBe(0);
});

const net = (bars: { net: number }[]) => bars.reduce((sum, bar) => sum + bar.net, 0);
const movementsOf = (team: string) =>
  getMovements(
    movementsQuerySchema.parse({ team, from: "2026-01-31T23:59:59.999Z", to: "2026-02-09T23:59:59.999Z" }),
    NOW,
  );

test("why a team's number moved sums exactly, also after its rules changed", async () => {
  await aTeam("Platform", image("*"));
  await aTeam("Payments");
  const [one, two, web] = [onImage("pay/api"), onImage("pay/api", { severity: "low" }), onImage("web")];
  await wholePass(connectionId, "2026-02-01T00:00:00Z", [one, two, web]);
  await wholePass(connectionId, "2026-02-03T00:00:00Z", [{ ...one, severity: "critical" }, web]);
  await changeTeam("platform", { rules: [image("web")] }, lead, NOW);
  await changeTeam("payments", { rules: [image("pay/*")] }, lead, NOW);
  await carryOut();
  for (const [team, open] of [
    ["platform", 1],
    ["payments", 1],
    [NO_TEAM, 0],
    ["platform,payments", 2],
  ] as const) {
    const { before, bars, after } = await movementsOf(team);
    expect(before.total + net(bars)).toBe(after.total);
    expect(after.total).toBe(open);
    expect(after.total).toBe((await list({ team, status: "active" })).total.count);
  }
  expect(await verifyRollups()).toEqual([]);
});

/** One finding on one host, in a fleet that carries the team's tag. */
const onHost = (fleet: string, team: string) =>
  anObservedFinding({
    sourceId: "arn:aws:inspector2:eu-west-1:111122223333:finding/one",
    resource: { id: "i-1", lineage: `fleet:eu-west-1/${fleet}`, type: "AWS_EC2_INSTANCE", tags: { team } },
  });

test("as of a day a finding stands on the list of the team whose place it was in, as the trend of the team counts it", async () => {
  await aTeam("Web", { kind: "tag", pattern: "team=web" });
  await aTeam("Payments", { kind: "tag", pattern: "team=pay" });
  await wholePass(connectionId, "2026-02-01T00:00:00Z", [onHost("web", "web")]);
  await wholePass(connectionId, "2026-02-04T00:00:00Z", [onHost("pay", "pay")]);
  await wholePass(connectionId, "2026-02-07T00:00:00Z", [onHost("web", "web")]);
  const days = [
    ["2026-02-02", "web", "payments"],
    ["2026-02-05", "payments", "web"],
    ["2026-02-08", "web", "payments"],
  ] as const;
  for (const [asOf, there, elsewhere] of days) {
    const trends = await getTrends(trendsQuerySchema.parse({ by: "team", from: asOf, to: asOf }), NOW);
    expect(trends.days[0]?.open).toEqual({ [there]: 1 });
    const { team } = await getFindingFacets(findingConditionsSchema.parse({ status: "active", asOf }));
    expect(team.map(({ value, count }) => [value, count])).toEqual([[there, 1]]);
    const { items, total } = await list({ team: there, status: "active", asOf });
    expect([items.length, total.count]).toEqual([1, 1]);
    const others = await list({ team: elsewhere, status: "active", asOf });
    expect([others.items.length, others.total.count]).toEqual([0, 0]);
  }
});

test("a finding that moves into another team's place is one out here and one in there, and its past stays", async () => {
  await aTeam("Web", { kind: "tag", pattern: "team=web" });
  await aTeam("Payments", { kind: "tag", pattern: "team=pay" });
  await wholePass(connectionId, "2026-02-01T00:00:00Z", [onHost("web", "web")]);
  await wholePass(connectionId, "2026-02-05T00:00:00Z", [onHost("pay", "pay")]);
  const movedOf = async (team: string) => {
    const { before, bars, after } = await movementsOf(team);
    expect(before.total + net(bars)).toBe(after.total);
    expect(after.total).toBe((await list({ team, status: "active" })).total.count);
    const moved = bars.filter((bar) => bar.net !== 0);
    for (const { reason, findings } of moved) expect((await list({ team, moved: reason })).total.count).toBe(findings);
    return moved.map((bar) => [bar.reason, bar.net]);
  };
  expect(await movedOf("web")).toEqual([
    ["scope-added", 1],
    ["moved", -1],
  ]);
  expect(await movedOf("payments")).toEqual([["moved", 1]]);
  expect(await movedOf(NO_TEAM)).toEqual([]);
  const past = trendsQuerySchema.parse({ by: "team", from: "2026-02-03", to: "2026-02-06" });
  const daysOf = async () => (await getTrends(past, NOW)).days.map(({ open }) => open);
  const told = [{ web: 1 }, { web: 1 }, { payments: 1 }, { payments: 1 }];
  expect(await daysOf()).toEqual(told);
  await orderTeams(["payments", "web"], lead, NOW);
  await carryOut();
  expect(await daysOf()).toEqual(told);
  await removeTeam("web", lead, NOW);
  await carryOut();
  expect((await daysOf()).at(0)).toEqual({ [NO_TEAM]: 1 });
  expect(await verifyRollups()).toEqual([]);
});

test("ages of a team are those of its issues", async () => {
  await aTeam("Payments", image("pay/*"));
  await wholePass(connectionId, "2026-02-01T00:00:00Z", [onImage("pay/api"), onImage("web")]);
  const { buckets } = await getOpenAge(trendScopeSchema.parse({ team: "payments" }), NOW);
  expect(buckets.reduce((sum, { findings }) => sum + findings, 0)).toBe(1);
  expect(buckets.reduce((sum, { issues }) => sum + issues, 0)).toBe(1);
});

test("the overview of a team has as many as its lists, of what is open, what came and went, and what is not scanned", async () => {
  await aTeam("Payments", image("pay/*"));
  const [one, two, web] = [onImage("pay/api", { severity: "critical" }), onImage("pay/api"), onImage("web")];
  await wholePass(connectionId, "2026-02-01T00:00:00Z", [one, two, web]);
  await wholePass(connectionId, "2026-02-08T06:00:00Z", [one, web, onImage("pay/web"), onImage("web")]);
  await saveLook(lead.personId, new Date("2026-02-02T00:00:00Z"));
  for (const team of [["payments"], [NO_TEAM], ["payments", NO_TEAM], []]) {
    const told = await getOverview(lead.personId, { team }, NOW);
    expect(told.matrix.total.open).toBe((await list({ team, status: "active" })).total.count);
    expect(told.worst.length).toBe(told.matrix.total.open);
    expect(told.critical.open).toBe((await list({ team, status: "active", severity: "critical" })).total.count);
    const range = { movedFrom: told.since.from, movedTo: told.since.to };
    for (const [movement, count] of [
      ["new", told.since.new],
      ["not-reported", told.since.notReported],
    ] as const) {
      expect(count).toBe((await list({ team, movement, ...range })).total.count);
    }
  }
  const payments = await getOverview(lead.personId, { team: ["payments"] }, NOW);
  expect(payments.matrix.total).toMatchObject({ open: 2, new: 1 });
});

test("a preview tells what rules match, what another team has already, and which rules match nothing", async () => {
  await aTeam("Platform", image("pay/*"));
  await wholePass(connectionId, "2026-02-01T00:00:00Z", [
    onImage("pay/api", { severity: "critical" }),
    onImage("web"),
    onImage("web", { status: "closed" }),
  ]);
  const draft = { rules: [image("*"), { kind: "scan" as const, pattern: "none" }] };
  expect(await previewTeam(teamDraftSchema.parse(draft))).toEqual({
    matched: { accounts: 1, resources: 3, open: { critical: 1, high: 1 } },
    idleRules: [1],
    overlaps: [{ id: "platform", name: "Platform", wins: true, resources: 1 }],
    wonResources: 2,
  });
  expect(await previewTeam({ rules: [] })).toMatchObject({ matched: { resources: 0, open: {} }, overlaps: [] });
});

test("what is refused changes nothing and says which field", async () => {
  await aTeam("Payments");
  await expect(createTeam(newTeamSchema.parse({ name: "payments", id: "pay" }), lead, NOW)).rejects.toMatchObject({
    code: "conflict",
    faults: [{ field: "name" }],
  });
  await expect(createTeam(newTeamSchema.parse({ name: "決済" }), lead, NOW)).rejects.toMatchObject({
    faults: [{ field: "id" }],
  });
  const strangers = newTeamSchema.parse({ name: "Web", members: [lead.userName, "nobody-here"] });
  await expect(createTeam(strangers, lead, NOW)).rejects.toMatchObject({ faults: [{ field: "members.1" }] });
  await expect(orderTeams(["payments", "payments"], lead, NOW)).rejects.toMatchObject({ code: "conflict" });
  await expect(changeTeam("gone", { name: "x" }, lead, NOW)).rejects.toMatchObject({ code: "not-found" });
  await expect(chooseTeamScope({ team: "gone" }, lead)).rejects.toMatchObject({ code: "not-found" });
  expect((await listTeams(lead.personId)).items).toMatchObject([{ id: "payments", position: 1, members: [] }]);
});

test("a team goes with what named it: its members, and whose pages opened with it", async () => {
  await createTeam(newTeamSchema.parse({ name: "Payments", members: [lead.userName] }), lead, NOW);
  await chooseTeamScope({ team: "payments" }, lead);
  expect(await listTeams(lead.personId)).toMatchObject({ scope: "payments", items: [{ isMine: true }] });
  await removeTeam("payments", lead, NOW);
  expect(await listTeams(lead.personId)).toMatchObject({ scope: null, items: [] });
});

test("what moved in a team is the sum of its accounts, and made right with them", async () => {
  await aTeam("Payments", image("pay/*"));
  await wholePass(connectionId, "2026-02-01T00:00:00Z", [onImage("pay/api", { title: "a" })]);
  await carryOut();
  await database().pool.query("UPDATE day_delta_team SET n = n + 1");
  expect((await verifyRollups()).map(({ rollup, stored, counted }) => [rollup, stored, counted])).toEqual([
    ["day_delta_team", "2", "1"],
    ["day_delta_team_organisation", "2", "1"],
  ]);
  await rebuildRollups();
  expect(await verifyRollups()).toEqual([]);
  await database().pool.query("DELETE FROM day_delta_team_organisation");
  expect(await verifyRollups()).toMatchObject([{ rollup: "day_delta_team_organisation", stored: "0", counted: "1" }]);
  await rebuildRollups();
  expect(await verifyRollups()).toEqual([]);
});

test("a rebuild brings back which team has what", async () => {
  await aTeam("Payments", image("pay/*"));
  await wholePass(connectionId, "2026-02-01T00:00:00Z", [onImage("pay/api", { title: "a" })]);
  await carryOut();
  await database().pool.query("DELETE FROM lineage_team");
  expect(await verifyRollups()).toMatchObject([{ rollup: "lineage_team", stored: "none", counted: "payments" }]);
  await rebuildRollups();
  expect(await verifyRollups()).toEqual([]);
  expect(await titlesOf("payments")).toEqual(["a"]);
  expect((await getHistory()).hasUnsettled).toBe(false);
});
