import { setTimeout as sleep } from "node:timers/promises";
import { countChangesOfScan } from "#lib/db/read/scan-difference.ts";
import { listSyncRunsById } from "#lib/db/read/sync.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import {
  failScanRun,
  finishScanRun,
  forgetArchive,
  saveScanProgress,
  takeScanRun,
  takeTurn,
} from "#lib/db/write/scan-runs.ts";
import { ensureScannerConnection } from "#lib/db/write/scanner-connection.ts";
import { failSyncRun, finishSyncRun, startSyncRun } from "#lib/db/write/sync-run.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { ScanFailure } from "#lib/domain/scan.ts";
import type { ScanTry } from "#lib/jobs/run-scan.ts";
import { type CodeScanner, SourceError } from "#lib/sources/source.ts";
import type { Storage } from "#lib/storage/storage.ts";

/** What the worker brings along. `pollMs` is how long to wait between two looks at a run. */
export type ScanMeans = {
  scanner: CodeScanner;
  storage: Pick<Storage, "read" | "remove">;
  region: string;
  clock: () => Date;
  pollMs: number;
  signal: AbortSignal;
};

type Run = Awaited<ReturnType<typeof takeScanRun>> & ScanTry;

/**
 * Takes a run from its archive to its findings in the list. It can be stopped at any line and called again with the
 * same effect. Throws SourceError while the scanner cannot be reached, and AppError conflict while another revision of
 * the name is under way: the archive is kept, and the job tries again.
 */
export async function runScan(wanted: ScanTry, means: ScanMeans): Promise<void> {
  const run = { ...(await takeScanRun(wanted.runId, means.clock())), ...wanted };
  if (run.state === "failed" || run.state === "cancelled") return;
  if (run.state === "succeeded") return await dropArchive(run, means);
  const wireRunId = run.wireRunId ?? (await start(run, means));
  if (wireRunId === null) return;
  try {
    const failure = await follow(run, wireRunId, means);
    if (failure) return await end(run, failure, means);
    await importFindings(run, means);
  } catch (error) {
    if (isAway(error)) await saveScanProgress(run.runId, { stage: "waiting-for-scanner" }, means.clock());
    throw error;
  }
  await dropArchive(run, means);
}

/**
 * Hands the archive over, once it is the run's turn. Returns the scanner's run id, or null when the run ended before it
 * began.
 */
async function start(run: Run, { scanner, storage, clock, signal }: ScanMeans): Promise<string | null> {
  if (run.isCancelAsked || run.storageKey === null) {
    const failure = run.isCancelAsked
      ? CANCELLED
      : { code: "archive-gone", message: "The archive is not there any more. Upload it again.", isRetryable: false };
    await end(run, failure, { storage, clock });
    return null;
  }
  const key = run.storageKey;
  if (!(await takeTurn(run.runId, clock())))
    throw new AppError("conflict", "Another revision of this name is under way; this one waits for it.");
  try {
    const archive = { sizeBytes: run.sizeBytes, open: () => storage.read(key) };
    const wireRunId = await scanner.startScan({ name: run.name, token: run.token, archive, signal });
    await saveScanProgress(run.runId, { wireRunId, stage: "queued" }, clock());
    return wireRunId;
  } catch (error) {
    if (isPassing(error)) {
      await saveScanProgress(run.runId, { state: "queued", stage: "waiting-for-scanner" }, clock());
      throw error;
    }
    await end(run, { code: "scan-failed", message: messageOf(error), isRetryable: true }, { storage, clock });
    return null;
  }
}

/** Waits for the scanner, noting how far it is. Returns why it failed, or null. */
async function follow(
  run: Run,
  wireRunId: string,
  { scanner, clock, pollMs, signal }: ScanMeans,
): Promise<ScanFailure | null> {
  for (;;) {
    const scan = await scanner.observeScan({ name: run.name, wireRunId, signal });
    const { stage, done, total, skippedFiles } = scan;
    await saveScanProgress(run.runId, { state: "scanning", stage, done, total, skippedFiles }, clock());
    if (scan.state === "failed") return scan.failure;
    if (scan.state === "succeeded") return null;
    if ((await takeScanRun(run.runId, clock())).isCancelAsked) {
      await scanner.cancelScan({ name: run.name, wireRunId, signal });
      return CANCELLED;
    }
    await sleep(pollMs, undefined, { signal });
  }
}

/**
 * What the scanner tells is whole for this scan's name and carries its own closings: nothing closes by absence. An
 * import that was stopped goes on under its own sync run, so that the run's difference counts both halves.
 */
async function importFindings(run: Run, { scanner, region, clock, signal }: ScanMeans): Promise<void> {
  const [earlier] = run.syncRunId === null ? [] : await listSyncRunsById([run.syncRunId]);
  if (earlier?.state === "succeeded") return await finish(run, earlier.id, clock());
  const connectionId = await ensureScannerConnection(region);
  const request = { connectionId, mode: "whole", trigger: "scan", now: clock(), requestedBy: null } as const;
  const pass = await startSyncRun(earlier?.state === "running" ? { ...request, runId: earlier.id } : request);
  await saveScanProgress(run.runId, { state: "importing", stage: "importing", syncRunId: pass.runId }, clock());
  try {
    for await (const page of scanner.observeFindings({ name: run.name, signal }))
      await saveObservedFindings(pass, page);
    await finishSyncRun(pass);
  } catch (error) {
    if (error instanceof SourceError && !isPassing(error)) await failSyncRun(pass, error.failure);
    throw error;
  }
  await finish(run, pass.runId, clock());
}

async function finish(run: Run, syncRunId: string, now: Date): Promise<void> {
  await finishScanRun(run.runId, await countChangesOfScan(run.name, syncRunId), now);
}

const CANCELLED: ScanFailure = { code: "cancelled", message: "The scan was cancelled.", isRetryable: true };

async function end(run: Run, failure: ScanFailure, means: Pick<ScanMeans, "storage" | "clock">): Promise<void> {
  // What can be tried again needs its archive; what was refused leaves nothing, and first of all: once the run has ended
  // nobody comes back for it.
  if (!failure.isRetryable) await dropArchive(run, means);
  await failScanRun(run.runId, failure, means.clock());
}

async function dropArchive(run: Run, { storage }: Pick<ScanMeans, "storage">): Promise<void> {
  if (run.storageKey === null) return;
  await storage.remove(run.storageKey);
  await forgetArchive(run.runId);
}

/** Whether it is worth waiting: the scanner is away or busy, or we are being stopped. */
function isPassing(error: unknown): boolean {
  return !(error instanceof SourceError) || error.failure.code === "cancelled" || isAway(error);
}

function isAway(error: unknown): boolean {
  return error instanceof SourceError && ["unreachable", "throttled", "timed-out"].includes(error.failure.code);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
