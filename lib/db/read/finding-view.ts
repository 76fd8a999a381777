import { Prisma } from "../generated/client.ts";

/**
 * What a query over findings reads: `rows` is `finding f`, or the same as the findings stood at an instant; `clocks` are
 * the clocks `k` of their issues, as they were known then. `standing` is what `rows` are as far as a version holds it
 * (status and severity), which costs no look at the findings.
 */
export type FindingView = {
  asOf: Date | null;
  /** Whether `rows` are the table: then its indexes and its cube can answer. */
  isTable: boolean;
  rows: Prisma.Sql;
  standing: Prisma.Sql;
  clocks: Prisma.Sql;
  assigneeId: Prisma.Sql;
  dueAt: Prisma.Sql;
};

/** What a version does not hold is today's. */
const TODAYS = Prisma.raw(
  [
    "account_id",
    "source",
    "source_updated_at",
    "type",
    "title",
    "region",
    "vulnerability_id",
    "resource_id",
    "resource_type",
    "issue_id",
    "scan_name",
    "path",
    "start_line",
    "end_line",
    "package_name",
    "package_version",
    "package_fixed_in",
    "package_manager",
    "package_count",
    "fix_available",
    "exploit_available",
    "known_exploited",
    "first_observed_at",
    "is_sample",
  ]
    .map((column) => `o.${column}`)
    .join(", "),
);

const PRESENT: FindingView = {
  asOf: null,
  isTable: true,
  rows: Prisma.sql`finding f`,
  standing: Prisma.sql`finding f`,
  clocks: Prisma.sql`issue_clock k`,
  assigneeId: Prisma.sql`i.assignee_id`,
  dueAt: Prisma.sql`i.due_at`,
};

/** The findings as they are, or as they stood at `asOf`. */
export function toFindingView(asOf: Date | null): FindingView {
  if (asOf === null) return PRESENT;
  // By the id alone, which no two accounts share: joined by the account as well, the planner takes the two for
  // independent, expects a hundredth of the rows, and sorts them all to count them.
  // Where a finding has moved since, it is told where it was: each day was counted there.
  const rows = Prisma.sql`(
    SELECT v.finding_id AS id, coalesce(moved.lineage_before, o.lineage_id) AS lineage_id, v.status, v.severity, v.score, v.rank, v.assignee_id, v.due_at, v.valid_from AS updated_at,
      CASE WHEN v.status = 'closed' THEN o.closed_at END AS closed_at,
      CASE WHEN v.status = 'closed' THEN o.closed_reason END AS closed_reason, ${TODAYS}
    FROM finding_version v JOIN finding o ON o.id = v.finding_id
    LEFT JOIN (
      SELECT DISTINCT ON (finding_id) finding_id, lineage_before FROM lifecycle_event
      WHERE lineage_before IS NOT NULL AND recorded_at > ${asOf}::timestamptz ORDER BY finding_id, recorded_at
    ) AS moved ON moved.finding_id = v.finding_id
    WHERE v.valid_from <= ${asOf}::timestamptz AND v.valid_to > ${asOf}::timestamptz
  ) AS f`;
  const standing = Prisma.sql`(
    SELECT status, severity FROM finding_version WHERE valid_from <= ${asOf}::timestamptz AND valid_to > ${asOf}::timestamptz
  ) AS f`;
  const clocks = Prisma.sql`(
    SELECT * FROM issue_clock_version WHERE valid_from <= ${asOf}::timestamptz AND valid_to > ${asOf}::timestamptz
  ) AS k`;
  return {
    asOf,
    isTable: false,
    rows,
    standing,
    clocks,
    assigneeId: Prisma.sql`f.assignee_id`,
    dueAt: Prisma.sql`f.due_at`,
  };
}
