import type pg from "pg";
import type { ClosedReason } from "#lib/domain/finding.ts";
import { type FindingChange, type Occasion, toFindingChange } from "./finding-change.ts";
import type { FindingRow, StoredFinding } from "./finding-row.ts";

export type Unreporting = {
  connectionNumber: number;
  occasion: Omit<Occasion, "openedCause" | "closedReason">;
  reasonOf: (finding: FindingRow) => ClosedReason;
  /** What stays open for a person to decide. */
  isKept: (finding: FindingRow) => boolean;
};

/** Takes a connection out of `reported_by`. What no connection is left for closes, unless it is kept. */
export function toUnreported(
  { finding }: StoredFinding,
  { connectionNumber, occasion, reasonOf, isKept }: Unreporting,
): FindingChange {
  const reportedBy = finding.reported_by.filter((one) => one !== connectionNumber);
  const status = reportedBy.length === 0 && !isKept(finding) ? "closed" : finding.status;
  const draft = { ...finding, reported_by: reportedBy };
  return toFindingChange(finding, draft, status, { ...occasion, openedCause: "new", closedReason: reasonOf(finding) });
}

/** A finding that every connection has left and that is open all the same waits for a person. */
export const IS_WAITING = "f.status <> 'closed' AND cardinality(f.reported_by) = 0";

/** What waited for a person counts as reported again. */
export async function reportAgain(
  client: pg.ClientBase,
  { accountId, ids, connectionNumber }: { accountId: string; ids: string[]; connectionNumber: number },
): Promise<void> {
  await client.query(
    `UPDATE finding AS f SET reported_by = ARRAY[$3::int]
     WHERE f.account_id = $1 AND f.id = ANY ($2) AND ${IS_WAITING}`,
    [accountId, ids, connectionNumber],
  );
}
