import fc from "fast-check";
import { expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { closeUnseenFindings } from "#lib/db/write/closing.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { finishSyncRun, startSyncRun } from "#lib/db/write/sync-run.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { FindingStatus } from "#lib/domain/finding.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { permissionSchema } from "#lib/domain/permission.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { TriageAct } from "#lib/domain/triage-act.ts";
import { aSignedInPerson } from "#testing/api.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { issueOf, runDecision, runExpiry, runUndo, type TriageOracle, withTriage } from "#testing/triage-oracle.ts";
import { expectAgreement, expectHistory } from "#testing/write-agreement.ts";
import { newOracle, type PlannedPass, runPass } from "#testing/write-oracle.ts";
import { endSuppressions } from "./end-suppressions.ts";
import { type Decider, decide, draftDecision, undoDecision } from "./triage-findings.ts";

appDatabase();

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 0, 20);
/** More of them find rarer faults: `PROPERTY_RUNS=500`. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);
const STATUSES: FindingStatus[] = ["active", "active", "active", "active", "suppressed", "closed"];
const FINDINGS = 8;

const observedArbitrary = fc.record({ which: fc.nat(FINDINGS - 1), version: fc.nat(5) }).map(toObserved);
const passArbitrary = fc.record({
  kind: fc.constant("pass" as const),
  mode: fc.constantFrom("whole" as const, "incremental" as const),
  batches: fc.array(fc.array(observedArbitrary, { maxLength: 6 }), { minLength: 1, maxLength: 2 }),
});

/** What may be decided on the day of a step: `days` from then. */
const actArbitrary = fc.oneof(
  fc.record({ kind: fc.constant("assign" as const), isSomebody: fc.boolean() }),
  fc.record({ kind: fc.constant("due" as const), days: fc.constantFrom(3, 9, null) }),
  fc.record({ kind: fc.constant("severity" as const), severity: fc.constantFrom(...SEVERITIES, null) }),
  fc.record({ kind: fc.constant("suppress" as const), days: fc.constantFrom(2, 7, "fix" as const) }),
  fc.record({ kind: fc.constant("unsuppress" as const) }),
  fc.record({ kind: fc.constant("comment" as const) }),
);
type PlannedAct = typeof actArbitrary extends fc.Arbitrary<infer Act> ? Act : never;
const whichArbitrary = fc.uniqueArray(fc.nat(FINDINGS - 1), { minLength: 1 });
const triageArbitrary = fc.record({
  kind: fc.constant("triage" as const),
  decisions: fc.array(fc.record({ act: actArbitrary, which: whichArbitrary }), { minLength: 1, maxLength: 3 }),
  /** In this order; what is not there is left as it was decided. */
  undone: fc.uniqueArray(fc.nat(2), { maxLength: 3 }),
});
const expiryArbitrary = fc.record({ kind: fc.constant("expiry" as const) });
const stepsArbitrary = fc.array(fc.oneof(passArbitrary, triageArbitrary, expiryArbitrary), {
  minLength: 2,
  maxLength: 9,
});

test(
  "any order of syncs, decisions, undos and expiry leaves what an oracle expects, and exact rollups",
  async () => {
    await fc.assert(
      fc.asyncProperty(stepsArbitrary, async (steps) => {
        await clearFindings();
        const connectionId = await aConnection();
        const { rows } = await database().pool.query<{ number: number }>("SELECT number FROM connection");
        const oracle = withTriage(newOracle());
        const { caller } = await aSignedInPerson("lead");
        const decider = { ...caller, permissions: new Set(permissionSchema.options) };
        for (const [index, step] of steps.entries()) {
          const now = new Date(START + index * 3 * DAY_MS);
          if (step.kind === "expiry") {
            await endSuppressions(now);
            runExpiry(oracle, now);
          } else if (step.kind === "triage") await runTriage(oracle, { ...step, decider, now });
          else {
            const planned = { ...step, now, breaksAfter: null, connection: rows[0]!.number };
            runPass(oracle, { ...planned, mode: await run(connectionId, planned) });
          }
        }
        await expectAgreement(oracle);
        await expectHistory(oracle);
        await expectIssues(oracle);
      }),
      { numRuns: RUNS },
    );
  },
  60_000 + RUNS * 3_000,
);

type TriageStep = typeof triageArbitrary extends fc.Arbitrary<infer Step> ? Step : never;

async function runTriage(
  oracle: TriageOracle,
  { decisions, undone, decider, now }: TriageStep & { decider: Decider; now: Date },
): Promise<void> {
  const at = (minutes: number) => new Date(now.getTime() + minutes * MINUTE_MS);
  const made: { id: string; expected: ReturnType<typeof runDecision> }[] = [];
  for (const [minute, { act: planned, which }] of decisions.entries()) {
    const act = toAct(planned, { now, userName: decider.userName });
    const named = await namedFindings(oracle, which);
    if (named.length === 0) continue;
    const expected = runDecision(
      oracle,
      act,
      named.map(({ finding }) => finding),
      at(minute),
    );
    const findingIds = named.map(({ id }) => id);
    const { id: draftId, ...preview } = await draftDecision({ act, findingIds }, decider, at(minute));
    const decided = await decide({ draftId, act }, decider, at(minute)).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "conflict") return null;
      throw error;
    });
    expect(decided !== null).toBe(expected !== null);
    if (decided) expect(decided.outcome).toMatchObject({ changed: preview.changes, leftOut: preview.leftOut });
    if (decided) made.push({ id: decided.id, expected });
  }
  for (const [place, index] of undone.entries()) {
    const { id, expected } = made[index] ?? {};
    if (id === undefined || !expected) continue;
    await undoDecision(id, decider, at(4 + place));
    runUndo(oracle, expected, at(4 + place));
  }
}

/** Those that there are, in the order in which a decision takes them. */
async function namedFindings(oracle: TriageOracle, which: number[]) {
  const { rows } = await database().pool.query<{ id: string; source_id: string }>(
    "SELECT id, source_id FROM finding WHERE source_id = ANY ($1) ORDER BY account_id, id",
    [which.map((one) => `finding/${one}`)],
  );
  return rows.map(({ id, source_id }) => ({ id, finding: oracle.findings.get(source_id)! }));
}

function toAct(planned: PlannedAct, { now, userName }: { now: Date; userName: string }): TriageAct {
  const after = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString();
  const reason = "Because.";
  switch (planned.kind) {
    case "assign":
      return { kind: "assign", assignee: planned.isSomebody ? userName : null };
    case "due":
      return { kind: "due", dueAt: planned.days === null ? null : after(planned.days) };
    case "severity":
      return { ...planned, reason };
    case "suppress":
      return {
        kind: "suppress",
        grounds: "accepted-risk",
        until: planned.days === "fix" ? "fix" : after(planned.days),
        reason,
      };
    case "unsuppress":
      return planned;
    case "comment":
      return { kind: "comment", text: reason };
  }
}

async function run(connectionId: string, { mode, now, batches }: PlannedPass) {
  const pass = await startSyncRun({ connectionId, mode, trigger: "schedule", now, requestedBy: null });
  for (const batch of batches) await saveObservedFindings(pass, batch);
  if (pass.mode === "whole") await closeUnseenFindings(pass);
  await finishSyncRun(pass);
  return pass.mode;
}

/** Who looks after each issue, and when it is due. */
async function expectIssues(oracle: TriageOracle): Promise<void> {
  const { rows } = await database().pool.query<{ ids: string[]; assignee: string | null; due_at: Date | null }>(
    `SELECT array_agg(f.source_id) AS ids, p.user_name AS assignee, i.due_at
     FROM issue i JOIN finding f ON f.account_id = i.account_id AND f.issue_id = i.id
     LEFT JOIN person p ON p.id = i.assignee_id GROUP BY i.account_id, i.id, p.user_name, i.due_at`,
  );
  for (const { ids, assignee, due_at: dueAt } of rows) {
    const expected = oracle.issues.get(issueOf(oracle.findings.get(ids[0]!)!)) ?? { assignee: null, dueAt: null };
    expect({ assignee, dueAt: dueAt?.toISOString() ?? null }).toEqual(expected);
  }
}

/** A finding as it is in one of its six versions; a later one may have a fix. */
function toObserved({ which, version }: { which: number; version: number }): ObservedFinding {
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
