import { EXPORT_COLUMNS, type ExportColumn } from "#lib/domain/export-columns.ts";
import type { Finding } from "#lib/domain/finding.ts";
import { type ExportFilter, listFindingBatches } from "./finding-export.ts";

const COLUMNS: Record<ExportColumn, (finding: Finding) => string | number | boolean | null> = {
  id: (finding) => finding.id,
  severity: (finding) => finding.severity,
  score: (finding) => finding.score,
  title: (finding) => finding.title,
  summary: (finding) => finding.summary,
  status: (finding) => finding.status,
  source: (finding) => finding.source,
  type: (finding) => finding.type,
  account_id: (finding) => finding.accountId,
  account_name: (finding) => finding.accountName,
  region: (finding) => finding.region,
  resource_type: (finding) => finding.resource.type,
  resource_id: (finding) => finding.resource.id,
  resource_name: (finding) => finding.resource.name,
  cve: (finding) => finding.cve,
  detector_id: (finding) => finding.detectorId,
  scan_name: (finding) => finding.scanName,
  path: (finding) => finding.location?.path ?? null,
  start_line: (finding) => finding.location?.startLine ?? null,
  end_line: (finding) => finding.location?.endLine ?? null,
  package_name: (finding) => finding.package?.name ?? null,
  package_version: (finding) => finding.package?.version ?? null,
  package_fixed_in: (finding) => finding.package?.fixedIn ?? null,
  package_count: (finding) => finding.packageCount,
  fix_available: (finding) => finding.fixAvailable,
  exploit_available: (finding) => finding.exploitAvailable,
  known_exploited: (finding) => finding.knownExploited,
  epss: (finding) => finding.epss,
  first_observed_at: (finding) => finding.firstObservedAt,
  last_observed_at: (finding) => finding.lastObservedAt,
  updated_at: (finding) => finding.updatedAt,
  closed_at: (finding) => finding.closedAt,
  closed_reason: (finding) => finding.closedReason,
  assignee: (finding) => finding.assignee,
  due_at: (finding) => finding.dueAt,
  issue_id: (finding) => finding.issueId,
  is_sample: (finding) => finding.isSample,
};

/** A list as CSV with these columns, in their order; with none, with all. */
export type CsvFilter = ExportFilter & { columns?: ExportColumn[] };

/**
 * Exactly the list as CSV (RFC 4180), in its order, from its first row to its last, one chunk of lines a page of the
 * list. A cell that a spreadsheet would run as a formula gets a quote in front.
 */
export async function* toFindingsCsv({ columns = [], ...filter }: CsvFilter): AsyncGenerator<string> {
  const chosen = columns.length > 0 ? columns : EXPORT_COLUMNS;
  yield `${chosen.join(",")}\r\n`;
  const reads = chosen.map((name) => COLUMNS[name]);
  const toLine = (finding: Finding) => `${reads.map((read) => toCell(read(finding))).join(",")}\r\n`;
  for await (const page of listFindingBatches(filter)) yield page.items.map(toLine).join("");
}

/** The characters that start a formula in a spreadsheet, their full-width forms and leading white space included. */
const FORMULA_START = /^[\s]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

export function toCell(value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const safe = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== value ? `"${safe.replaceAll('"', '""')}"` : safe;
}
