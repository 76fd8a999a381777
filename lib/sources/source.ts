import type { z } from "zod";
import type { SourceName } from "#lib/domain/finding.ts";
import type { ObservedFinding, observedCodeSchema } from "#lib/domain/observed-finding.ts";
import type { ScanFailure, SkippedFile } from "#lib/domain/scan.ts";
import type { ObservedRule } from "#lib/domain/source-rule.ts";
import type { SyncFailure } from "#lib/domain/sync-run.ts";

/** What a source says about a resource: whether it still examines it. Decides why a finding closed. */
export type ObservedCoverage = {
  accountId: string;
  region: string;
  resourceType: string;
  resourceId: string;
  scanType: string;
  isScanned: boolean;
  reason: string; // the source's own word, as in SUCCESSFUL or RESOURCE_TERMINATED
  lineage: string | null; // as a finding on it names it, so that a rebuilt image without findings counts; null = not told
};

/** The code around a finding, and the fixes its source suggests. */
export type ObservedSnippet = { sourceId: string } & Pick<z.infer<typeof observedCodeSchema>, "suggestedFixes"> & {
    lines: z.infer<typeof observedCodeSchema>["snippet"];
  };

/** How a pass is read: `signal` ends it, `onThrottle` hears of each answer that asked to slow down. */
export type SourcePass = { signal: AbortSignal; onThrottle?: () => void };

/** Somewhere findings come from. A source only reads; it never stores. */
export type Source = {
  readonly name: SourceName;
  /**
   * Yields what the source reports, one page at a time, in no order: everything (`since: null`, a whole pass), or only
   * what changed after `since`. Throws SourceError on failure: what was yielded before is then a part, not the whole.
   */
  observeFindings(pass: SourcePass & { since: Date | null }): AsyncIterable<ObservedFinding[]>;
  /** Yields what is examined, and what is not and why, one page at a time. Throws SourceError. */
  observeCoverage(pass: SourcePass): AsyncIterable<ObservedCoverage[]>;
  /** Yields the rules by which the source suppresses for itself, one page at a time. Throws SourceError. */
  observeRules(pass: SourcePass): AsyncIterable<ObservedRule[]>;
  /** The code around these findings (by source id), for those the source has any of. Throws SourceError. */
  observeSnippets(sourceIds: string[], signal: AbortSignal): Promise<ObservedSnippet[]>;
};

/** A source could not be read. `failure` is what a person sees; `cause` is for the log. */
export class SourceError extends Error {
  readonly failure: SyncFailure;
  constructor(failure: SyncFailure, options?: ErrorOptions) {
    super(failure.message, options);
    this.failure = failure;
    this.name = "SourceError";
  }
}

/** How far a scan is. `total: null` where the scanner does not tell. */
export type ObservedScan = {
  state: "running" | "succeeded" | "failed";
  stage: string | null;
  done: number;
  total: number | null;
  skippedFiles: SkippedFile[];
  failure: ScanFailure | null;
};

/** A service that takes an archive of source code and reports what is wrong in it. */
export type CodeScanner = {
  /** Hands the archive over and starts a run; the same `token` starts it once. Returns the scanner's own run id. Throws SourceError. */
  startScan(scan: { name: string; token: string; archive: Archive; signal: AbortSignal }): Promise<string>;
  /** Throws SourceError. */
  observeScan(scan: { name: string; wireRunId: string; signal: AbortSignal }): Promise<ObservedScan>;
  /** Every finding of the scan, open and closed, one page at a time, in no order. Throws SourceError. */
  observeFindings(scan: { name: string; signal: AbortSignal }): AsyncIterable<ObservedFinding[]>;
  /** Asks the scanner to stop; a scanner that cannot is left to finish. */
  cancelScan(scan: { name: string; wireRunId: string; signal: AbortSignal }): Promise<void>;
};

/** An archive that can be read from its start, as often as needed. */
export type Archive = { sizeBytes: number; open(): NodeJS.ReadableStream };

/** A file in which a tool reports what it found, to be read as often as needed. `at` is when it came in. */
export type Report = { name: string; at: Date; open(): AsyncIterable<Uint8Array>; signal: AbortSignal };

/** What is known of a report before its findings are read. `isWhole`: false where the tool says of itself that it failed. */
export type ReadReport = {
  isWhole: boolean;
  findings: number;
  /** What of it becomes no finding, and why. */
  leftOut: SkippedFile[];
  /** Every finding, one page at a time, in no order. The same finding may come twice. */
  observeFindings(): AsyncIterable<ObservedFinding[]>;
};

/** Reads a report of one format. Throws AppError invalid-input, or too-large, for one that cannot be read. */
export type ReportReader = (report: Report) => Promise<ReadReport>;
