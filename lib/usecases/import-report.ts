import { countChangesOfScan } from "#lib/db/read/scan-difference.ts";
import { hasLaterResult } from "#lib/db/read/scans.ts";
import { listSyncRunsById } from "#lib/db/read/sync.ts";
import { closeUnseenFindings } from "#lib/db/write/closing.ts";
import { ensureImportConnection } from "#lib/db/write/import-connection.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { failScanRun, finishScanRun, forgetArchive, saveScanProgress, takeScanRun } from "#lib/db/write/scan-runs.ts";
import { failSyncRun, finishSyncRun, type SyncPass, startSyncRun } from "#lib/db/write/sync-run.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { ScanFailure } from "#lib/domain/scan.ts";
import type { ReadReport, ReportReader } from "#lib/sources/source.ts";
import type { Storage } from "#lib/storage/storage.ts";
import { inBatches } from "./in-batches.ts";
import { openReport } from "./open-report.ts";

/** What the worker brings along. */
export type ImportMeans = { readReport: ReportReader; storage: Storage; clock: () => Date; signal: AbortSignal };

type Run = Awaited<ReturnType<typeof takeScanRun>> & { runId: string };

const BATCH = 5_000;

/**
 * Takes a run from its report to its findings in the list. The report is whole for its name: what an earlier one of the
 * same name brought and this one leaves out closes, unless the tool says of itself that it failed, and unless so much
 * would close that a person must say so. It can be stopped at any line and called again with the same effect. Throws
 * AppError conflict while another revision of the name is under way; the job tries again.
 */
export async function importReport({ runId }: { runId: string }, means: ImportMeans): Promise<void> {
  const run = { ...(await takeScanRun(runId, means.clock())), runId };
  const isEnded = run.state === "failed" || run.state === "cancelled" || run.state === "succeeded";
  const failure = isEnded ? null : ((await reasonNotTo(run)) ?? (await read(run, means)));
  if (failure) await failScanRun(runId, failure, means.clock());
  if (run.storageKey === null) return;
  await means.storage.remove(run.storageKey);
  await forgetArchive(runId);
}

async function reasonNotTo(run: Run): Promise<ScanFailure | null> {
  if (run.isCancelAsked) return CANCELLED;
  if (run.storageKey === null) return toFailure("report-gone", "The report is not there any more. Import it again.");
  if (!(await hasLaterResult(run))) return null;
  return toFailure("overtaken", "A later report of this name was imported before. This one would undo it.");
}

/** Returns why there is no result, or null. */
async function read(run: Run, means: ImportMeans): Promise<ScanFailure | null> {
  const { name, createdAt: at, storageKey } = run;
  const { storage, clock, signal } = means;
  await saveScanProgress(run.runId, { state: "importing", stage: "reading" }, clock());
  try {
    const open = () => openReport(storage, storageKey ?? "");
    return await write(run, await means.readReport({ name, at, open, signal }), means);
  } catch (error) {
    const isOfReport = error instanceof AppError && (error.code === "invalid-input" || error.code === "too-large");
    if (isOfReport) return toFailure(error.code, error.message);
    throw error;
  }
}

async function write(run: Run, report: ReadReport, { clock, signal }: ImportMeans): Promise<ScanFailure | null> {
  const [earlier] = run.syncRunId === null ? [] : await listSyncRunsById([run.syncRunId]);
  if (earlier?.state === "succeeded" || earlier?.state === "held") return await finish(run, earlier.id, clock());
  const connectionId = await ensureImportConnection(run.name);
  const request = { connectionId, mode: "whole", trigger: "person", now: clock(), requestedBy: null } as const;
  const pass = await startSyncRun(earlier?.state === "running" ? { ...request, runId: earlier.id } : request);
  const progress = { state: "importing", stage: "importing", syncRunId: pass.runId, total: report.findings } as const;
  await saveScanProgress(run.runId, { ...progress, skippedFiles: toLeftOut(run, report) }, clock());
  for await (const batch of inBatches(report.observeFindings(), BATCH)) {
    signal.throwIfAborted();
    if ((await takeScanRun(run.runId, clock())).isCancelAsked) return await cancel(pass);
    await saveObservedFindings(pass, batch);
    await saveScanProgress(run.runId, { done: pass.counts.observed }, clock());
  }
  if (report.isWhole) await closeUnseenFindings(pass);
  await finishSyncRun(pass);
  return await finish(run, pass.runId, clock());
}

/** What a reader must not take for clean. */
function toLeftOut({ name }: Run, { isWhole, leftOut }: ReadReport) {
  if (isWhole) return leftOut;
  return [
    ...leftOut,
    { path: name, reason: "tool-failed", detail: "Nothing was closed: what it did not report may still be there" },
  ];
}

async function cancel(pass: SyncPass): Promise<ScanFailure> {
  await failSyncRun(pass, { code: "cancelled", message: CANCELLED.message, permission: null });
  return CANCELLED;
}

async function finish(run: Run, syncRunId: string, now: Date): Promise<null> {
  await finishScanRun(run.runId, await countChangesOfScan(run.name, syncRunId), now);
  return null;
}

/** The report is not kept, so that nothing can be tried again: it is sent again. */
function toFailure(code: string, message: string): ScanFailure {
  return { code, message, isRetryable: false };
}

const CANCELLED = toFailure("cancelled", "The import was cancelled. What it had brought until then stays.");
