import { closeUnseenFindings } from "#lib/db/write/closing.ts";
import { closeUnseenCoverage, saveObservedCoverage } from "#lib/db/write/observed-coverage.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { saveSourceRules, saveUnreadRules } from "#lib/db/write/source-rules.ts";
import { beatSyncRun, failSyncRun, finishSyncRun, type SyncPass } from "#lib/db/write/sync-run.ts";
import { isDatabaseAway } from "#lib/domain/is-database-away.ts";
import type { ObservedRule } from "#lib/domain/source-rule.ts";
import type { SyncFailure, SyncRun } from "#lib/domain/sync-run.ts";
import { type Source, SourceError, type SourcePass } from "#lib/sources/source.ts";
import { inBatches } from "./in-batches.ts";

/** How many findings one transaction takes: enough to be quick, few enough to hold in memory. */
const BATCH_SIZE = 5_000;
const HEARTBEAT_MS = 20_000;

/**
 * Brings what is stored of one connection up to date. Only a whole pass closes what it did not see: an incremental one
 * closes what the source itself reports closed, and a pass that breaks off closes nothing, since not seen is not the
 * same as gone. What the outside does wrong is recorded in the run that is returned; only our own faults are thrown, and
 * AppError conflict when the run was ended or taken over by another.
 */
export async function syncConnection(source: Source, pass: SyncPass, signal: AbortSignal): Promise<SyncRun> {
  const heartbeat = setInterval(() => {
    // Another heartbeat follows; a database that stays away ends the pass at its next write.
    beatSyncRun(pass).catch(() => {});
  }, HEARTBEAT_MS);
  try {
    await observe(source, pass, signal);
    return await finishSyncRun(pass);
  } catch (error) {
    const failure = toFailure(error, signal);
    const run = await failSyncRun(pass, failure);
    if (failure.code === "internal") throw error;
    return run;
  } finally {
    clearInterval(heartbeat);
  }
}

async function observe(source: Source, pass: SyncPass, signal: AbortSignal): Promise<void> {
  const onThrottle = () => {
    pass.counts.throttles += 1;
  };
  const isWhole = pass.since === null;
  if (isWhole) {
    // First, since coverage decides why a finding closed.
    for await (const batch of inBatches(source.observeCoverage({ signal, onThrottle }), BATCH_SIZE)) {
      await saveObservedCoverage(pass, batch);
    }
    await closeUnseenCoverage(pass);
  }
  const pages = countPages(pass, source.observeFindings({ since: pass.since, signal, onThrottle }));
  for await (const batch of inBatches(pages, BATCH_SIZE)) {
    signal.throwIfAborted();
    await saveObservedFindings(pass, batch);
  }
  if (isWhole) {
    await closeUnseenFindings(pass);
    await observeRules(source, pass, { signal, onThrottle });
  }
}

/** The source's own suppression rules. That they cannot be read is noted, and is no failure of the pass. */
async function observeRules(source: Source, pass: SyncPass, reading: SourcePass): Promise<void> {
  try {
    const rules: ObservedRule[] = [];
    for await (const page of source.observeRules(reading)) rules.push(...page);
    await saveSourceRules(pass, rules);
  } catch (error) {
    if (!(error instanceof SourceError) || reading.signal.aborted) throw error;
    await saveUnreadRules(pass, error.failure);
  }
}

async function* countPages<Page>(pass: SyncPass, pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  for await (const page of pages) {
    pass.counts.pages += 1;
    yield page;
  }
}

/** What is interrupted is no failure of the source, nor ours: the same job reads it again. */
function toFailure(error: unknown, signal: AbortSignal): SyncFailure {
  if (signal.aborted) return interrupted("The worker was stopped during the pass; it is read again by itself.");
  if (error instanceof SourceError) return error.failure;
  if (isDatabaseAway(error)) return interrupted("The database went away during the pass; it is read again by itself.");
  return {
    code: "internal",
    message: "The pass met a fault of Sightline's own; the worker's log has it.",
    permission: null,
  };
}

function interrupted(message: string): SyncFailure {
  return { code: "interrupted", message, permission: null };
}
