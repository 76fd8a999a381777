import { EXPORT_COLUMNS, type ExportColumn } from "#lib/domain/export-columns.ts";
import type { ColumnName } from "./columns.ts";

/** What a file says of a column of the list. */
const OF_COLUMN: Record<ColumnName, ExportColumn[]> = {
  select: [],
  severity: ["severity", "score"],
  finding: ["title", "status", "type", "package_name", "package_version", "path", "start_line"],
  id: ["id", "cve", "detector_id"],
  resource: ["resource_name", "resource_type"],
  account: ["account_id", "account_name"],
  source: ["source"],
  exploited: ["exploit_available", "known_exploited"],
  epss: ["epss"],
  fix: ["fix_available", "package_fixed_in"],
  due: ["due_at"],
  assignee: ["assignee"],
  age: ["first_observed_at"],
};

/** The columns of the list, as a file has them: what a person sees, and the id by which a file goes on. */
export const LIST_COLUMNS: readonly ExportColumn[] = EXPORT_COLUMNS.filter((column) =>
  Object.values(OF_COLUMN).some((columns) => columns.includes(column)),
);

/** A column in words: "Fixed in" for package_fixed_in. */
export const columnWord = (column: ExportColumn): string => {
  const words = column
    .replaceAll("_", " ")
    .replace(/\bid\b/, "ID")
    .replace("epss", "EPSS")
    .replace("cve", "CVE");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
