import type { SyncPass } from "./sync-run.ts";

/** What a source says about a resource: whether it still examines it. */
export type CoveredResource = {
  accountId: string;
  region: string;
  resourceType: string;
  resourceId: string;
  scanType: string;
  isScanned: boolean;
  reason: string;
  /** The lineage as an observed finding on it would name it, where the source tells it: a clean rebuilt image counts. */
  lineage?: string | null;
};

/** Saves one or more pages of coverage. Call it before the findings, since coverage decides why a finding closed. */
export async function saveObservedCoverage(pass: SyncPass, coverage: CoveredResource[]): Promise<void> {
  throw new Error(`Not there yet: ${coverage.length} resources of ${pass.runId}`);
}

/** Ends a whole reading of coverage: what it did not name is gone. Not called after a reading that broke off. */
export async function closeUnseenCoverage(pass: SyncPass): Promise<void> {
  throw new Error(`Not there yet: ${pass.runId}`);
}
