import type { SourceName } from "#lib/domain/finding.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
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
};

/** Somewhere findings come from. A source only reads; it never stores. */
export type Source = {
  readonly name: SourceName;
  /**
   * Yields what the source reports, one page at a time, in no order: everything (`since: null`, a whole pass), or only
   * what changed after `since`. Throws SourceError on failure: what was yielded before is then a part, not the whole.
   */
  observeFindings(pass: { since: Date | null; signal: AbortSignal }): AsyncIterable<ObservedFinding[]>;
  /** Yields what is examined, and what is not and why, one page at a time. Throws SourceError. */
  observeCoverage(pass: { signal: AbortSignal }): AsyncIterable<ObservedCoverage[]>;
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
