import { beforeEach, expect, test } from "vitest";
import { PERMISSIONS } from "#lib/auth/permissions.ts";
import { database } from "#lib/db/database.ts";
import { backTestException, previewException } from "#lib/db/read/exception-preview.ts";
import { getException, listExceptions } from "#lib/db/read/exceptions.ts";
import { listExpiring } from "#lib/db/read/expiring.ts";
import { getFinding } from "#lib/db/read/get-finding.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { applyRule } from "#lib/db/write/exceptions/apply-rule.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { exceptionDraftSchema, type NewException, newExceptionSchema } from "#lib/domain/exception.ts";
import { type FindingFilter, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { aSignedInPerson } from "#testing/api.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { aConnection, saveFindings } from "#testing/saved-findings.ts";
import { wholePass } from "#testing/sync-passes.ts";
import { changeExceptionPolicy } from "./change-exception-policy.ts";
import { keepExceptions } from "./keep-exceptions.ts";
import { changeException, letExceptionGo, makeException, reviewException } from "./make-exception.ts";
import { type Decider, decide, draftDecision } from "./triage-findings.ts";

queueDatabase();

const NOW = new Date("2026-02-01T12:00:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const signal = new AbortController().signal;

let lead: Decider;
let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  await database().pool.query("DELETE FROM exception_rule; DELETE FROM setting; DELETE FROM pgboss.job");
  connectionId = await aConnection();
  lead = await aLead();
});

async function aLead(): Promise<Decider> {
  const { caller } = await aSignedInPerson("lead");
  return { personId: caller.personId, userName: caller.userName, permissions: PERMISSIONS.lead };
}

const save = (...findings: Parameters<typeof anObservedFinding>[0][]) =>
  saveFindings(findings.map(anObservedFinding), { connectionId });
const list = (filter: Partial<Record<keyof FindingFilter, string>>) => listFindings(findingFilterSchema.parse(filter));
const countOf = async (status: string) => (await list({ status })).total.count;

function aRule(filter: Record<string, string>, overrides: Partial<NewException> = {}): NewException {
  const words = { grounds: "accepted-risk", until: "2026-03-01T00:00:00.000Z", reason: "Behind the gateway." };
  return { ...newExceptionSchema.parse({ filter, ...words }), ...overrides };
}

async function applyAll(now = later(1)): Promise<void> {
  const { rows } = await database().pool.query<{ id: string }>(
    "SELECT id FROM exception_rule WHERE checked_at IS NULL AND state <> 'awaiting'",
  );
  for (const { id } of rows) await applyRule(id, signal, () => now);
}

test("a rule suppresses what is there, what comes, and lets go of what no longer matches, all counts along", async () => {
  await save({ severity: "low" }, { severity: "high" });
  const rule = await makeException(aRule({ severity: "low" }), lead, NOW);
  expect(rule).toMatchObject({ state: "active", version: { number: 1, query: "severity=low", owner: lead.userName } });
  expect(await countOf("suppressed")).toBe(0);
  await applyAll();
  expect(await countOf("suppressed")).toBe(1);
  expect(await getException(rule.id, later(1))).toMatchObject({ progress: null, held: { count: 1, critical: 0 } });
  const newcomer = anObservedFinding({ severity: "low" });
  await saveFindings([newcomer], { connectionId, now: later(2) });
  expect(await countOf("suppressed")).toBe(2);
  const { items } = await list({ exception: rule.id });
  expect(items.map(({ suppression }) => suppression)).toEqual(
    Array(2).fill({ by: "rule", until: "2026-03-01T00:00:00.000Z", userName: lead.userName }),
  );
  const finding = await getFinding(items.find(({ updatedAt }) => updatedAt === later(2).toISOString())?.id ?? "");
  expect(finding.suppressions).toMatchObject([
    {
      by: "rule",
      grounds: "accepted-risk",
      reason: "Behind the gateway.",
      userName: lead.userName,
      until: "2026-03-01T00:00:00.000Z",
      ruleId: rule.id,
    },
  ]);
  expect(finding.timeline.map(({ kind, cause }) => [kind, cause])).toEqual([
    ["suppressed", "rule"],
    ["opened", "scope-added"],
  ]);
  await saveFindings([{ ...newcomer, severity: "high", updatedAt: new Date("2026-01-07T00:00:00Z") }], {
    connectionId,
    now: later(3),
  });
  expect(await countOf("suppressed")).toBe(1);
  expect(await verifyRollups()).toEqual([]);
});

test("a rule that is ended, and one that runs out, let go of what only they held", async () => {
  await save({ severity: "low" }, { severity: "low", region: "us-east-1" });
  const all = await makeException(aRule({ severity: "low" }), lead, NOW);
  const one = await makeException(aRule({ region: "us-east-1" }, { until: later(60).toISOString() }), lead, NOW);
  await applyAll();
  const ended = await letExceptionGo(all.id, "The gateway goes.", lead, later(2));
  expect(ended).toMatchObject({
    state: "ended",
    ended: { by: lead.userName, cause: "person", reason: "The gateway goes." },
  });
  await applyAll(later(3));
  expect((await list({ status: "suppressed" })).items.map(({ region }) => region)).toEqual(["us-east-1"]);
  await keepExceptions(later(59));
  expect((await getException(one.id, later(59))).state).toBe("active");
  await keepExceptions(later(61));
  expect(await getException(one.id, later(61))).toMatchObject({ state: "ended", ended: { by: null, cause: "expiry" } });
  await applyAll(later(62));
  expect(await countOf("suppressed")).toBe(0);
  const { rows } = await database().pool.query(
    "SELECT kind, cause, count(*)::int AS n FROM lifecycle_event WHERE kind <> 'opened' GROUP BY 1, 2 ORDER BY 1, 2",
  );
  expect(rows).toEqual([
    { kind: "suppressed", cause: "rule", n: 2 },
    { kind: "unsuppressed", cause: "expiry", n: 1 },
    { kind: "unsuppressed", cause: "rule", n: 2 },
  ]);
  expect(await verifyRollups()).toEqual([]);
});

test("a finding stays suppressed until the last of rule, person and AWS lets go", async () => {
  await save({ severity: "low", status: "suppressed" }, { severity: "low" });
  const rule = await makeException(aRule({ severity: "low" }), lead, NOW);
  await applyAll();
  const { items } = await list({});
  const act = { kind: "suppress", grounds: "false-alarm", until: "fix", reason: "Not ours." } as const;
  const findingIds = items.map(({ id }) => id);
  const untilDate = { ...act, until: "2026-03-01T00:00:00.000Z" };
  const draft = await draftDecision({ act: untilDate, findingIds }, lead, later(2));
  await decide({ draftId: draft.id, act: untilDate }, lead, later(2));
  await letExceptionGo(rule.id, "Gone.", lead, later(3));
  await applyAll(later(4));
  expect(await countOf("suppressed")).toBe(2);
  const lift = await draftDecision({ act: { kind: "unsuppress" }, findingIds }, lead, later(5));
  await decide({ draftId: lift.id, act: { kind: "unsuppress" } }, lead, later(5));
  expect((await list({ status: "suppressed" })).items).toHaveLength(1); // AWS's own
  expect(await verifyRollups()).toEqual([]);
});

test("until a fix exists, a rule holds what has none, and lets go when there is one", async () => {
  const waiting = anObservedFinding({ severity: "low", fixAvailable: "no" });
  await saveFindings([waiting, anObservedFinding({ severity: "low" })], { connectionId });
  await makeException(aRule({ severity: "low" }, { until: "fix" }), lead, NOW);
  await applyAll();
  expect(await countOf("suppressed")).toBe(1);
  const fixed = { ...waiting, fixAvailable: "yes" as const, updatedAt: new Date("2026-01-08T00:00:00Z") };
  await saveFindings([fixed], { connectionId, now: later(5) });
  expect(await countOf("suppressed")).toBe(0);
  const { rows } = await database().pool.query("SELECT cause FROM lifecycle_event WHERE kind = 'unsuppressed'");
  expect(rows).toEqual([{ cause: "fix" }]);
  expect(await verifyRollups()).toEqual([]);
});

test("what is closed is not held, and is looked at again when it comes back", async () => {
  const one = anObservedFinding({ severity: "low" });
  await wholePass(connectionId, "2026-01-06T00:00:00Z", [one]);
  const rule = await makeException(aRule({ severity: "low" }), lead, NOW);
  await applyAll();
  await wholePass(connectionId, later(10).toISOString(), []);
  expect(await countOf("closed")).toBe(1);
  expect((await getException(rule.id, later(10))).held.count).toBe(0);
  await wholePass(connectionId, later(20).toISOString(), [{ ...one, updatedAt: later(19) }]);
  expect(await countOf("suppressed")).toBe(1);
  expect(await verifyRollups()).toEqual([]);
});

test("a severity that a person sets brings a finding under a rule, and out of it", async () => {
  await save({ severity: "high" });
  await makeException(aRule({ severity: "low" }), lead, NOW);
  await applyAll();
  const [one] = (await list({})).items;
  const rescore = async (severity: "low" | null, now: Date) => {
    const act = { kind: "severity", severity, reason: "Seen." } as const;
    const draft = await draftDecision({ act, findingIds: [one?.id ?? ""] }, lead, now);
    await decide({ draftId: draft.id, act }, lead, now);
  };
  await rescore("low", later(2));
  expect(await countOf("suppressed")).toBe(1);
  await rescore(null, later(3));
  expect(await countOf("suppressed")).toBe(0);
  expect(await verifyRollups()).toEqual([]);
});

test("a change is a new version: what no longer matches comes back, and who looked before is told", async () => {
  const other = await aLead();
  await save({ severity: "low" }, { severity: "medium" });
  const rule = await makeException(aRule({ severity: "low" }), lead, NOW);
  await applyAll();
  const { filter } = newExceptionSchema.pick({ filter: true }).parse({ filter: { severity: "medium" } });
  const changed = await changeException(rule.id, { version: 1, filter, owner: other.userName }, other, later(2));
  expect(changed).toMatchObject({
    version: { number: 2, query: "severity=medium", owner: other.userName, madeBy: other.userName },
  });
  expect(changed.versions.map(({ number, query }) => [number, query])).toEqual([
    [2, "severity=medium"],
    [1, "severity=low"],
  ]);
  await applyAll(later(3));
  expect((await list({ status: "suppressed" })).items.map(({ severity }) => severity)).toEqual(["medium"]);
  const late = changeException(rule.id, { version: 1, reason: "Mine." }, lead, later(4));
  await expect(late).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining(other.userName) });
});

test("of two people who end a rule the second is told, and one audit row is written", async () => {
  const rule = await makeException(aRule({ severity: "low" }), lead, NOW);
  const results = await Promise.allSettled([
    letExceptionGo(rule.id, "Mine.", lead, later(1)),
    letExceptionGo(rule.id, "Mine too.", await aLead(), later(1)),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const { rows } = await database().pool.query("SELECT action FROM audit_event WHERE target = $1", [rule.id]);
  expect(rows.map(({ action }) => action).sort()).toEqual(["exception.create", "exception.end"]);
});

test("with a second approver, what touches critical findings hides nothing until another lead agrees", async () => {
  await changeExceptionPolicy({ secondApprover: true }, lead, NOW);
  await save({ severity: "critical" }, { severity: "low" });
  const rule = await makeException(aRule({ severity: "critical,low" }), lead, NOW);
  expect(rule).toMatchObject({ state: "awaiting", held: { count: 0 }, notHeld: 1 });
  await save({ severity: "low" });
  await applyAll();
  expect(await countOf("suppressed")).toBe(0);
  const yes = { decision: "approved", reason: "Agreed." } as const;
  await expect(reviewException(rule.id, yes, lead, later(1))).rejects.toMatchObject({ code: "forbidden" });
  const second = await aLead();
  const approved = await reviewException(rule.id, yes, second, later(2));
  expect(approved).toMatchObject({ state: "active", version: { holdsGrave: true, review: { by: second.userName } } });
  await applyAll(later(3));
  expect(await countOf("suppressed")).toBe(3);
  await expect(reviewException(rule.id, yes, await aLead(), later(4))).rejects.toMatchObject({ code: "conflict" });
});

test("a rule that nobody had to approve does not hold the critical ones that come later, until somebody agrees", async () => {
  await changeExceptionPolicy({ secondApprover: true }, lead, NOW);
  await save({ severity: "low" });
  const rule = await makeException(aRule({ region: "eu-west-1" }), lead, NOW);
  await applyAll();
  await save({ severity: "critical" }, { severity: "medium", knownExploitedAt: NOW });
  expect(await countOf("suppressed")).toBe(1);
  expect(await getException(rule.id, later(1))).toMatchObject({ state: "active", notHeld: 2 });
  await reviewException(rule.id, { decision: "approved", reason: "Agreed." }, await aLead(), later(2));
  await applyAll(later(3));
  expect(await countOf("suppressed")).toBe(3);
  expect(await getException(rule.id, later(3))).toMatchObject({
    notHeld: 0,
    held: { count: 3, critical: 1, knownExploited: 1 },
  });
  expect(await verifyRollups()).toEqual([]);
});

test("declined, a change leaves what held before, and a rule that never held ends", async () => {
  await save({ severity: "low" }, { severity: "critical" });
  const rule = await makeException(aRule({ severity: "low" }), lead, NOW);
  await changeExceptionPolicy({ secondApprover: true }, lead, NOW);
  await applyAll();
  const { filter } = newExceptionSchema.pick({ filter: true }).parse({ filter: { severity: "critical" } });
  const waiting = await changeException(rule.id, { version: 1, filter }, lead, later(1));
  expect(waiting).toMatchObject({ state: "active", version: { number: 1 }, pending: { number: 2 } });
  const no = { decision: "declined", reason: "Too much." } as const;
  expect(await reviewException(rule.id, no, await aLead(), later(2))).toMatchObject({ state: "active", pending: null });
  const never = await makeException(aRule({ severity: "critical" }), lead, later(3));
  expect(await reviewException(never.id, no, await aLead(), later(4))).toMatchObject({
    state: "ended",
    ended: { cause: "declined", reason: "Too much." },
  });
  expect((await listExceptions({ state: "active", limit: 50 }, later(5))).items.map(({ id }) => id)).toEqual([rule.id]);
});

test("a preview tells what a rule would hide, and the back-test what it would have hidden", async () => {
  await saveFindings(
    [
      anObservedFinding({ severity: "critical", knownExploitedAt: NOW, region: "us-east-1" }),
      anObservedFinding({ severity: "low", region: "us-east-1" }),
      anObservedFinding({ severity: "low", region: "us-east-1", status: "suppressed" }),
      anObservedFinding({ severity: "low" }),
    ],
    { connectionId, now: new Date("2026-01-20T10:00:00Z") },
  );
  await saveFindings([anObservedFinding({ region: "us-east-1" })], {
    connectionId,
    now: new Date("2025-10-01T00:00:00Z"),
  });
  const draft = exceptionDraftSchema.parse({ filter: { region: "us-east-1" } });
  expect(await previewException(draft, NOW)).toMatchObject({
    count: 3,
    bySeverity: { critical: 1, high: 1, low: 1 },
    knownExploited: 1,
    accounts: [{ accountId: "111122223333", count: 3 }],
    alreadySuppressed: 1,
    needsApproval: false,
  });
  expect(await backTestException(draft, NOW)).toMatchObject({
    count: 3,
    bySeverity: { critical: 1, low: 2 },
    knownExploited: 1,
    days: [{ day: "2026-01-20", count: 3, knownExploited: 1 }],
  });
});

test("what ends within two weeks is told, rules and single decisions, the next first", async () => {
  await save({ severity: "low" }, { severity: "high" });
  const soon = await makeException(aRule({ severity: "low" }, { until: "2026-02-10T00:00:00.000Z" }), lead, NOW);
  await makeException(aRule({ severity: "medium" }), lead, NOW);
  await applyAll();
  const act = { kind: "suppress", grounds: "false-alarm", until: "2026-02-05T00:00:00.000Z", reason: "Test." } as const;
  const findingIds = (await list({ severity: "high" })).items.map(({ id }) => id);
  const draft = await draftDecision({ act, findingIds }, lead, NOW);
  await decide({ draftId: draft.id, act }, lead, NOW);
  expect((await listExpiring(NOW)).items).toMatchObject([
    { kind: "decision", id: draft.id, owner: lead.userName, count: 1, endsAt: act.until, query: null },
    { kind: "rule", id: soon.id, owner: lead.userName, count: 1, query: "severity=low" },
  ]);
});

test("broken off, the application of a rule goes on where it was", async () => {
  await save({ severity: "low" });
  const rule = await makeException(aRule({ severity: "low" }), lead, NOW);
  const broken = AbortSignal.abort(new Error("The worker stops"));
  await expect(applyRule(rule.id, broken, () => later(1))).rejects.toThrow("The worker stops");
  expect(await getException(rule.id, later(1))).toMatchObject({ progress: { done: 0, total: 1 } });
  await database().pool.query("DELETE FROM pgboss.job");
  await keepExceptions(later(2));
  const { rows } = await database().pool.query("SELECT data FROM pgboss.job WHERE name = 'apply-exception'");
  expect(rows).toEqual([{ data: { id: rule.id } }]);
  await applyRule(rule.id, signal, () => later(3));
  expect(await countOf("suppressed")).toBe(1);
});

test("a rule on what moves by itself is looked at again by the hour", async () => {
  await save({ resource: { tags: { env: "prod" } } });
  const rule = await makeException(aRule({ tag: "env=test" }), lead, NOW);
  await applyAll();
  await database().pool.query(`UPDATE resource SET tags = '{"env": "test"}'; DELETE FROM pgboss.job`);
  await keepExceptions(later(30));
  expect((await database().pool.query("SELECT FROM pgboss.job WHERE name = 'apply-exception'")).rowCount).toBe(0);
  await keepExceptions(later(90));
  expect((await database().pool.query("SELECT FROM pgboss.job WHERE name = 'apply-exception'")).rowCount).toBe(1);
  await applyRule(rule.id, signal, () => later(91));
  expect(await countOf("suppressed")).toBe(1);
});

test("while writers write, rules are made and ended, and all agree afterwards", async () => {
  const connections = await Promise.all(["111122223333", "444455556666", "777788889999"].map(() => aConnection()));
  const writers = connections.map(async (id, writer) => {
    for (let round = 0; round < 4; round += 1) {
      const accountId = `${writer + 1}`.repeat(12);
      const batch = Array.from({ length: 40 }, (_, n) =>
        anObservedFinding({ accountId, severity: n % 2 ? "low" : "high" }),
      );
      await saveFindings(batch, { connectionId: id, now: later(round) });
    }
  });
  const makers = [0, 1, 2].map(async (n) => {
    const rule = await makeException(aRule({ severity: n === 0 ? "high" : "low" }), lead, later(n));
    await applyRule(rule.id, signal, () => later(5));
    if (n < 2) await letExceptionGo(rule.id, "Enough.", lead, later(6));
  });
  await Promise.all([...writers, ...makers]);
  await applyAll(later(8));
  expect(await countOf("suppressed")).toBe(240);
  expect((await list({ status: "suppressed", "-severity": "low" })).total.count).toBe(0);
  expect(await verifyRollups()).toEqual([]);
});
