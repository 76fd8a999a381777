import { beforeEach, expect, test } from "vitest";
import { PERMISSIONS } from "#lib/auth/permissions.ts";
import { database } from "#lib/db/database.ts";
import { getException } from "#lib/db/read/exceptions.ts";
import { getFinding } from "#lib/db/read/get-finding.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { applyRule } from "#lib/db/write/exceptions/apply-rule.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { type NewException, newExceptionSchema } from "#lib/domain/exception.ts";
import { type FindingFilter, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { aSignedInPerson } from "#testing/api.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { aConnection, saveFindings } from "#testing/saved-findings.ts";
import { makeException } from "./make-exception.ts";
import type { Decider } from "./triage-findings.ts";

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
