import { type Finding, firstSentence } from "#lib/domain/finding.ts";
import { Prisma } from "../generated/client.ts";
import { type FindingView, toFindingView } from "./finding-view.ts";
import { lastWholePassAt } from "./last-pass.ts";

/** What a list shows of a finding. `f` is a page of the view's rows; only that many are joined. */
export function toListSql({ assigneeId, dueAt, asOf }: FindingView): { columns: Prisma.Sql; joins: Prisma.Sql } {
  return {
    columns: Prisma.sql`${COLUMNS}, p.user_name AS assignee, ${toIso(dueAt)} AS due_at,
      ${asOf === null ? SUPPRESSION : Prisma.sql`NULL::jsonb`} AS suppression`,
    joins: Prisma.sql`${JOINS} LEFT JOIN person p ON p.id = ${assigneeId}`,
  };
}

/** An instant as ISO 8601 in UTC: made here, a list needs no Date for each of its fields. */
function toIso(instant: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

const LAST_OBSERVED_AT = Prisma.sql`CASE
    WHEN f.status = 'closed' THEN f.source_updated_at
    WHEN f.source = 'codeguru' THEN
      (SELECT max(sr.finished_at) FROM scan_run sr WHERE sr.scan_name = f.scan_name AND sr.state = 'succeeded')
    ELSE ${lastWholePassAt(Prisma.sql`f`)}
  END`;

/** Only today's holds are known: looking back, nobody can tell which held a finding. */
const SUPPRESSION = Prisma.sql`CASE WHEN f.status = 'suppressed' THEN (
    SELECT jsonb_build_object('by', h.kind, 'userName', holder.user_name, 'until', CASE WHEN h.until_fix THEN 'fix'
      ELSE ${toIso(Prisma.sql`coalesce(h.expires_at, said.expires_at)`)} END)
    FROM finding_hold h
    LEFT JOIN exception_rule r ON r.id = CASE WHEN h.kind = 'rule' THEN h.key::uuid END
    LEFT JOIN exception_version said ON said.rule_id = r.id AND said.number = r.live
    LEFT JOIN person holder ON holder.id = coalesce(h.created_by, said.owner_id)
    WHERE h.account_id = f.account_id AND h.finding_id = f.id ORDER BY h.created_at, h.kind LIMIT 1) END`;

const COLUMNS = Prisma.sql`
  f.id, f.source, f.type, f.severity, f.score, f.title, f.status, f.account_id, a.name AS account_name, f.region,
  f.resource_type, r.source_id AS resource_source_id, r.name AS resource_name, v.kind AS vulnerability_kind,
  v.name AS vulnerability_name, v.title AS vulnerability_title, left(v.description, 240) AS description_start,
  v.epss, f.scan_name, f.path, f.start_line, f.end_line, f.package_name, f.package_version,
  f.package_fixed_in, f.package_count, f.rank, f.fix_available, f.exploit_available, f.known_exploited,
  ${toIso(Prisma.sql`f.first_observed_at`)} AS first_observed_at, ${toIso(Prisma.sql`f.updated_at`)} AS updated_at,
  ${toIso(Prisma.sql`f.closed_at`)} AS closed_at, f.closed_reason, f.issue_id, f.is_sample,
  ${toIso(LAST_OBSERVED_AT)} AS last_observed_at`;

const JOINS = Prisma.sql`
  LEFT JOIN account a ON a.id = f.account_id
  LEFT JOIN resource r ON r.account_id = f.account_id AND r.id = f.resource_id
  LEFT JOIN vulnerability v ON v.id = f.vulnerability_id
  LEFT JOIN issue i ON i.account_id = f.account_id AND i.id = f.issue_id`;

/** The same for findings as they are. */
export const { columns: LIST_COLUMNS, joins: LIST_JOINS } = toListSql(toFindingView(null));

export type FindingRow = {
  id: string;
  source: Finding["source"];
  type: string;
  severity: Finding["severity"];
  score: number | null;
  title: string;
  status: Finding["status"];
  account_id: string;
  account_name: string | null;
  region: string;
  resource_type: string;
  resource_source_id: string | null;
  resource_name: string | null;
  vulnerability_kind: string | null;
  vulnerability_name: string | null;
  vulnerability_title: string | null;
  description_start: string | null; // enough for its first sentence
  epss: number | null;
  scan_name: string | null;
  path: string | null;
  start_line: number | null;
  end_line: number | null;
  package_name: string | null;
  package_version: string | null;
  package_fixed_in: string | null;
  package_count: number;
  rank: number;
  fix_available: string;
  exploit_available: string;
  known_exploited: boolean;
  first_observed_at: string;
  last_observed_at: string | null;
  updated_at: string;
  closed_at: string | null;
  closed_reason: Finding["closedReason"];
  issue_id: string;
  is_sample: boolean;
  suppression: Finding["suppression"];
  assignee: string | null;
  due_at: string | null;
};

/** The database's words for "not told" are the API's null. */
function known<T extends string>(value: string): T | null {
  // CHECKs and the write path keep these columns to their enum or "unknown".
  return value === "unknown" ? null : (value as T);
}

export function toFinding(row: FindingRow): Finding {
  return {
    id: row.id,
    source: row.source,
    type: row.type,
    severity: row.severity,
    score: row.score,
    title: row.title,
    summary: toSummary(row),
    status: row.status,
    accountId: row.account_id,
    accountName: row.account_name,
    region: row.region,
    resource: { type: row.resource_type, id: row.resource_source_id ?? "", name: row.resource_name ?? "" },
    cve: row.vulnerability_kind === "cve" ? row.vulnerability_name : null,
    detectorId: row.vulnerability_kind === "detector" ? row.vulnerability_name : null,
    scanName: row.scan_name,
    location: row.path === null ? null : { path: row.path, startLine: row.start_line ?? 0, endLine: row.end_line ?? 0 },
    package: toPackage(row),
    packageCount: row.package_count,
    rank: row.rank,
    fixAvailable: known(row.fix_available),
    exploitAvailable: known(row.exploit_available),
    knownExploited: row.known_exploited,
    epss: row.epss,
    firstObservedAt: row.first_observed_at,
    lastObservedAt: row.last_observed_at,
    updatedAt: row.updated_at,
    closedAt: row.closed_at,
    closedReason: row.closed_reason,
    suppression: row.suppression,
    assignee: row.assignee,
    dueAt: row.due_at,
    issueId: row.issue_id,
    isSample: row.is_sample,
  };
}

function toPackage(row: FindingRow): Finding["package"] {
  if (row.package_name === null) return null;
  return { name: row.package_name, version: row.package_version ?? "", fixedIn: row.package_fixed_in };
}

/** Inspector titles a package finding "CVE-… - package", which is only names: its description begins with the matter. */
function toSummary({ vulnerability_title: title, vulnerability_name: name, description_start: start }: FindingRow) {
  return title !== null && title !== name ? title : firstSentence(start ?? "");
}
