import { randomBytes } from "node:crypto";
import { countChangesOfScan } from "#lib/db/read/scan-difference.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { finishScanRun, saveScanProgress, startScanRun } from "#lib/db/write/scan-runs.ts";
import { ensureScannerConnection } from "#lib/db/write/scanner-connection.ts";
import { finishSyncRun, startSyncRun } from "#lib/db/write/sync-run.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { aPerson } from "./a-person.ts";
import { anObservedFinding } from "./observed-finding.ts";

/** A finding of the scanner in a scan's file `app.py`; the same number is the same finding. */
export function aCodeFinding(
  name: string,
  number: number,
  overrides: Parameters<typeof anObservedFinding>[0] = {},
): ObservedFinding {
  return anObservedFinding({
    sourceId: `${name}/${number}`,
    accountId: "000000000000",
    region: "us-east-1",
    type: "code",
    title: `Finding ${number}`,
    scanName: name,
    score: null,
    lineage: `scan:${name}|app.py|${number}`,
    resource: { type: "CODE_SCAN", id: name, name, lineage: `scan:${name}` },
    vulnerability: { kind: "detector", name: "python/sql-injection@v1.0", cwes: ["CWE-89"] },
    packages: [],
    code: {
      path: "src/app.py",
      startLine: number,
      endLine: number,
      detectorId: "python/sql-injection@v1.0",
      detectorName: "SQL injection",
      detectorTags: [],
      ruleId: null,
      snippet: [],
      steps: [],
      suggestedFixes: [],
    },
    ...overrides,
  });
}

/** A revision that was scanned at `now` with this result, stored as the worker does. Returns its run. */
export async function aScanRevision(
  name: string,
  now: Date,
  findings: ObservedFinding[],
): Promise<{ name: string; runId: string }> {
  const { id: personId } = await aPerson({ userName: `dev-${randomBytes(6).toString("hex")}` });
  const { runId } = await startScanRun({ name, personId, now });
  const connectionId = await ensureScannerConnection("us-east-1");
  const pass = await startSyncRun({ connectionId, mode: "whole", trigger: "scan", now, requestedBy: null });
  await saveScanProgress(runId, { state: "importing", syncRunId: pass.runId }, now);
  await saveObservedFindings(pass, findings);
  await finishSyncRun(pass);
  await finishScanRun(runId, await countChangesOfScan(name, pass.runId), now);
  return { name, runId };
}
