import { AppError } from "#lib/domain/errors.ts";
import type { FindingWithDetail, LifecycleEvent } from "#lib/domain/finding-page.ts";
import type { FindingDetail } from "#lib/domain/observed-finding.ts";
import { triageActSchema } from "#lib/domain/triage-act.ts";
import { DICTIONARY_OF_RAW } from "../compression-dictionary.ts";
import { Prisma } from "../generated/client.ts";
import { findDueReason } from "./due-reason.ts";
import { findElsewhere, listExposures } from "./finding-context.ts";
import { type FindingRow, LIST_COLUMNS, LIST_JOINS, toFinding } from "./finding-row.ts";
import { ask } from "./prepared.ts";
import { readDetail, readPacked } from "./read-detail.ts";
import { listSameProblems } from "./same-problems.ts";
import { findSeverityOverride, listSuppressions } from "./triage-standing.ts";

type DetailRow = FindingRow & {
  source_id: string;
  source_severity: FindingWithDetail["sourceSeverity"];
  resource_id: string;
  lineage_id: string;
  vulnerability_title: string;
  description: string;
  cwes: string[];
  cvss: FindingWithDetail["vulnerability"]["cvss"];
  source_url: string | null;
  reference_urls: string[];
  published_at: Date | null;
  known_exploited_at: Date | null;
  kev_due_at: Date | null;
  kev_is_ransomware: boolean | null; // null = not in the imported catalogue
  kev_action: string | null;
  epss_at: Date | null;
  epss_percentile: number | null;
  vulnerability_id: string;
  provider: string;
  tags: Record<string, string>;
  details: Record<string, unknown>;
  lineage: string;
  issue_opened_at: Date;
  issue_open_findings: number;
  issue_resources: number;
  packed_detail: Buffer | null;
  packed_raw: Buffer | null;
  dictionary: Buffer | null; // that both are packed with
  closed_by_scan: { name: string; revision: number } | null;
};

/** One finding with everything its source said and its history, newest event first. Throws AppError not-found. */
export async function getFinding(id: string): Promise<FindingWithDetail> {
  const row = await selectDetail(id);
  if (!row)
    throw new AppError("not-found", "No finding has this id. It may have been removed with the sample organisation.");
  const [timeline, suppressions, dueBy, severityOverride, sameFix, elsewhere, exposures, detail, raw] =
    await Promise.all([
      listTimeline(row.account_id, id),
      listSuppressions(row.account_id, id),
      findDueReason(row.account_id, row.issue_id),
      findSeverityOverride(row.account_id, id),
      countSameFix(row),
      findElsewhere(row),
      listExposures(row),
      readDetail(row.packed_detail, row.dictionary),
      readPacked(row.packed_raw, row.dictionary),
    ]);
  return {
    ...toFinding(row),
    sourceId: row.source_id,
    description: detail.description ?? row.description,
    vulnerability: toVulnerability(row),
    resourceDetails: { provider: row.provider, tags: row.tags, details: row.details, lineage: row.lineage },
    detail,
    codeState: toCodeState(detail),
    issue: {
      id: row.issue_id,
      openedAt: row.issue_opened_at.toISOString(),
      openFindings: row.issue_open_findings,
      resources: row.issue_resources,
    },
    sameFix,
    elsewhere,
    exposures,
    sameProblems: await listSameProblems(id, detail),
    closedByScanRun: row.closed_by_scan,
    suppressions,
    dueBy,
    sourceSeverity: row.source_severity,
    severityOverride,
    timeline,
    raw,
  };
}

async function selectDetail(id: string): Promise<DetailRow | undefined> {
  const query = Prisma.sql`
    SELECT ${LIST_COLUMNS}, f.source_id, f.source_severity, f.resource_id, f.lineage_id, f.vulnerability_id, v.title AS vulnerability_title, v.description, v.cwes, v.cvss,
      v.source_url, v.reference_urls, v.published_at,
      coalesce(k.added_on::timestamp AT TIME ZONE 'UTC', v.known_exploited_at) AS known_exploited_at,
      k.due_on::timestamp AT TIME ZONE 'UTC' AS kev_due_at, k.is_ransomware AS kev_is_ransomware, k.action AS kev_action,
      CASE WHEN e.epss IS NOT NULL THEN (SELECT published_at FROM feed WHERE name = 'epss') END AS epss_at,
      e.percentile AS epss_percentile, r.provider, r.tags, r.details, r.lineage,
      c.opened_at AS issue_opened_at, i.open_findings AS issue_open_findings,
      (SELECT count(DISTINCT o.resource_id)::int FROM finding o
        WHERE o.account_id = f.account_id AND o.issue_id = f.issue_id AND o.status <> 'closed') AS issue_resources,
      w.detail AS packed_detail, w.raw AS packed_raw, ${Prisma.raw(DICTIONARY_OF_RAW)} AS dictionary,
      (SELECT jsonb_build_object('name', sr.scan_name, 'revision', sr.revision) FROM scan_run sr
        WHERE sr.sync_run_id = f.closed_by_run_id LIMIT 1) AS closed_by_scan
    FROM finding f ${LIST_JOINS}
    LEFT JOIN known_exploit k ON k.vulnerability_id = f.vulnerability_id
    LEFT JOIN epss_score e ON e.vulnerability_id = f.vulnerability_id
    LEFT JOIN issue_clock c ON c.account_id = f.account_id AND c.issue_id = f.issue_id AND c.number = i.clock
    LEFT JOIN finding_raw w ON w.account_id = f.account_id AND w.finding_id = f.id
    WHERE f.id = ${id}::uuid`;
  const [row] = await ask<DetailRow>(query);
  return row;
}

function toVulnerability(row: DetailRow): FindingWithDetail["vulnerability"] {
  return {
    name: row.vulnerability_name ?? "",
    kind: row.vulnerability_kind ?? "",
    title: row.vulnerability_title,
    cwes: row.cwes,
    cvss: row.cvss,
    sourceUrl: row.source_url,
    referenceUrls: row.reference_urls,
    publishedAt: row.published_at?.toISOString() ?? null,
    knownExploitedAt: row.known_exploited_at?.toISOString() ?? null,
    knownExploit: toKnownExploit(row),
    epssAt: row.epss_at?.toISOString() ?? null,
    epssPercentile: row.epss_percentile,
  };
}

function toKnownExploit(row: DetailRow): FindingWithDetail["vulnerability"]["knownExploit"] {
  if (row.kev_is_ransomware === null) return null;
  return {
    dueAt: row.kev_due_at?.toISOString() ?? null,
    isRansomware: row.kev_is_ransomware,
    action: row.kev_action ?? "",
  };
}

function toCodeState(detail: FindingDetail): FindingWithDetail["codeState"] {
  if (detail.code === null) return "none";
  if (detail.code.snippet.length > 0) return "ready";
  return detail.code.isUnavailable ? "unavailable" : "loading";
}

/** How many active findings the same change closes: same package and fixed version, same lineage. */
async function countSameFix(row: DetailRow): Promise<FindingWithDetail["sameFix"]> {
  if (row.package_name === null || row.package_fixed_in === null) return null;
  const [same] = await ask<{ findings: number; resources: number }>(Prisma.sql`
    SELECT count(*)::int AS findings, count(DISTINCT resource_id)::int AS resources FROM finding
    WHERE account_id = ${row.account_id} AND status = 'active' AND lineage_id = ${row.lineage_id}::uuid
      AND package_name = ${row.package_name} AND package_fixed_in = ${row.package_fixed_in}`);
  return same ? { ...same, lineageId: row.lineage_id } : null;
}

type EventRow = {
  id: string;
  kind: LifecycleEvent["kind"];
  cause: LifecycleEvent["cause"];
  occurred_at: Date;
  recorded_at: Date;
  severity_before: LifecycleEvent["severityBefore"];
  severity_after: LifecycleEvent["severityAfter"];
  user_name: string | null;
  run_id: string | null;
  scan_run: LifecycleEvent["scanRun"];
  decision: { id: string; act: unknown; isUndone: boolean } | null;
  rule_id: string | null;
};

async function listTimeline(accountId: string, findingId: string): Promise<LifecycleEvent[]> {
  const rows = await ask<EventRow>(Prisma.sql`
    SELECT e.id, e.kind, e.cause, e.occurred_at, e.recorded_at, e.severity_before, e.severity_after, p.user_name, e.run_id,
      (SELECT jsonb_build_object('name', sr.scan_name, 'revision', sr.revision) FROM scan_run sr
        WHERE sr.sync_run_id = e.run_id LIMIT 1) AS scan_run,
      (SELECT jsonb_build_object('id', d.id, 'act', d.act, 'isUndone', d.undone_at IS NOT NULL)
        FROM triage_decision d WHERE d.id = e.decision_id) AS decision,
      (SELECT r.id FROM exception_rule r WHERE r.id = e.decision_id) AS rule_id
    FROM lifecycle_event e LEFT JOIN person p ON p.id = e.actor_id
    WHERE e.account_id = ${accountId} AND e.finding_id = ${findingId}::uuid
    ORDER BY e.recorded_at DESC, e.id DESC LIMIT 200`);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    cause: row.cause,
    occurredAt: row.occurred_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    severityBefore: row.severity_before,
    severityAfter: row.severity_after,
    actor: row.user_name,
    syncRunId: row.run_id,
    scanRun: row.scan_run,
    ruleId: row.rule_id,
    decision: row.decision && { ...row.decision, act: triageActSchema.parse(row.decision.act) },
  }));
}
