import fc from "fast-check";
import { expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { closeUnseenFindings } from "#lib/db/write/closing.ts";
import { applyRule } from "#lib/db/write/exceptions/apply-rule.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { finishSyncRun, startSyncRun } from "#lib/db/write/sync-run.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { AppError } from "#lib/domain/errors.ts";
import { newExceptionSchema } from "#lib/domain/exception.ts";
import { permissionSchema } from "#lib/domain/permission.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { aSignedInPerson } from "#testing/api.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { changeExceptionPolicy } from "./change-exception-policy.ts";
import { endSuppressions } from "./end-suppressions.ts";
import { keepExceptions } from "./keep-exceptions.ts";
import { changeException, letExceptionGo, makeException } from "./make-exception.ts";
import { type Decider, decide, draftDecision, undoDecision } from "./triage-findings.ts";

queueDatabase();

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 20);
/** More of them find rarer faults: `PROPERTY_RUNS=500`. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);
const FINDINGS = 8;
const signal = new AbortController().signal;

/** Filters, each with the same by a plain look at a stored finding. */
const FILTERS: { filter: Record<string, string>; matches: (finding: Stored) => boolean }[] = [
  { filter: { severity: "low,medium" }, matches: ({ severity }) => severity === "low" || severity === "medium" },
  { filter: { accountId: "111122223333" }, matches: ({ account_id: account }) => account === "111122223333" },
  { filter: { "-severity": "critical" }, matches: ({ severity }) => severity !== "critical" },
  { filter: { fixAvailable: "no" }, matches: ({ fix_available: fix }) => fix === "no" },
  {
    filter: { cve: "CVE-2026-0001", accountId: "444455556666" },
    matches: (one) => one.cve === "CVE-2026-0001" && one.account_id === "444455556666",
  },
];

const observedArbitrary = fc.record({ which: fc.nat(FINDINGS - 1), version: fc.nat(5) });
const stepArbitrary = fc.oneof(
  fc.record({
    kind: fc.constant("pass" as const),
    mode: fc.constantFrom("whole" as const, "incremental" as const),
    batches: fc.array(fc.array(observedArbitrary, { maxLength: 6 }), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant("make" as const),
    which: fc.nat(FILTERS.length - 1),
    days: fc.constantFrom(4, 20, "fix" as const),
  }),
  fc.record({ kind: fc.constant("change" as const), which: fc.nat(FILTERS.length - 1), rule: fc.nat(3) }),
  fc.record({ kind: fc.constant("end" as const), rule: fc.nat(3) }),
  fc.record({ kind: fc.constant("worker" as const) }),
  fc.record({ kind: fc.constant("policy" as const), secondApprover: fc.boolean() }),
  fc.record({
    kind: fc.constant("decide" as const),
    act: fc.constantFrom("suppress" as const, "unsuppress" as const, "low" as const, "critical" as const),
    isUndone: fc.boolean(),
  }),
);
type Step = typeof stepArbitrary extends fc.Arbitrary<infer One> ? One : never;

test(
  "after any order of syncs, decisions and rules, each open finding is held by exactly what matches, and rollups are exact",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { minLength: 3, maxLength: 10 }), async (steps) => {
        await clearFindings();
        await database().pool.query("DELETE FROM exception_rule; DELETE FROM setting; DELETE FROM pgboss.job");
        const connectionId = await aConnection();
        const { caller } = await aSignedInPerson("lead");
        const decider = { ...caller, permissions: new Set(permissionSchema.options) };
        for (const [index, step] of steps.entries()) {
          await take(step, { connectionId, decider, now: new Date(START + index * 3 * DAY_MS) });
        }
        const end = new Date(START + steps.length * 3 * DAY_MS);
        await work(end);
        await expectHolds();
        expect(await verifyRollups()).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  },
  60_000 + RUNS * 3_000,
);

type Scene = { connectionId: string; decider: Decider; now: Date };

async function take(step: Step, scene: Scene): Promise<void> {
  const { decider, now } = scene;
  switch (step.kind) {
    case "pass":
      return await run(step, scene);
    case "make": {
      const until = step.days === "fix" ? "fix" : new Date(now.getTime() + step.days * DAY_MS).toISOString();
      await makeException(aRule(step.which, until), decider, now);
      return;
    }
    case "change": {
      const rule = await aLiveRule(step.rule);
      if (!rule) return;
      const { filter } = aRule(step.which, "fix");
      await changeException(rule.id, { version: rule.latest, filter }, decider, now);
      return;
    }
    case "end": {
      const rule = await aLiveRule(step.rule);
      if (rule) await letExceptionGo(rule.id, "Enough.", decider, now);
      return;
    }
    case "worker":
      return await work(now);
    case "policy":
      await changeExceptionPolicy({ secondApprover: step.secondApprover }, decider, now);
      return;
    case "decide":
      return await decideAboutAll(step, scene);
  }
}

const aRule = (which: number, until: string) =>
  newExceptionSchema.parse({ filter: FILTERS[which]?.filter, grounds: "accepted-risk", until, reason: "Because." });

async function aLiveRule(index: number): Promise<{ id: string; latest: number } | undefined> {
  const { rows } = await database().pool.query<{ id: string; latest: number }>(
    "SELECT id, coalesce(pending, live) AS latest FROM exception_rule WHERE state <> 'ended' ORDER BY id",
  );
  return rows[index % Math.max(rows.length, 1)];
}

async function work(now: Date): Promise<void> {
  await endSuppressions(now);
  await keepExceptions(now);
  const { rows } = await database().pool.query<{ id: string }>("SELECT id FROM exception_rule ORDER BY id");
  for (const { id } of rows) await applyRule(id, signal, () => now);
}

async function run({ mode, batches }: Extract<Step, { kind: "pass" }>, { connectionId, now }: Scene): Promise<void> {
  const pass = await startSyncRun({ connectionId, mode, trigger: "schedule", now, requestedBy: null });
  for (const batch of batches) await saveObservedFindings(pass, batch.map(toObserved));
  if (pass.mode === "whole") await closeUnseenFindings(pass);
  await finishSyncRun(pass);
}

async function decideAboutAll(
  { act: word, isUndone }: Extract<Step, { kind: "decide" }>,
  { decider, now }: Scene,
): Promise<void> {
  const { rows } = await database().pool.query<{ id: string }>("SELECT id FROM finding WHERE source_id < 'finding/5'");
  if (rows.length === 0) return;
  const until = new Date(now.getTime() + 5 * DAY_MS).toISOString();
  const acts = {
    suppress: { kind: "suppress", grounds: "false-alarm", until, reason: "Because." },
    unsuppress: { kind: "unsuppress" },
    low: { kind: "severity", severity: "low", reason: "Because." },
    critical: { kind: "severity", severity: "critical", reason: "Because." },
  } as const;
  const act = acts[word];
  const draft = await draftDecision({ act, findingIds: rows.map(({ id }) => id) }, decider, now);
  const decided = await decide({ draftId: draft.id, act }, decider, now).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "conflict") return null;
    throw error;
  });
  if (decided?.state === "done" && isUndone) await undoDecision(decided.id, decider, now);
}

type Stored = {
  source_id: string;
  account_id: string;
  status: string;
  source_status: string;
  severity: string;
  fix_available: string;
  cve: string;
  held_by: string[];
  is_held_by_person: boolean;
};
type Rule = { id: string; query: string; until_fix: boolean; holds_grave: boolean };

async function expectHolds(): Promise<void> {
  const { rows: rules } = await database().pool.query<Rule>(
    `SELECT r.id, v.query, v.until_fix, v.holds_grave FROM exception_rule r
     JOIN exception_version v ON v.rule_id = r.id AND v.number = r.live WHERE r.state = 'active' ORDER BY r.id`,
  );
  const { rows: findings } = await database().pool.query<Stored>(
    `SELECT f.source_id, f.account_id, f.status, f.source_status, f.severity, f.fix_available, v.name AS cve,
       ARRAY(SELECT key FROM finding_hold h WHERE h.finding_id = f.id AND h.kind = 'rule' ORDER BY key) AS held_by,
       EXISTS (SELECT FROM finding_hold h WHERE h.finding_id = f.id AND h.kind = 'person') AS is_held_by_person
     FROM finding f JOIN vulnerability v ON v.id = f.vulnerability_id ORDER BY f.source_id`,
  );
  for (const finding of findings) {
    const holding = finding.status === "closed" ? [] : rules.filter((rule) => holds(rule, finding)).map(({ id }) => id);
    expect([finding.source_id, finding.held_by]).toEqual([finding.source_id, holding]);
    if (finding.status === "closed") continue;
    const isHeld = finding.source_status === "suppressed" || finding.is_held_by_person || holding.length > 0;
    expect([finding.source_id, finding.status]).toEqual([finding.source_id, isHeld ? "suppressed" : "active"]);
  }
}

function holds({ query, until_fix: untilFix, holds_grave: holdsGrave }: Rule, finding: Stored): boolean {
  if (untilFix && finding.fix_available === "yes") return false;
  if (!holdsGrave && finding.severity === "critical") return false;
  const known = FILTERS.find(({ filter }) => sorted(filter) === query);
  return known?.matches(finding) ?? false;
}

function sorted(filter: Record<string, string>): string {
  const params = new URLSearchParams(filter);
  params.sort();
  return params.toString();
}

const STATUSES = ["active", "active", "active", "active", "suppressed", "closed"] as const;

/** A finding as it is in one of its six versions; a later one may have a fix. */
function toObserved({ which, version }: { which: number; version: number }) {
  const dice = (which * 7 + version * 5 + which * version * 3) % STATUSES.length;
  return anObservedFinding({
    sourceId: `finding/${which}`,
    accountId: which % 2 === 0 ? "111122223333" : "444455556666",
    cve: `CVE-2026-000${which % 3}`,
    resource: { id: `image/${which % 3}`, lineage: `image:${which % 3}` },
    status: STATUSES[dice],
    severity: SEVERITIES[(which + version) % SEVERITIES.length],
    score: version % 2 === 0 ? null : 5.5,
    fixAvailable: version > 2 ? "yes" : "no",
    firstObservedAt: new Date(START - 40 * DAY_MS + which * DAY_MS),
    updatedAt: new Date(START - 30 * DAY_MS + version * 6 * DAY_MS + which * 1000),
    raw: { version },
  });
}
