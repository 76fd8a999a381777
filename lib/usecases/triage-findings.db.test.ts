import { beforeEach, expect, test } from "vitest";
import { PERMISSIONS } from "#lib/auth/permissions.ts";
import { database } from "#lib/db/database.ts";
import { getFinding } from "#lib/db/read/get-finding.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { listDecisions } from "#lib/db/read/triage-decisions.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { type FindingFilter, findingConditionsSchema, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import type { Role } from "#lib/domain/person.ts";
import type { TriageAct } from "#lib/domain/triage-act.ts";
import { aSignedInPerson } from "#testing/api.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection, saveFindings } from "#testing/saved-findings.ts";
import { endSuppressions } from "./end-suppressions.ts";
import { type Decider, decide, draftDecision, reviewDecision, undoDecision } from "./triage-findings.ts";

appDatabase();

const NOW = new Date("2026-02-01T12:00:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

let lead: Decider;
let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  connectionId = await aConnection();
  lead = await aDecider("lead");
});

const SUPPRESS: TriageAct = {
  kind: "suppress",
  grounds: "not-reachable",
  until: "2026-03-01T00:00:00.000Z",
  reason: "Only our gateway calls it.",
};

async function aDecider(role: Role): Promise<Decider> {
  const { caller } = await aSignedInPerson(role);
  return { personId: caller.personId, userName: caller.userName, permissions: PERMISSIONS[role] };
}

async function save(...findings: Parameters<typeof anObservedFinding>[0][]): Promise<string[]> {
  await saveFindings(findings.map(anObservedFinding), { connectionId });
  const { items } = await list({});
  return items.map(({ id }) => id);
}

const list = (filter: Partial<Record<keyof FindingFilter, string>>) => listFindings(findingFilterSchema.parse(filter));

async function decideAbout(findingIds: string[], act: TriageAct, { by = lead, now = NOW } = {}) {
  const draft = await draftDecision({ act, findingIds }, by, now);
  return await decide({ draftId: draft.id, act }, by, now);
}

test("suppressed findings leave what is active, with who did it and why, and every count follows", async () => {
  const [one = "", two = ""] = await save({ severity: "critical" }, { severity: "high" }, { severity: "low" });
  const decision = await decideAbout([one, two], SUPPRESS);
  expect(decision).toMatchObject({ state: "done", madeBy: lead.userName, outcome: { changed: 2, leftOut: {} } });
  expect((await list({ status: "active" })).items.map(({ severity }) => severity)).toEqual(["low"]);
  expect((await list({ status: "suppressed" })).total).toEqual({ count: 2, exact: true });
  const finding = await getFinding(one);
  expect(finding.suppressions).toMatchObject([
    { by: "person", grounds: "not-reachable", reason: SUPPRESS.reason, until: SUPPRESS.until, userName: lead.userName },
  ]);
  expect(finding.timeline[0]).toMatchObject({
    kind: "suppressed",
    cause: "person",
    actor: lead.userName,
    decision: { id: decision.id, act: SUPPRESS, isUndone: false },
  });
  expect(await verifyRollups()).toEqual([]);
});

test("a preview tells how many would change, how bad they are, where, and what is left as it is", async () => {
  await save(
    { severity: "critical", knownExploitedAt: NOW },
    { severity: "high", accountId: "444455556666" },
    { severity: "high" },
    { severity: "low", status: "closed" },
  );
  const filter = findingConditionsSchema.parse({ status: "active,closed" });
  const draft = await draftDecision({ act: { kind: "suppress", until: "2026-03-01" }, filter }, lead, NOW);
  expect(draft).toMatchObject({
    total: 4,
    changes: 3,
    bySeverity: { critical: 1, high: 2 },
    knownExploited: 1,
    accountCount: 2,
    leftOut: { closed: 1 },
  });
  expect(draft.accounts[0]).toMatchObject({ accountId: "111122223333", count: 2 });
  expect((await list({ status: "active" })).total.count).toBe(3);
});

test("a decision about all that match acts on what was previewed, not on what came since", async () => {
  await save({ severity: "high" }, { severity: "high" });
  const filter = findingConditionsSchema.parse({ status: "active", severity: "high" });
  const draft = await draftDecision({ act: SUPPRESS, filter }, lead, NOW);
  await saveFindings([anObservedFinding({ severity: "high" })], { connectionId });
  const decision = await decide({ draftId: draft.id, act: SUPPRESS }, lead, NOW);
  expect(decision).toMatchObject({ outcome: { changed: 2 }, filter: { status: ["active"], severity: ["high"] } });
  expect((await list({ status: "active" })).total.count).toBe(1);
});

test("what is assigned or given a due date is the issue: each of its findings has it, in the list and in its history", async () => {
  const [one = ""] = await save({}, {}, { cve: "CVE-2026-1", severity: "low" });
  const developer = await aDecider("developer");
  await decideAbout([one], { kind: "assign", assignee: developer.userName });
  await decideAbout([one], { kind: "due", dueAt: "2026-02-10T23:59:59.999Z" });
  const { items } = await list({ assignee: developer.userName });
  expect(items).toHaveLength(2);
  expect(items.map(({ dueAt }) => dueAt)).toEqual(Array(2).fill("2026-02-10T23:59:59.999Z"));
  expect((await getFinding(items[1]!.id)).timeline.map(({ kind }) => kind)).toEqual(["due-set", "assigned", "opened"]);
  const { rows } = await database().pool.query(
    "SELECT count(*)::int AS n FROM finding_version WHERE valid_to = 'infinity' AND assignee_id = $1 AND due_at IS NOT NULL",
    [developer.personId],
  );
  expect(rows[0].n).toBe(2);
  expect(await verifyRollups()).toEqual([]);
});

test("a person's severity counts, outlives the source's rescoring, and the source's stays beside it", async () => {
  const finding = anObservedFinding({ severity: "critical" });
  await saveFindings([finding], { connectionId });
  const { id = "" } = (await list({})).items[0]!;
  await decideAbout([id], { kind: "severity", severity: "low", reason: "A test host." });
  await saveFindings([{ ...finding, severity: "high", updatedAt: new Date("2026-02-02") }], { connectionId });
  expect(await getFinding(id)).toMatchObject({
    severity: "low",
    sourceSeverity: "high",
    severityOverride: { reason: "A test host.", userName: lead.userName },
  });
  await decideAbout(
    [id],
    { kind: "severity", severity: null, reason: "It is in production now." },
    { now: later(5000) },
  );
  expect(await getFinding(id)).toMatchObject({ severity: "high", severityOverride: null });
  expect(await verifyRollups()).toEqual([]);
});

test("what a person suppressed can be lifted; what AWS suppressed is left and told", async () => {
  const [one = ""] = await save({ severity: "high" });
  await decideAbout([one], SUPPRESS);
  const [aws = ""] = (await save({ severity: "critical", status: "suppressed" })).slice(0, 1);
  const decision = await decideAbout([one, aws], { kind: "unsuppress" });
  expect(decision.outcome).toMatchObject({ changed: 1, leftOut: { "suppressed-by-source": 1 } });
  expect((await list({ status: "active" })).items.map(({ id }) => id)).toEqual([one]);
  expect(await verifyRollups()).toEqual([]);
});

test("a comment stands in the timeline and changes nothing else", async () => {
  const [one = ""] = await save({});
  const developer = await aDecider("developer");
  await decideAbout([one], { kind: "comment", text: "We look at it on Monday." }, { by: developer });
  const finding = await getFinding(one);
  expect(finding.timeline[0]).toMatchObject({
    kind: "commented",
    actor: developer.userName,
    decision: { act: { text: "We look at it on Monday." } },
  });
  expect(finding.status).toBe("active");
});

test.each<[string, TriageAct]>([
  ["suppress", SUPPRESS],
  ["severity", { kind: "severity", severity: "low", reason: "A test host." }],
  ["due", { kind: "due", dueAt: "2026-02-10T23:59:59.999Z" }],
  ["comment", { kind: "comment", text: "Hm." }],
])("an undo of %s brings back how the findings stood, by an event of its own", async (_, act) => {
  const ids = await save({ severity: "high" }, { severity: "critical" });
  const before = await list({});
  const { id } = await decideAbout(ids, act);
  const undone = await undoDecision(id, lead, later(9));
  expect(undone).toMatchObject({ state: "undone", undo: { by: lead.userName, outcome: { leftOut: {} } } });
  const after = await list({});
  const toStand = ({ updatedAt: _at, ...rest }: (typeof after.items)[number]) => rest;
  expect(after.items.map(toStand)).toEqual(before.items.map(toStand));
  expect((await getFinding(ids[0]!)).timeline[0]).toMatchObject({ cause: "undo", decision: { isUndone: true } });
  expect(await verifyRollups()).toEqual([]);
});

test("after ten minutes there is no undo, and none of an undo", async () => {
  const ids = await save({}, {});
  const { id } = await decideAbout(ids, SUPPRESS);
  await expect(undoDecision(id, lead, later(11))).rejects.toMatchObject({ code: "conflict" });
  await undoDecision(id, lead, later(1));
  await expect(undoDecision(id, lead, later(2))).rejects.toMatchObject({ code: "conflict" });
});

test("an undo leaves what somebody decided anew, and says who", async () => {
  const [one = "", two = ""] = await save({ severity: "high" }, { severity: "low" });
  const { id } = await decideAbout([one, two], SUPPRESS);
  const other = await aDecider("lead");
  await decideAbout([two], { ...SUPPRESS, grounds: "false-alarm" }, { by: other, now: later(1) });
  const undone = await undoDecision(id, lead, later(2));
  expect(undone.undo?.outcome).toMatchObject({
    changed: 1,
    leftOut: { overtaken: 1 },
    overtakenBy: [{ userName: other.userName, kind: "suppress" }],
  });
  expect((await getFinding(two)).suppressions).toMatchObject([{ grounds: "false-alarm", userName: other.userName }]);
  expect(await verifyRollups()).toEqual([]);
});

test("a later suppression takes the place of an earlier one, and its undo brings that back", async () => {
  const ids = await save({});
  await decideAbout(ids, SUPPRESS);
  const { id } = await decideAbout(ids, { ...SUPPRESS, grounds: "accepted-risk" }, { now: later(1) });
  expect((await getFinding(ids[0]!)).suppressions).toMatchObject([{ grounds: "accepted-risk" }]);
  await undoDecision(id, lead, later(2));
  expect((await getFinding(ids[0]!)).suppressions).toMatchObject([{ grounds: "not-reachable" }]);
  expect(await verifyRollups()).toEqual([]);
});

test("of two people at once one decides, and the other is told who did what; there is one audit row", async () => {
  const ids = await save({}, {}, {});
  const other = await aDecider("lead");
  const drafts = [
    { by: lead, act: SUPPRESS, draft: await draftDecision({ act: SUPPRESS, findingIds: ids }, lead, NOW) },
    {
      by: other,
      act: { kind: "suppress", grounds: "false-alarm", until: "2026-04-01T00:00:00.000Z", reason: "No." } as const,
      draft: await draftDecision({ act: SUPPRESS, findingIds: ids }, other, NOW),
    },
  ];
  const ended = await Promise.allSettled(
    drafts.map(({ by, act, draft }) => decide({ draftId: draft.id, act }, by, NOW)),
  );
  const won = ended.findIndex(({ status }) => status === "fulfilled");
  const lost = ended.find(({ status }) => status === "rejected") as PromiseRejectedResult;
  expect(lost.reason).toMatchObject({ code: "conflict" });
  expect(lost.reason.message).toContain(drafts[won]?.by.userName);
  expect((await getFinding(ids[0]!)).suppressions).toHaveLength(1);
  expect((await listDecisions({ limit: 10 }, NOW)).items).toHaveLength(1);
  expect(
    await database().prisma.auditEvent.count({ where: { target: { in: drafts.map(({ draft }) => draft.id) } } }),
  ).toBe(1);
});

test("where another decided about a few, the rest is done and the few are told", async () => {
  const [one = "", two = ""] = await save({ severity: "high" }, { severity: "low", cve: "CVE-2026-1" });
  const other = await aDecider("lead");
  const act = { kind: "assign", assignee: lead.userName } as const;
  const draft = await draftDecision({ act, findingIds: [one, two] }, lead, NOW);
  await decideAbout([two], { kind: "assign", assignee: other.userName }, { by: other });
  const decision = await decide({ draftId: draft.id, act }, lead, later(1));
  expect(decision.outcome).toMatchObject({
    changed: 1,
    leftOut: { overtaken: 1 },
    overtakenBy: [{ userName: other.userName }],
  });
  expect((await getFinding(two)).assignee).toBe(other.userName);
});

test("a draft is carried out once, by who made it, within an hour", async () => {
  const findingIds = await save({});
  const { id: draftId } = await draftDecision({ act: SUPPRESS, findingIds }, lead, NOW);
  const other = await aDecider("lead");
  await expect(decide({ draftId, act: SUPPRESS }, other, NOW)).rejects.toMatchObject({ code: "not-found" });
  await expect(decide({ draftId, act: SUPPRESS }, lead, later(61))).rejects.toMatchObject({ code: "not-found" });
  await expect(decide({ draftId, act: { kind: "unsuppress" } }, lead, NOW)).rejects.toMatchObject({
    code: "invalid-input",
  });
  await decide({ draftId, act: SUPPRESS }, lead, NOW);
  await expect(decide({ draftId, act: SUPPRESS }, lead, NOW)).rejects.toMatchObject({ code: "conflict" });
});

test("a developer comments and takes findings on and off themselves, and decides nothing else", async () => {
  const findingIds = await save({});
  const developer = await aDecider("developer");
  await decideAbout(findingIds, { kind: "assign", assignee: developer.userName }, { by: developer });
  await decideAbout(findingIds, { kind: "assign", assignee: null }, { by: developer, now: later(1) });
  for (const act of [SUPPRESS, { kind: "unsuppress" }, { kind: "assign", assignee: lead.userName }] as TriageAct[]) {
    await expect(draftDecision({ act, findingIds }, developer, NOW)).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("a suppression that has run out is lifted by an event, once, and what is closed stays closed", async () => {
  const closing = anObservedFinding({ severity: "low" });
  await saveFindings([closing, anObservedFinding({ severity: "high" })], { connectionId });
  const ids = (await list({})).items.map(({ id }) => id);
  await decideAbout(ids, SUPPRESS);
  await saveFindings([{ ...closing, status: "closed", updatedAt: new Date("2026-02-10") }], { connectionId });
  expect(await endSuppressions(new Date("2026-02-28T23:59:00Z"))).toBe(0);
  const after = new Date("2026-03-01T00:00:30Z");
  expect(await endSuppressions(after)).toBe(2);
  expect(await endSuppressions(after)).toBe(0);
  expect((await list({})).items.map(({ status }) => status)).toEqual(["active", "closed"]);
  expect((await getFinding(ids[0]!)).timeline[0]).toMatchObject({ kind: "unsuppressed", cause: "expiry", actor: null });
  expect(await verifyRollups()).toEqual([]);
});

test("until a fix exists: the sync that first tells of one lifts it, and where there is one already it is refused", async () => {
  const waiting = anObservedFinding({ fixAvailable: "no", severity: "high" });
  await saveFindings([waiting, anObservedFinding({ severity: "low" })], { connectionId });
  const ids = (await list({})).items.map(({ id }) => id);
  const decision = await decideAbout(ids, { ...SUPPRESS, until: "fix" });
  expect(decision.outcome).toMatchObject({ changed: 1, leftOut: { "has-fix": 1 } });
  await saveFindings([{ ...waiting, title: "Renamed", updatedAt: new Date("2026-02-02") }], { connectionId });
  expect((await getFinding(ids[0]!)).status).toBe("suppressed");
  const fixed = { ...waiting, fixAvailable: "yes" as const, updatedAt: new Date("2026-02-03") };
  await saveFindings([fixed], { connectionId, now: new Date("2026-02-03T01:00:00Z") });
  const finding = await getFinding(ids[0]!);
  expect(finding).toMatchObject({ status: "active", suppressions: [] });
  expect(finding.timeline[0]).toMatchObject({ kind: "unsuppressed", cause: "fix" });
  expect(await verifyRollups()).toEqual([]);
});

test("with a second approver, suppressing what is critical waits for another lead", async () => {
  await database().pool.query(
    `INSERT INTO setting (key, value, updated_at) VALUES ('exceptions', '{"secondApprover": true}', now())`,
  );
  const [critical = "", low = ""] = await save({ severity: "critical" }, { severity: "low" });
  expect(await decideAbout([low], SUPPRESS)).toMatchObject({ state: "done" });
  const waiting = await decideAbout([critical], SUPPRESS);
  expect(waiting).toMatchObject({ state: "awaiting", outcome: { changed: 0 }, undoUntil: null });
  expect((await list({ status: "suppressed" })).total.count).toBe(1);
  const yes = { decision: "approved", reason: "Agreed." } as const;
  await expect(reviewDecision(waiting.id, yes, lead, NOW)).rejects.toMatchObject({ code: "forbidden" });
  const [second, third] = [await aDecider("lead"), await aDecider("lead")];
  const words = await Promise.allSettled([second, third].map((one) => reviewDecision(waiting.id, yes, one, later(1))));
  expect(words.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await list({ status: "suppressed" })).total.count).toBe(2);
  expect((await getFinding(critical)).suppressions).toMatchObject([{ by: "person", userName: lead.userName }]);
  const { rows } = await database().pool.query("SELECT action FROM audit_event WHERE target = $1 ORDER BY id", [
    waiting.id,
  ]);
  expect(rows.map(({ action }) => action)).toEqual(["triage.suppress", "triage.approve"]);
  expect(await verifyRollups()).toEqual([]);
  await database().pool.query("DELETE FROM setting");
});

test("what another lead declines changes nothing, now or later", async () => {
  await database().pool.query(
    `INSERT INTO setting (key, value, updated_at) VALUES ('exceptions', '{"secondApprover": true}', now())`,
  );
  const [critical = ""] = await save({ severity: "critical" });
  const { id } = await decideAbout([critical], SUPPRESS);
  const no = { decision: "declined", reason: "It is reachable." } as const;
  const second = await aDecider("lead");
  expect(await reviewDecision(id, no, second, later(1))).toMatchObject({
    state: "declined",
    review: { by: second.userName, reason: "It is reachable." },
  });
  await expect(undoDecision(id, lead, later(2))).rejects.toMatchObject({ code: "conflict" });
  expect((await list({ status: "active" })).total.count).toBe(1);
  await database().pool.query("DELETE FROM setting");
});
