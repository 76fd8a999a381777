import type pg from "pg";
import type { ClosedReason, FindingStatus, SourceName } from "#lib/domain/finding.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { Columns, RowOf } from "./copy-rows.ts";

export const FINDING_COLUMNS = {
  account_id: "text",
  id: "uuid",
  key_hash: "bytea",
  source: "text",
  source_id: "text",
  type: "text",
  status: "text",
  source_status: "text",
  severity: "text",
  source_severity: "text",
  score: "float4?",
  rank: "int4",
  title: "text",
  region: "text",
  vulnerability_id: "uuid",
  resource_id: "uuid",
  resource_type: "text",
  issue_id: "uuid",
  lineage_id: "uuid",
  scan_name: "text?",
  path: "text?",
  start_line: "int4?",
  end_line: "int4?",
  package_name: "text?",
  package_version: "text?",
  package_fixed_in: "text?",
  package_manager: "text?",
  package_count: "int4",
  fix_available: "text",
  exploit_available: "text",
  known_exploited: "bool",
  source_known_exploited: "bool",
  first_observed_at: "timestamptz",
  source_updated_at: "timestamptz",
  updated_at: "timestamptz",
  closed_at: "timestamptz?",
  closed_reason: "text?",
  closed_by_run_id: "uuid?",
  digest: "bytea",
  reported_by: "int4[]",
  is_sample: "bool",
} as const satisfies Columns;

/** A row of the table `finding`. */
export type FindingRow = Omit<RowOf<typeof FINDING_COLUMNS>, keyof Words> & Words;
type Words = {
  source: SourceName;
  status: FindingStatus;
  source_status: FindingStatus;
  severity: Severity;
  source_severity: Severity;
  closed_reason: ClosedReason | null;
};

/** A stored finding with what a person or a rule decided about it; of the other holds, some end when a fix exists. */
export type StoredFinding = {
  finding: FindingRow;
  otherHolds: number;
  untilFixHolds: number;
  severityOverride: Severity | null;
};

export type StoredFindingRow = FindingRow & {
  /** All, and those that end when a fix exists. */
  other_holds: [number, number];
  severity_override: Severity | null;
};

const NAMES = Object.keys(FINDING_COLUMNS);

/** The kind of hold that stands for a source's own suppression. */
export const SOURCE_HOLD: Record<SourceName, string> = { inspector: "aws", codeguru: "aws", sarif: "sarif" };

/** The select list for `toStoredFinding`, over a finding `f`. A source's own hold follows its status instead. */
export const STORED_FINDING = `${NAMES.map((name) => `f.${name}`).join(", ")},
  (SELECT ARRAY[count(*), count(*) FILTER (WHERE h.until_fix)]::int[] FROM finding_hold h
   WHERE h.account_id = f.account_id AND h.finding_id = f.id AND h.kind NOT IN ('aws', 'sarif')) AS other_holds,
  (SELECT o.severity FROM severity_override o WHERE o.account_id = f.account_id AND o.finding_id = f.id) AS severity_override`;

export function toStoredFinding(row: StoredFindingRow): StoredFinding {
  const { other_holds: holds, severity_override: severityOverride, ...finding } = row;
  return { finding, otherHolds: holds[0], untilFixHolds: holds[1], severityOverride };
}

/** The stored findings of a query over `f` that ends in these conditions. */
export async function listStoredFindings(
  client: pg.ClientBase,
  conditions: string,
  values: unknown[],
): Promise<StoredFinding[]> {
  const { rows } = await client.query<StoredFindingRow>(
    `SELECT ${STORED_FINDING} FROM finding f WHERE ${conditions}`,
    values,
  );
  return rows.map(toStoredFinding);
}

const KEY = new Set(["account_id", "id", "key_hash", "source", "source_id", "is_sample"]);
const CHANGEABLE = NAMES.filter((name) => !KEY.has(name));

/** Overwrites rows that exist, in one statement. */
export async function updateFindings(client: pg.ClientBase, rows: FindingRow[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `UPDATE finding AS f SET ${CHANGEABLE.map((name) => `${name} = s.${name}`).join(", ")}
     FROM jsonb_populate_recordset(NULL::finding, $1) AS s WHERE f.account_id = s.account_id AND f.id = s.id`,
    [JSON.stringify(rows.map(toJsonRow))],
  );
}

function toJsonRow(row: FindingRow): Record<string, unknown> {
  return { ...row, key_hash: `\\x${row.key_hash.toString("hex")}`, digest: `\\x${row.digest.toString("hex")}` };
}
