import type { SourceName } from "#lib/domain/finding.ts";
import type { SyncCounts, SyncMode } from "#lib/domain/sync-run.ts";

/** One pass under way: which run, over what, and what it has seen so far. */
export type SyncPass = {
  readonly runId: string;
  /** Raised each time the run is started again, so that an attempt that was given up can write no more. */
  readonly attempt: number;
  readonly connection: {
    readonly id: string;
    readonly number: number;
    readonly source: SourceName;
    readonly isSample: boolean;
  };
  readonly mode: SyncMode;
  /** Where an incremental pass begins to read; null = everything. */
  readonly since: Date | null;
  readonly now: Date;
  /** What a person watching sees. The caller counts pages and throttles; the rest is counted here. */
  readonly counts: SyncCounts;
  /** Keys of the findings seen, by account: 16 bytes each. */
  readonly seenKeys: Map<string, Buffer[]>;
  readonly seenCoverage: Set<string>;
  /** How many scopes wait for a person; null until the pass has closed what it did not see. */
  heldScopes: number | null;
};
