import { beforeEach, expect, test } from "vitest";
import { closeDatabase, database, openDatabase } from "#lib/db/database.ts";
import { getFinding } from "#lib/db/read/get-finding.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { getCompliance } from "#lib/db/read/sla-compliance.ts";
import { getPolicy } from "#lib/db/read/sla-policy.ts";
import { getSlaStanding } from "#lib/db/read/sla-standing.ts";
import { rebuildRollups } from "#lib/db/write/rebuild-rollups.ts";
import { forgetPastDue } from "#lib/db/write/sla/forget-past-due.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { type FindingQuery, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { permissionSchema } from "#lib/domain/permission.ts";
import { complianceQuerySchema, newPolicySchema, type SlaRule, slaStandingQuerySchema } from "#lib/domain/sla.ts";
import { newTeamSchema } from "#lib/domain/team.ts";
import { aSignedInPerson } from "#testing/api.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass, wholePass } from "#testing/sync-passes.ts";
import { applyRules } from "./apply-rules.ts";
import { changePolicy } from "./sla.ts";
import { createTeam } from "./teams.ts";
import { type Decider, decide, draftDecision, undoDecision } from "./triage-findings.ts";

const urls = queueDatabase();

const signal = new AbortController().signal;
const NOW = new Date("2026-03-01T12:00:00Z");
const AFTER = new Date("2026-04-02T00:00:00Z");

let lead: Decider;
let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  await database().pool.query("DELETE FROM team; DELETE FROM sla_version; DELETE FROM setting WHERE key = 'rules'");
  connectionId = await aConnection();
  const { caller } = await aSignedInPerson("lead");
  lead = { ...caller, permissions: new Set(permissionSchema.options) };
});

const organisation = (days: SlaRule["days"]): SlaRule => ({ level: "organisation", id: null, days });

async function setPolicy(rules: SlaRule[], now: string): Promise<void> {
  const { versions } = await getPolicy();
  await changePolicy({ basedOn: versions[0]?.number ?? 0, rules }, lead, new Date(now));
  await applyRules(signal, () => new Date(now));
}

const list = (query: FindingQuery) => listFindings(findingFilterSchema.parse(query));
async function dueOf(title: string, query: FindingQuery = {}): Promise<string | null | undefined> {
  return (await list(query)).items.find((finding) => finding.title === title)?.dueAt;
}

/** A finding that was first observed at the start of February. */
function anOpen(title: string, overrides: Parameters<typeof anObservedFinding>[0] = {}) {
  const firstObservedAt = new Date("2026-02-01T15:00:00Z");
  return anObservedFinding({
    title,
    cve: `CVE-2026-${title}`,
    firstObservedAt,
    updatedAt: firstObservedAt,
    ...overrides,
  });
}

test("an open finding is due at the end of the UTC day so many days after its clock began", async () => {
  await wholePass(connectionId, "2026-02-02T00:00:00Z", [
    anOpen("a", { severity: "critical" }),
    anOpen("b", { severity: "low" }),
  ]);
  expect(await dueOf("a")).toBeNull();
  await setPolicy([organisation({ critical: 7 })], "2026-02-03T00:00:00Z");
  expect(await dueOf("a")).toBe("2026-02-08T23:59:59.999Z");
  expect(await dueOf("b")).toBeNull();
  await incrementalPass(connectionId, "2026-02-04T00:00:00Z", [anOpen("c", { severity: "critical" })]);
  expect(await dueOf("c")).toBe("2026-02-08T23:59:59.999Z");
  expect((await list({ sort: "due" })).items.map(({ title }) => title).at(-1)).toBe("b");
  expect(await verifyRollups()).toEqual([]);
});

test("of rules for one field the narrowest counts, and what a rule leaves out comes from the next wider one", async () => {
  await createTeam(newTeamSchema.parse({ name: "Web", rules: [{ kind: "image", pattern: "web" }] }), lead, NOW);
  const web = { resource: { lineage: "image:x/web" } };
  await wholePass(connectionId, "2026-02-02T00:00:00Z", [
    anOpen("a", { severity: "critical", ...web }),
    anOpen("b", { severity: "high", ...web }),
    anOpen("c", { severity: "medium", ...web }),
    anOpen("d", { severity: "critical" }),
    anOpen("e", { severity: "critical", accountId: "444455556666" }),
  ]);
  await setPolicy(
    [
      organisation({ critical: 10, high: 20, medium: 30 }),
      { level: "account", id: "111122223333", days: { critical: 5, high: 15 } },
      { level: "team", id: "web", days: { critical: 9 } },
    ],
    "2026-02-03T00:00:00Z",
  );
  const days = await Promise.all(["a", "b", "c", "d", "e"].map((title) => dueOf(title)));
  expect(days.map((due) => (Date.parse(due ?? "") - Date.parse("2026-02-01T23:59:59.999Z")) / 86_400_000)).toEqual([
    9, 15, 30, 5, 10,
  ]);
  expect(await verifyRollups()).toEqual([]);
});

test("known exploited or reachable through the network, the strictest rule counts, for as long as it is so", async () => {
  const resource = { id: "i-1", type: "AWS_EC2_INSTANCE", lineage: "resource:i-1" };
  const path = anOpen("path", { type: "network", severity: "medium", resource });
  const behind = anOpen("behind", { severity: "low", resource });
  const exploited = anOpen("exploited", { severity: "low", knownExploitedAt: new Date("2026-02-01") });
  await wholePass(connectionId, "2026-02-02T00:00:00Z", [behind, exploited]);
  await setPolicy([organisation({ low: 180, exploited: 3, reachable: 14 })], "2026-02-03T00:00:00Z");
  expect(await dueOf("behind")).toBe("2026-07-31T23:59:59.999Z");
  expect(await dueOf("exploited")).toBe("2026-02-04T23:59:59.999Z");
  await wholePass(connectionId, "2026-02-04T00:00:00Z", [behind, exploited, path]);
  expect(await dueOf("behind")).toBe("2026-02-15T23:59:59.999Z");
  expect(await dueOf("path")).toBe("2026-02-15T23:59:59.999Z");
  expect(await verifyRollups()).toEqual([]);
  await wholePass(connectionId, "2026-02-05T00:00:00Z", [behind, exploited]);
  expect(await dueOf("behind")).toBe("2026-07-31T23:59:59.999Z");
  expect(await dueOf("behind", { asOf: "2026-02-04" })).toBe("2026-02-15T23:59:59.999Z");
  const { rows } = await database().pool.query(
    "SELECT cause FROM lifecycle_event WHERE kind = 'due-set' ORDER BY recorded_at",
  );
  expect(rows.map(({ cause }) => cause)).toEqual(["policy", "policy", "policy", "policy"]);
  expect(await verifyRollups()).toEqual([]);
});

test("what a finding of an issue changes, the others of the issue are due by too", async () => {
  const one = anOpen("one", { severity: "low", cve: "CVE-2026-1" });
  const two = anOpen("two", { severity: "critical", cve: "CVE-2026-1" });
  await wholePass(connectionId, "2026-02-02T00:00:00Z", [one]);
  await setPolicy([organisation({ critical: 7, low: 180 })], "2026-02-03T00:00:00Z");
  await incrementalPass(connectionId, "2026-02-04T00:00:00Z", [two]);
  expect(await dueOf("one")).toBe("2026-02-08T23:59:59.999Z");
  expect(await dueOf("one", { asOf: "2026-02-03" })).toBe("2026-07-31T23:59:59.999Z");
  expect(await verifyRollups()).toEqual([]);
});

test("a person's date wins over the policy's until it is taken away", async () => {
  await wholePass(connectionId, "2026-02-02T00:00:00Z", [anOpen("a", { severity: "critical" })]);
  await setPolicy([organisation({ critical: 7 })], "2026-02-03T00:00:00Z");
  const { items } = await list({});
  const act = { kind: "due" as const, dueAt: "2026-02-20T23:59:59.999Z" };
  const at = new Date("2026-02-04T00:00:00Z");
  const { id: draftId } = await draftDecision({ act, findingIds: [items[0]?.id ?? ""] }, lead, at);
  const decision = await decide({ draftId, act }, lead, at);
  expect(await dueOf("a")).toBe(act.dueAt);
  await setPolicy([organisation({ critical: 5 })], "2026-02-04T00:01:00Z");
  expect(await dueOf("a")).toBe(act.dueAt);
  expect(await verifyRollups()).toEqual([]);
  await undoDecision(decision.id, lead, new Date("2026-02-04T00:02:00Z"));
  expect(await dueOf("a")).toBe("2026-02-06T23:59:59.999Z");
  expect(await verifyRollups()).toEqual([]);
});

test("a new version changes what is due from then on, and nothing of what was told before", async () => {
  await wholePass(connectionId, "2026-02-02T00:00:00Z", [anOpen("a", { severity: "critical" })]);
  await setPolicy([organisation({ critical: 7 })], "2026-02-03T00:00:00Z");
  const overdueOn = async (day: string) => (await list({ due: "overdue", status: "active", asOf: day })).total.count;
  expect(await overdueOn("2026-02-08")).toBe(0);
  expect(await overdueOn("2026-02-10")).toBe(1);
  await setPolicy([organisation({ critical: 90 })], "2026-02-25T00:00:00Z");
  expect(await overdueOn("2026-02-10")).toBe(1);
  expect(await overdueOn("2026-02-26")).toBe(0);
  await setPolicy([], "2026-02-27T00:00:00Z");
  expect(await overdueOn("2026-02-10")).toBe(1);
  expect((await list({ due: "none", status: "active" })).total.count).toBe(1);
  expect((await getPolicy()).versions.map(({ number, rules }) => [number, rules.length])).toEqual([
    [3, 0],
    [2, 1],
    [1, 1],
  ]);
  expect(await verifyRollups()).toEqual([]);
});

test("what has ended keeps the due date that it had", async () => {
  const fixed = anOpen("a", { severity: "critical" });
  await wholePass(connectionId, "2026-02-02T00:00:00Z", [fixed]);
  await setPolicy([organisation({ critical: 7 })], "2026-02-03T00:00:00Z");
  await wholePass(connectionId, "2026-02-04T00:00:00Z", []);
  await setPolicy([organisation({ critical: 90 })], "2026-02-05T00:00:00Z");
  expect(await dueOf("a")).toBe("2026-02-08T23:59:59.999Z");
  expect(await verifyRollups()).toEqual([]);
});

test("every number of the standing is that of its list", async () => {
  await createTeam(newTeamSchema.parse({ name: "Web", rules: [{ kind: "image", pattern: "web" }] }), lead, NOW);
  const web = { resource: { lineage: "image:x/web" } };
  await wholePass(connectionId, "2026-02-02T00:00:00Z", [
    anOpen("overdue", { severity: "critical", ...web }),
    anOpen("overdue too", { severity: "critical", accountId: "444455556666" }),
    anOpen("at risk", { severity: "high" }),
    anOpen("in time", { severity: "medium" }),
    anOpen("undated", { severity: "low" }),
  ]);
  await setPolicy([organisation({ critical: 7, high: 30, medium: 90 })], "2026-02-03T00:00:00Z");
  const asOf = "2026-02-25";
  const standing = await getSlaStanding(slaStandingQuerySchema.parse({ asOf }), NOW);
  const count = async (query: FindingQuery) => (await list({ status: "active", asOf, ...query })).total.count;
  expect(standing.all).toMatchObject({
    overdue: { findings: await count({ due: "overdue" }), issues: 2 },
    atRisk: { findings: await count({ due: "at-risk" }), issues: 1 },
    undated: { findings: await count({ due: "none" }), issues: 1 },
    inTime: { findings: 1 },
  });
  expect(await count({ due: "at-risk" })).toBe(1);
  expect(standing.bySeverity.critical?.overdue.findings).toBe(2);
  for (const { fromDays, toDays, findings } of standing.ages) {
    expect(await count({ overdueDays: `${fromDays}..${toDays ?? ""}` })).toBe(findings);
  }
  expect(standing.ages.map(({ findings }) => findings)).toEqual([0, 2, 0, 0]);
  expect(standing.late.owners).toEqual([{ userName: null, findings: 2, issues: 2, longestDays: 17 }]);
  expect(standing.late.teams.map(({ id, findings }) => [id, findings]).sort()).toEqual([
    [null, 1],
    ["web", 1],
  ]);
  expect(await count({ due: "overdue", team: "web" })).toBe(1);
  expect(standing.late.accounts.map(({ id, findings }) => [id, findings])).toEqual([
    ["111122223333", 1],
    ["444455556666", 1],
  ]);
  const ofTeam = await getSlaStanding(slaStandingQuerySchema.parse({ asOf, team: "web" }), NOW);
  expect(ofTeam.all.overdue.findings).toBe(1);
});

test("compliance counts fixes by the due date of then, and what was open by that of the period's end", async () => {
  const inTime = anOpen("in time", { severity: "critical" });
  const late = anOpen("late", { severity: "critical", cve: "CVE-2026-2" });
  const still = anOpen("still", { severity: "critical", cve: "CVE-2026-3" });
  await wholePass(connectionId, "2026-02-02T00:00:00Z", [inTime, late, still]);
  await setPolicy([organisation({ critical: 7 })], "2026-02-02T01:00:00Z");
  const closed = (finding: typeof inTime, at: string) => ({
    ...finding,
    status: "closed" as const,
    updatedAt: new Date(at),
  });
  const { pool } = database();
  await pool.query(
    `INSERT INTO coverage (account_id, resource_id, scan_type, source, region, resource_type, resource_source_id, is_scanned, reason, since)
     SELECT account_id, id, 'PACKAGE', 'inspector', region, type, source_id, true, 'SUCCESSFUL', now() FROM resource`,
  );
  await incrementalPass(connectionId, "2026-02-05T00:00:00Z", [closed(inTime, "2026-02-05T00:00:00Z")]);
  await incrementalPass(connectionId, "2026-02-20T00:00:00Z", [closed(late, "2026-02-20T00:00:00Z")]);
  const query = complianceQuerySchema.parse({ from: "2026-02-01", to: "2026-02-28" });
  const told = await getCompliance(query, NOW);
  const on = (day: string) => told.periods.find(({ from }) => from === day);
  expect(told.grain).toBe("day");
  expect(told.periods[0]?.from).toBe("2026-02-02");
  expect(on("2026-02-05")).toMatchObject({ fixedInTime: 1, fixedLate: 0, openInTime: { issues: 2 }, share: 1 });
  expect(on("2026-02-20")).toMatchObject({
    fixedInTime: 0,
    fixedLate: 1,
    overdue: { issues: 1, findings: 1 },
    share: 0,
  });
  await setPolicy([organisation({ critical: 90 })], "2026-02-28T12:00:00Z");
  const later = await getCompliance(query, NOW);
  expect(later.periods.filter(({ from }) => from < "2026-02-28")).toEqual(
    told.periods.filter(({ from }) => from < "2026-02-28"),
  );
  const year = await getCompliance(complianceQuerySchema.parse({ to: "2026-03-01" }), NOW);
  expect(year).toMatchObject({ grain: "month", from: "2025-04-01" });
  expect(year.periods.map(({ from, to, fixedInTime, fixedLate }) => [from, to, fixedInTime, fixedLate])).toEqual([
    ["2026-02-01", "2026-02-28", 1, 1],
    ["2026-03-01", "2026-03-01", 0, 0],
  ]);
});

test("two rules for one scope, a team that is not there, or a version changed meanwhile are refused", async () => {
  const account = { level: "account", id: "1", days: { high: 3 } };
  const overlap = newPolicySchema.safeParse({ basedOn: 0, rules: [account, organisation({ low: 1 }), account] });
  expect(overlap.error?.issues).toMatchObject([
    { path: ["rules", 2, "id"], message: expect.stringContaining("Rule 1") },
  ]);
  const unknown: SlaRule = { level: "team", id: "gone", days: { high: 3 } };
  await expect(changePolicy({ basedOn: 0, rules: [unknown] }, lead, NOW)).rejects.toMatchObject({
    code: "invalid-input",
    faults: [{ field: "rules.0.id" }],
  });
  await changePolicy({ basedOn: 0, rules: [] }, lead, NOW);
  await expect(changePolicy({ basedOn: 0, rules: [] }, lead, NOW)).rejects.toMatchObject({ code: "conflict" });
  expect((await getPolicy()).versions).toHaveLength(1);
});

test("a rebuild brings due dates back", async () => {
  await wholePass(connectionId, "2026-02-02T00:00:00Z", [anOpen("a", { severity: "critical" })]);
  await setPolicy([organisation({ critical: 7 })], "2026-02-03T00:00:00Z");
  await database().pool.query("UPDATE issue SET due_at = NULL, policy_due_at = NULL");
  expect((await verifyRollups()).map(({ rollup }) => rollup).sort()).toEqual(["finding_version", "issue_due"]);
  await rebuildRollups();
  expect(await verifyRollups()).toEqual([]);
});

test("a due date by which nothing is open any more is forgotten, and no other", async () => {
  const gone = anOpen("gone", { severity: "critical" });
  await wholePass(connectionId, "2026-02-02T00:00:00Z", [gone, anOpen("stays", { severity: "high" })]);
  await setPolicy([organisation({ critical: 7, high: 30 })], "2026-02-03T00:00:00Z");
  await incrementalPass(connectionId, "2026-02-05T00:00:00Z", [
    { ...gone, status: "closed", updatedAt: new Date("2026-02-05T00:00:00Z") },
  ]);
  await forgetPastDue(signal);
  const { rows } = await database().pool.query("SELECT due_at, findings, issues FROM due_open");
  expect(rows).toEqual([{ due_at: new Date("2026-03-03T23:59:59.999Z"), findings: 1, issues: 1 }]);
  expect(await verifyRollups()).toEqual([]);
});

test("a finding tells whether a person or the policy set its date, and by what", async () => {
  await wholePass(connectionId, "2026-02-02T00:00:00Z", [
    anOpen("a", { severity: "low", knownExploitedAt: new Date("2026-02-01") }),
  ]);
  const id = (await list({})).items[0]?.id ?? "";
  expect((await getFinding(id)).dueBy).toBeNull();
  await setPolicy([organisation({ low: 180, exploited: 3 })], "2026-02-03T00:00:00Z");
  expect((await getFinding(id)).dueBy).toEqual({ kind: "policy", field: "exploited", days: 3 });
  const act = { kind: "due" as const, dueAt: "2026-02-20T23:59:59.999Z" };
  const at = new Date("2026-02-04T00:00:00Z");
  const { id: draftId } = await draftDecision({ act, findingIds: [id] }, lead, at);
  await decide({ draftId, act }, lead, at);
  expect((await getFinding(id)).dueBy).toEqual({ kind: "person", userName: lead.userName });
});

test.each(["Pacific/Auckland", "Pacific/Honolulu", "Europe/Berlin"])(
  "a due day is a UTC day, also where the database's own clock is that of %s",
  async (zone) => {
    const name = new URL(urls.url).pathname.slice(1);
    await database().pool.query(`ALTER ROLE CURRENT_USER IN DATABASE ${name} SET timezone = '${zone}'`);
    await closeDatabase();
    openDatabase(urls.url);
    const observedAt = (title: string, at: string) =>
      anOpen(title, { severity: "critical", firstObservedAt: new Date(at), updatedAt: new Date(at) });
    await wholePass(connectionId, "2026-04-01T00:00:00Z", [
      observedAt("end of a month", "2026-02-28T23:30:00Z"),
      observedAt("start of a day", "2026-03-01T00:00:00Z"),
      observedAt("clocks go forward", "2026-03-29T00:30:00Z"),
    ]);
    await setPolicy([organisation({ critical: 1 })], "2026-04-01T01:00:00Z");
    expect(await dueOf("end of a month")).toBe("2026-03-01T23:59:59.999Z");
    expect(await dueOf("start of a day")).toBe("2026-03-02T23:59:59.999Z");
    expect(await dueOf("clocks go forward")).toBe("2026-03-30T23:59:59.999Z");
    const april = await getCompliance(complianceQuerySchema.parse({ from: "2026-03-01", to: "2026-04-01" }), AFTER);
    expect(april.periods.map(({ from, overdue }) => [from, overdue.issues])).toEqual([["2026-04-01", 3]]);
    expect(await verifyRollups()).toEqual([]);
  },
);
