import type { PgBoss } from "pg-boss";
import { applyExceptionJob } from "#lib/jobs/apply-exception.ts";
import { applyRulesJob } from "#lib/jobs/apply-rules.ts";
import { carryOutDecisionJob } from "#lib/jobs/carry-out-decision.ts";
import { decideHeldCloseJob } from "#lib/jobs/decide-held-close.ts";
import { deliverHandOverJob } from "#lib/jobs/deliver-hand-over.ts";
import { deliverReportJob } from "#lib/jobs/deliver-report.ts";
import { fetchCodeJob } from "#lib/jobs/fetch-code.ts";
import { importFeedJob } from "#lib/jobs/import-feed.ts";
import { importReportJob } from "#lib/jobs/import-report.ts";
import { removeSampleJob } from "#lib/jobs/remove-sample.ts";
import { replaySampleJob } from "#lib/jobs/replay-sample.ts";
import { runScanJob, type ScanTry } from "#lib/jobs/run-scan.ts";
import { syncConnectionJob } from "#lib/jobs/sync-connection.ts";
import { testConnectionJob } from "#lib/jobs/test-connection.ts";
import { handleApplyException } from "./jobs/apply-exception.ts";
import { handleApplyRules } from "./jobs/apply-rules.ts";
import { handleCarryOutDecision } from "./jobs/carry-out-decision.ts";
import { handleDecideHeldClose } from "./jobs/decide-held-close.ts";
import { handleDeliverHandOver } from "./jobs/deliver-hand-over.ts";
import { handleDeliverReport } from "./jobs/deliver-report.ts";
import { handleFetchCode } from "./jobs/fetch-code.ts";
import { handleImportFeed } from "./jobs/import-feed.ts";
import { handleImportReport } from "./jobs/import-report.ts";
import { handleRemoveSample } from "./jobs/remove-sample.ts";
import { handleReplaySample } from "./jobs/replay-sample.ts";
import { handleRunScan } from "./jobs/run-scan.ts";
import { handleSyncConnection } from "./jobs/sync-connection.ts";
import { handleTestConnection } from "./jobs/test-connection.ts";
import { registerJob, type Task } from "./register-job.ts";

/** Each job with what does it, and how many of its kind run at once. */
export async function registerJobs(boss: PgBoss, task: Task): Promise<void> {
  await registerJob(boss, { job: syncConnectionJob, handle: handleSyncConnection, concurrency: 3 }, task);
  await registerJob(boss, { job: testConnectionJob, handle: handleTestConnection, concurrency: 2 }, task);
  await registerJob(boss, { job: fetchCodeJob, handle: handleFetchCode, concurrency: 2 }, task);
  await registerJob(boss, { job: decideHeldCloseJob, handle: handleDecideHeldClose, concurrency: 1 }, task);
  await registerJob(boss, { job: carryOutDecisionJob, handle: handleCarryOutDecision, concurrency: 1 }, task);
  await registerJob(boss, { job: applyExceptionJob, handle: handleApplyException, concurrency: 1 }, task);
  await registerJob(boss, { job: applyRulesJob, handle: handleApplyRules, concurrency: 1 }, task);
  await registerJob(boss, { job: deliverHandOverJob, handle: handleDeliverHandOver, concurrency: 2 }, task);
  await registerJob(boss, { job: deliverReportJob, handle: handleDeliverReport, concurrency: 2 }, task);
  await registerJob(boss, { job: importFeedJob, handle: handleImportFeed, concurrency: 1 }, task);
  await registerJob(boss, { job: replaySampleJob, handle: handleReplaySample, concurrency: 1 }, task);
  await registerJob(boss, { job: removeSampleJob, handle: handleRemoveSample, concurrency: 1 }, task);
  await registerJob(boss, { job: importReportJob, handle: handleImportReport, concurrency: 1 }, task);
  const handleScan = (wanted: ScanTry, { signal }: Task) => handleRunScan(wanted, signal);
  await registerJob(boss, { job: runScanJob, handle: handleScan, concurrency: 2 }, task);
}
