import type { ListFindingsCommandInput } from "@aws-sdk/client-inspector2";

/** The most that ListFindings gives a page. */
const PAGE_SIZE = 100;

/**
 * What ListFindings is asked: every status by name (without criteria, what it leaves out is Inspector's choice), and
 * only what changed since an instant when one is given. It cannot sort by updatedAt, so pages come in any order.
 */
export function toListFindingsInput(since: Date | null): ListFindingsCommandInput {
  return {
    maxResults: PAGE_SIZE,
    filterCriteria: {
      findingStatus: (["ACTIVE", "SUPPRESSED", "CLOSED"] as const).map((value) => ({ comparison: "EQUALS", value })),
      ...(since === null ? {} : { updatedAt: [{ startInclusive: since }] }),
    },
  };
}
