import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import { closeDatabase, database, inTransaction, openDatabase } from "#lib/db/database.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { finishSyncRun, startSyncRun } from "#lib/db/write/sync-run.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import { permissionSchema } from "#lib/domain/permission.ts";
import type { TriageAct } from "#lib/domain/triage-act.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { carryOutDecision } from "#lib/usecases/carry-out-decision.ts";
import { type Decider, decide, draftDecision, undoDecision } from "#lib/usecases/triage-findings.ts";
import { parseConfig } from "#local/config.ts";
import { openDatabase as openServer } from "#local/database.ts";
import type { BenchResult } from "./bench-result.ts";
import { batchOf } from "./many-findings.ts";

/** One of twenty is closed: 100,000 are active. */
const FINDINGS = 105_264;
const BATCH = 5_000;
/** 10 seconds, and half a one for a preview, on a machine that takes 2 for the bare UPDATE. */
const MOST_TIMES = 5;
const MOST_TIMES_OF_PREVIEW = 0.25;
const REFERENCE = "one UPDATE of the same rows' status, rolled back";
const never = new AbortController().signal;

/** Decisions about 100,000 findings at once, on an embedded PostgreSQL of its own. */
export async function benchTriage(): Promise<BenchResult[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "sightline-bench-"));
  const server = await openServer(parseConfig({ DATA_DIR: dataDir }));
  try {
    openDatabase(server.urls.appUrl);
    await openQueue(server.urls.appUrl);
    await saveFindings();
    await database().pool.query("ANALYZE");
    const results = await benchDecisions(await aDecider());
    const differences = await verifyRollups();
    if (differences.length > 0) throw new Error(`The rollups differ from a recount in ${differences.length} places`);
    return results;
  } finally {
    await closeQueue();
    await closeDatabase();
    await server.cluster?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function benchDecisions(decider: Decider): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  const suppress = {
    kind: "suppress",
    grounds: "accepted-risk",
    until: new Date(Date.now() + 86_400_000).toISOString(),
    reason: "The benchmark says so.",
  } as const;
  const severity = { kind: "severity", severity: "low", reason: "The benchmark says so." } as const;
  for (const act of [suppress, severity, { kind: "assign", assignee: decider.userName } as const]) {
    results.push(...(await benchAct(act, decider)));
  }
  return results;
}

async function benchAct(act: TriageAct, decider: Decider): Promise<BenchResult[]> {
  // Beside each, so that what else the machine does falls on both.
  const reference = await secondsOf(updateAll);
  let id = "";
  const drafted = await secondsOf(async () => {
    const filter = findingConditionsSchema.parse({ status: "active" });
    id = (await draftDecision({ act, filter }, decider, new Date())).id;
  });
  const decided = await secondsOf(async () => {
    await decide({ draftId: id, act }, decider, new Date());
    await carryOutDecision(id, never, () => new Date());
  });
  const undone = await secondsOf(async () => {
    await undoDecision(id, decider, new Date());
    await carryOutDecision(id, never, () => new Date());
  });
  return [
    toResult(`${act.kind}: preview of 100,000`, { seconds: drafted, reference, most: MOST_TIMES_OF_PREVIEW }),
    toResult(`${act.kind} 100,000`, { seconds: decided, reference, most: MOST_TIMES }),
    toResult(`${act.kind}: undo of 100,000`, { seconds: undone, reference, most: MOST_TIMES }),
  ];
}

type Measured = { seconds: number; reference: number; most: number };

function toResult(name: string, { seconds, reference, most }: Measured): BenchResult {
  return {
    name,
    figure: seconds,
    unit: "s",
    reference: REFERENCE,
    ratio: seconds / reference,
    goal: `≤ ${most} ×`,
    isMet: seconds <= most * reference,
  };
}

async function updateAll(): Promise<void> {
  const undo = new Error("rolled back");
  await inTransaction(async (client) => {
    await client.query("UPDATE finding SET status = 'suppressed' WHERE status = 'active'");
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
}

async function saveFindings(): Promise<void> {
  const connectionId = uuidv7();
  await database().pool.query(
    "INSERT INTO connection (id, source, name, region) VALUES ($1, 'inspector', 'bench', 'eu-west-1')",
    [connectionId],
  );
  const now = new Date("2026-11-01T00:00:00Z");
  const pass = await startSyncRun({ connectionId, mode: "whole", trigger: "person", now, requestedBy: null });
  for (let start = 0; start < FINDINGS; start += BATCH) {
    const size = Math.min(BATCH, FINDINGS - start);
    await saveObservedFindings(pass, batchOf({ prefix: "10", start, size, count: FINDINGS }));
  }
  await finishSyncRun(pass);
}

async function aDecider(): Promise<Decider> {
  const personId = uuidv7();
  await database().pool.query(
    "INSERT INTO person (id, user_name, role, created_at) VALUES ($1, 'bench', 'lead', now())",
    [personId],
  );
  return { personId, userName: "bench", permissions: new Set(permissionSchema.options) };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}
