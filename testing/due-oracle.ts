import { database } from "#lib/db/database.ts";
import type { CompliancePeriod } from "#lib/domain/sla.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import type { TrendScope } from "#lib/domain/trends.ts";

type Told = Omit<CompliancePeriod, "from" | "to" | "at" | "share">;

const IN_SCOPE = `
  (cardinality($1::text[]) = 0 OR v.severity = ANY ($1)) AND (cardinality($2::text[]) = 0 OR f.source = ANY ($2))
  AND (cardinality($3::text[]) = 0 OR f.type = ANY ($3)) AND (cardinality($4::text[]) = 0 OR f.account_id = ANY ($4))
  AND (cardinality($5::text[]) = 0 OR coalesce((
    SELECT t.team_id FROM lineage_team t WHERE t.account_id = f.account_id AND t.lineage_id = f.lineage_id), '${NO_TEAM}') = ANY ($5))`;

const VERSIONS = "finding_version v JOIN finding f ON f.account_id = v.account_id AND f.id = v.finding_id";

/** What compliance has to say of a period, one version and one clock at a time. `knownAt`: the moment that it is told of. */
export async function countCompliance(
  { from, to, at }: Pick<CompliancePeriod, "from" | "to" | "at">,
  { severity, source, type, accountId, team }: TrendScope,
  knownAt: string,
): Promise<Told> {
  const scope = [severity, source, type, accountId, team];
  const open = await database().pool.query<Pick<Told, "openInTime" | "overdue">>(
    `SELECT json_build_object('findings', count(*) FILTER (WHERE v.due_at >= $6), 'issues', count(DISTINCT f.issue_id) FILTER (WHERE v.due_at >= $6)) AS "openInTime",
       json_build_object('findings', count(*) FILTER (WHERE v.due_at < $6), 'issues', count(DISTINCT f.issue_id) FILTER (WHERE v.due_at < $6)) AS overdue
     FROM ${VERSIONS}
     WHERE v.status = 'active' AND v.due_at IS NOT NULL AND v.valid_from <= $6 AND v.valid_to > $6 AND ${IN_SCOPE}`,
    [...scope, at],
  );
  const fixed = await database().pool.query<Pick<Told, "fixedInTime" | "fixedLate">>(
    `SELECT (count(*) FILTER (WHERE w.due_at >= w.closed_at))::int AS "fixedInTime", (count(*) FILTER (WHERE w.due_at < w.closed_at))::int AS "fixedLate"
     FROM (
       SELECT DISTINCT ON (k.account_id, k.issue_id, k.number, k.valid_from) k.closed_at, v.due_at, ${IN_SCOPE} AS is_in_scope
       FROM issue_clock_version k JOIN (${VERSIONS}) ON f.account_id = k.account_id AND f.issue_id = k.issue_id
         AND v.valid_from <= k.valid_from AND v.valid_to > k.valid_from
       WHERE k.is_fix AND k.valid_from <= $8 AND k.valid_to > $8 AND (k.closed_at AT TIME ZONE 'UTC')::date BETWEEN $6 AND $7
       ORDER BY k.account_id, k.issue_id, k.number, k.valid_from, v.rank DESC, f.id
     ) AS w WHERE w.is_in_scope`,
    [...scope, from, to, knownAt],
  );
  const [openRow, fixedRow] = [open.rows[0], fixed.rows[0]];
  if (!openRow || !fixedRow) throw new Error("A query without groups gave no row");
  return { ...openRow, ...fixedRow };
}
