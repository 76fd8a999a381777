import type { Fix, FixesQuery } from "#lib/domain/fix.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { toCell } from "./finding-csv.ts";
import { listFixes } from "./fixes.ts";

type Value = string | number | null;

const COLUMNS: Record<string, (fix: Fix) => Value> = {
  kind: (fix) => fix.kind,
  place: (fix) => fix.place,
  account_id: (fix) => fix.accountId,
  account_name: (fix) => fix.accountName,
  resource_type: (fix) => fix.resourceType,
  package_name: (fix) => fix.packageName,
  package_version: (fix) => fix.packageVersion,
  fixed_in: (fix) => fix.fixedIn,
  path: (fix) => fix.code?.path ?? null,
  start_line: (fix) => fix.code?.startLine ?? null,
  command: (fix) => fix.command,
  findings: (fix) => fix.findings,
  resources: (fix) => fix.resources,
  known_exploited: (fix) => fix.knownExploited,
  overdue: (fix) => fix.overdue,
  due_this_week: (fix) => fix.dueThisWeek,
  ...Object.fromEntries(SEVERITIES.map((severity) => [severity, (fix: Fix) => fix.bySeverity[severity] ?? 0])),
};

const PAGE = 200;

/** The fixes as CSV (RFC 4180), in their order, from the first to the last, one chunk of lines a page. */
export async function* toFixesCsv(filter: Omit<FixesQuery, "limit" | "cursor">): AsyncGenerator<string> {
  yield `${Object.keys(COLUMNS).join(",")}\r\n`;
  let cursor: string | undefined;
  do {
    const page = await listFixes({ ...filter, limit: PAGE, cursor });
    yield page.items.map(toLine).join("");
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function toLine(fix: Fix): string {
  return `${Object.values(COLUMNS)
    .map((read) => toCell(read(fix)))
    .join(",")}\r\n`;
}
