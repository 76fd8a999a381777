import fc from "fast-check";
import pg from "pg";
import { test } from "vitest";
import { database } from "#lib/db/database.ts";
import type { FindingStatus } from "#lib/domain/finding.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { expectAgreement, expectHistory } from "#testing/write-agreement.ts";
import { newOracle, type PlannedPass, runPass } from "#testing/write-oracle.ts";
import { newId } from "../identity.ts";
import { closeUnseenFindings } from "./closing.ts";
import { foldParts } from "./fold-parts.ts";
import { saveObservedFindings } from "./observed-findings.ts";
import { failSyncRun, finishSyncRun, startSyncRun } from "./sync-run.ts";

appDatabase();

const never = new AbortController().signal;
const CONNECTIONS = 4;
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 20);
/** More of them find rarer faults: `PROPERTY_RUNS=500`. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);
const TIMEOUT_MS = 60_000 + RUNS * 2_000;

/** What a finding may be, the more often the more ordinary. */
const STATUSES = [
  ...Array<FindingStatus>(6).fill("active"),
  ...Array<FindingStatus>(2).fill("suppressed"),
  ...Array<FindingStatus>(3).fill("closed"),
];

/** A finding as it is in one of its six versions: the same always, so that a version is worth an instant. */
const observedArbitrary = fc.record({ which: fc.nat(9), version: fc.nat(5) }).map(toObserved);

const passArbitrary = fc.record({
  connection: fc.nat(CONNECTIONS - 1),
  mode: fc.constantFrom("whole" as const, "incremental" as const),
  batches: fc.array(fc.array(observedArbitrary, { maxLength: 6 }), { minLength: 1, maxLength: 3 }),
  breaksAfter: fc.option(fc.nat(2), { freq: 4 }),
  repeats: fc.boolean(),
});
const passesArbitrary = fc
  .array(passArbitrary, { minLength: 1, maxLength: 8 })
  // Three days apart: some breaks of a finding are longer than an issue's clock allows, and months change.
  .map((passes) => passes.map((pass, index) => ({ ...pass, now: new Date(START + index * 3 * DAY_MS) })));

test(
  "any passes, whole or not, broken off or repeated, leave what an oracle expects",
  async () => {
    await fc.assert(
      fc.asyncProperty(passesArbitrary, async (passes) => {
        const { connectionIds, numbers } = await freshConnections();
        const oracle = newOracle();
        for (const pass of passes) {
          for (const planned of pass.repeats ? [pass, pass] : [pass]) {
            const { mode } = await run(connectionIds, planned, newId());
            runPass(oracle, { ...planned, mode, connection: numbers[planned.connection]! });
          }
        }
        await expectAgreement(oracle);
        await expectHistory(oracle);
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);

test(
  "pages in another order leave the same findings",
  async () => {
    await fc.assert(
      fc.asyncProperty(passesArbitrary, async (passes) => {
        const { connectionIds, numbers } = await freshConnections();
        const oracle = newOracle();
        for (const pass of passes.map((one) => ({ ...one, breaksAfter: null }))) {
          const { mode } = await run(connectionIds, pass, newId());
          const backwards = pass.batches.toReversed().map((batch) => batch.toReversed());
          runPass(oracle, { ...pass, batches: backwards, mode, connection: numbers[pass.connection]! });
        }
        await expectAgreement(oracle);
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);

test(
  "a pass that is killed at any statement and started again leaves what one that was not killed would",
  async () => {
    await fc.assert(
      fc.asyncProperty(passesArbitrary, fc.array(fc.integer({ min: 1, max: 45 })), async (passes, kills) => {
        const { connectionIds, numbers } = await freshConnections();
        const oracle = newOracle();
        for (const [index, pass] of passes.entries()) {
          const runId = newId();
          const killAt = kills[index];
          const ended = killAt === undefined ? null : await killed(killAt, () => run(connectionIds, pass, runId));
          const { mode } = ended ?? (await run(connectionIds, pass, runId));
          runPass(oracle, { ...pass, mode, connection: numbers[pass.connection]! });
        }
        await expectAgreement(oracle);
        await expectHistory(oracle);
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);

test(
  "four writers at once leave the same findings as one after the other",
  async () => {
    await fc.assert(
      fc.asyncProperty(passesArbitrary, async (passes) => {
        const { connectionIds, numbers } = await freshConnections();
        const oracle = newOracle();
        const writers = [...Map.groupBy(passes, ({ connection }) => connection).values()];
        const runs = await Promise.all(
          writers.map(async (own) => {
            const modes: PlannedPass[] = [];
            for (const pass of own) {
              modes.push({ ...pass, mode: (await run(connectionIds, pass, newId())).mode });
              await foldParts(never);
            }
            return modes;
          }),
        );
        for (const pass of runs.flat()) runPass(oracle, { ...pass, connection: numbers[pass.connection]! });
        await expectAgreement(oracle);
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);

async function freshConnections(): Promise<{ connectionIds: string[]; numbers: number[] }> {
  await clearFindings();
  const connectionIds: string[] = [];
  for (let made = 0; made < CONNECTIONS; made += 1) connectionIds.push(await aConnection());
  const { rows } = await database().pool.query<{ id: string; number: number }>("SELECT id, number FROM connection");
  const numbers = connectionIds.map((id) => rows.find((row) => row.id === id)!.number);
  return { connectionIds, numbers };
}

async function run(connectionIds: string[], planned: PlannedPass, runId: string) {
  const { mode, now, batches, breaksAfter } = planned;
  const connectionId = connectionIds[planned.connection]!;
  const pass = await startSyncRun({ connectionId, mode, trigger: "schedule", now, requestedBy: null, runId });
  for (const batch of batches.slice(0, breaksAfter ?? batches.length)) await saveObservedFindings(pass, batch);
  if (breaksAfter !== null) {
    await failSyncRun(pass, { code: "throttled", message: "Too many requests.", permission: null });
    return { mode: pass.mode };
  }
  if (pass.mode === "whole") await closeUnseenFindings(pass);
  await finishSyncRun(pass);
  return { mode: pass.mode };
}

/** Cuts the connection before its n-th statement from now. Returns null when that broke off what was under way. */
async function killed<T>(statement: number, work: () => Promise<T>): Promise<T | null> {
  const query = pg.Client.prototype.query;
  let left = statement;
  // The original has many overloads; all of them are passed through.
  pg.Client.prototype.query = function cut(
    this: pg.Client & { connection: { stream: { destroy(): void } } },
    ...args: unknown[]
  ) {
    left -= 1;
    if (left === 0) this.connection.stream.destroy();
    return Reflect.apply(query, this, args);
  } as typeof query;
  try {
    return await work();
  } catch (error) {
    if (left > 0) throw error;
    return null;
  } finally {
    pg.Client.prototype.query = query;
  }
}

function toObserved({ which, version }: { which: number; version: number }): ObservedFinding {
  const dice = (which * 7 + version * 5 + which * version * 3) % STATUSES.length;
  const accountId = which % 2 === 0 ? "111122223333" : "444455556666";
  const resource = which % 3;
  return anObservedFinding({
    sourceId: `finding/${which}`,
    accountId,
    cve: `CVE-2026-000${which % 4}`,
    resource: { id: `image/${resource}`, lineage: `image:${resource % 2}` },
    status: STATUSES[dice],
    severity: SEVERITIES[(which + version) % SEVERITIES.length],
    score: version % 2 === 0 ? null : 5.5,
    knownExploitedAt: dice % 5 === 0 ? new Date(START) : null,
    firstObservedAt: new Date(START - 40 * DAY_MS + which * DAY_MS),
    updatedAt: new Date(START - 30 * DAY_MS + version * 6 * DAY_MS + which * 1000),
    raw: { version },
    ...(which % 5 === 4 && { type: "code", packages: [], code: inCode(version % 3), scanName: `scan-${which}` }),
  });
}

function inCode(file: number): NonNullable<ObservedFinding["code"]> {
  const nothing = { detectorTags: [], ruleId: null, snippet: [], steps: [], suggestedFixes: [] };
  return { path: `src/${file}.ts`, startLine: 1, endLine: 1, detectorId: "rule", detectorName: "A rule", ...nothing };
}
