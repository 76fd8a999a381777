import { v7 as uuidv7 } from "uuid";
import { database } from "#lib/db/database.ts";
import { getFinding } from "#lib/db/read/get-finding.ts";
import { foldParts } from "#lib/db/write/fold-parts.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { finishSyncRun, startSyncRun } from "#lib/db/write/sync-run.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import type { BenchResult } from "./bench-result.ts";
import { batchOf } from "./many-findings.ts";
import { judged, printed, timeOf, within } from "./measure.ts";

const WRITERS = 4;
const FINDINGS_EACH = 25_000;
const BATCH = 5_000;
const DETAIL_GOAL_MS = 10;
const never = new AbortController().signal;

/** Four syncs at once into an empty database, of other accounts and the same CVEs; what they leave is recounted. */
export async function benchWriters(oneMs: number): Promise<BenchResult[]> {
  const from = performance.now();
  const written = await writeAtOnce(FINDINGS_EACH, manyBatches);
  const seconds = (performance.now() - from) / 1000;
  const unfolded = await verifyRollups();
  await foldParts(never);
  const folded = await verifyRollups();
  const different = unfolded.length + folded.length;
  const { rows } = await database().pool.query<{ id: string }>("SELECT id FROM finding ORDER BY id LIMIT 1");
  const id = rows[0]?.id ?? "";
  const detail = await timeOf(() => getFinding(id));
  return [
    printed(`${WRITERS} writers at once`, written / seconds, "findings/s"),
    judged("Detail of a finding, raw JSON included", detail, "", within(detail, DETAIL_GOAL_MS, oneMs)),
    {
      ...printed(`Counts that differ after ${WRITERS} writers at once`, different, "counts"),
      goal: "0",
      isMet: different === 0,
    },
  ];
}

/** What one of several syncs is told, a batch at a time: at least `findings` altogether. */
export type Batches = (of: { writer: number; findings: number; size: number }) => Iterable<ObservedFinding[]>;

/** Findings of one form, with noise in each. */
export function* manyBatches({ writer, findings, size }: Parameters<Batches>[0]): Generator<ObservedFinding[]> {
  const prefix = String(10 + writer);
  for (let start = 0; start < findings; start += size) yield batchOf({ prefix, start, size, count: findings });
}

/** Four syncs at once, each of so many findings. Returns how many they wrote together. */
export async function writeAtOnce(findingsEach: number, batches: Batches): Promise<number> {
  const writers = Array.from({ length: WRITERS }, (_, writer) =>
    batches({ writer, findings: findingsEach, size: BATCH }),
  );
  await Promise.all(writers.map((told) => write(told, findingsEach)));
  return WRITERS * findingsEach;
}

async function write(told: Iterable<ObservedFinding[]>, findings: number): Promise<void> {
  const connectionId = uuidv7();
  await database().pool.query(
    "INSERT INTO connection (id, source, name, region) VALUES ($1, 'inspector', 'bench', 'eu-west-1')",
    [connectionId],
  );
  const now = new Date("2026-11-01T00:00:00Z");
  const pass = await startSyncRun({ connectionId, mode: "whole", trigger: "person", now, requestedBy: null });
  let left = findings;
  for (const batch of told) {
    await saveObservedFindings(pass, batch);
    left -= batch.length;
    if (left <= 0) break;
  }
  await finishSyncRun(pass);
}
