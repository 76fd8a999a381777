import type { ChangedFinding, FindingChange, ScanDifference } from "#lib/domain/scan-difference.ts";
import { toCell } from "./finding-csv.ts";

const COLUMNS: Record<string, (finding: ChangedFinding) => string | number | boolean | null> = {
  id: (finding) => finding.id,
  severity: (finding) => finding.severity,
  title: (finding) => finding.title,
  path: (finding) => finding.location?.path ?? null,
  start_line: (finding) => finding.location?.startLine ?? null,
  end_line: (finding) => finding.location?.endLine ?? null,
  cwe: (finding) => finding.cwes.join(" "),
  detector_id: (finding) => finding.detectorId,
  status: (finding) => finding.status,
  is_reopened: (finding) => finding.isReopened,
  status_now: (finding) => finding.statusNow,
  closed_by_revision: (finding) => finding.closedByRun?.revision ?? null,
  first_observed_at: (finding) => finding.firstObservedAt,
};
const CHANGES: FindingChange[] = ["new", "fixed", "unchanged"];

/** A run's difference as CSV (RFC 4180), one line a finding; no cell is a formula to a spreadsheet. */
export function toScanDifferenceCsv(difference: ScanDifference): string {
  const lines = CHANGES.flatMap((change) =>
    difference[change].items.map((finding) => [change, ...Object.values(COLUMNS).map((read) => read(finding))]),
  );
  return [["change", ...Object.keys(COLUMNS)], ...lines].map((cells) => `${cells.map(toCell).join(",")}\r\n`).join("");
}
