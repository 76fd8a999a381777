import type { ScanRun } from "#lib/domain/scan.ts";
import type { ChangedFinding, ScanDifference } from "#lib/domain/scan-difference.ts";
import { aFinding } from "./a-finding.ts";

/** A run that succeeded. Say what the test is about. */
export function aScanRun(overrides: Partial<ScanRun> = {}): ScanRun {
  return {
    name: "shop",
    source: "codeguru",
    runId: "01900000-0000-7000-8000-00000000a002",
    revision: 2,
    state: "succeeded",
    stage: null,
    progress: { done: 3, total: 3 },
    error: null,
    counts: { new: 0, closed: 0, unchanged: 0 },
    skippedFiles: [],
    sizeBytes: 4096,
    sha256: null,
    createdBy: "priya",
    createdAt: "2026-03-01T10:00:00.000Z",
    finishedAt: "2026-03-01T10:00:09.000Z",
    ...overrides,
  };
}

/** A finding in code, in `src/app.py`. */
export function aChangedFinding(overrides: Partial<ChangedFinding> & { number?: number } = {}): ChangedFinding {
  const number = overrides.number ?? 1;
  return {
    ...aFinding({ number }),
    source: "codeguru",
    type: "code",
    title: "SQL injection",
    summary: "Input becomes part of a query",
    cve: null,
    detectorId: "python/sql-injection@v1.0",
    scanName: "shop",
    package: null,
    location: { path: "src/app.py", startLine: 10 + number, endLine: 10 + number },
    description: "What a caller sends becomes part of the query.",
    cwes: ["CWE-89"],
    isReopened: false,
    closedBefore: null,
    statusNow: "active",
    closedByRun: null,
    ...overrides,
  };
}

type Lists = Partial<Record<"new" | "fixed" | "unchanged", ChangedFinding[]>>;

/** A difference to revision 1 with these findings. */
export function aScanDifference(lists: Lists, run: ScanRun = aScanRun()): ScanDifference {
  const toChanges = (items: ChangedFinding[] = []) => ({ count: items.length, items });
  return {
    run,
    against: { runId: "01900000-0000-7000-8000-00000000a001", revision: 1 },
    new: toChanges(lists.new),
    fixed: toChanges(lists.fixed),
    unchanged: toChanges(lists.unchanged),
  };
}
