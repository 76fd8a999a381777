import { EXPORT_COLUMNS, type ExportColumn } from "#lib/domain/export-columns.ts";
import type { ListColumn } from "#lib/domain/list-column-words.ts";

/** What a file says of a column of the list. */
const OF_COLUMN: Record<ListColumn, ExportColumn[]> = {
  severity: ["severity"],
  score: ["score"],
  finding: ["title", "summary", "package_name", "path", "start_line"],
  status: ["status"],
  type: ["type"],
  id: ["cve", "detector_id"],
  package: ["package_name"],
  version: ["package_version"],
  "fixed-in": ["package_fixed_in"],
  file: ["path", "start_line", "end_line"],
  resource: ["resource_id", "resource_name"],
  "resource-type": ["resource_type"],
  account: ["account_id", "account_name"],
  region: ["region"],
  scan: ["scan_name"],
  source: ["source"],
  exploited: ["exploit_available", "known_exploited"],
  epss: ["epss"],
  fix: ["fix_available"],
  due: ["due_at"],
  assignee: ["assignee"],
  age: ["first_observed_at"],
  seen: ["last_observed_at"],
  updated: ["updated_at"],
  closed: ["closed_at", "closed_reason"],
};

/** These columns of the list, as a file has them: what a person sees, and the id by which a file goes on. */
export function exportColumnsOf(columns: readonly ListColumn[]): ExportColumn[] {
  const said = new Set(columns.flatMap((name) => OF_COLUMN[name]));
  return EXPORT_COLUMNS.filter((column) => column === "id" || said.has(column));
}

/** A column in words: "Fixed in" for package_fixed_in. */
export const columnWord = (column: ExportColumn): string => {
  const words = column
    .replaceAll("_", " ")
    .replace(/\bid\b/, "ID")
    .replace("epss", "EPSS")
    .replace("cve", "CVE");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
