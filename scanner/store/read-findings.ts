import type { EngineSeverity } from "../engine/engine-finding.ts";
import type { Queryable } from "./database.ts";
import type { FindingContent } from "./save-findings.ts";

export type FindingStatus = "Open" | "Closed";
export type Finding = {
  id: string;
  scanName: string;
  scanType: "Standard" | "Express";
  detectorId: string;
  path: string;
  startLine: number;
  endLine: number;
  severity: EngineSeverity;
  status: FindingStatus;
  createdAt: Date;
  updatedAt: Date;
  firstRunId: string;
  closedRunId: string | null;
  content: FindingContent;
};
export type FindingPage = {
  scanName: string;
  status: FindingStatus | "All";
  afterId: string | null;
  limit: number;
};

const SELECT_FINDING = `
  SELECT f.id, s.name AS "scanName", s.scan_type AS "scanType", f.detector_id AS "detectorId", f.path,
         f.start_line AS "startLine", f.end_line AS "endLine", f.severity, f.status, f.created_at AS "createdAt",
         f.updated_at AS "updatedAt", f.first_run_id AS "firstRunId", f.closed_run_id AS "closedRunId", f.content
  FROM scanner.finding f JOIN scanner.scan s ON s.id = f.scan_id`;

/** A scan's findings from after `afterId`, oldest first: the order is one in which no later change moves a row. */
export async function listFindings(database: Queryable, page: FindingPage): Promise<Finding[]> {
  const { rows } = await database.query<Finding>(
    `${SELECT_FINDING}
     WHERE s.name = $1 AND ($2 = 'All' OR f.status = $2) AND ($3::uuid IS NULL OR f.id > $3)
     ORDER BY f.id LIMIT $4`,
    [page.scanName, page.status, page.afterId, page.limit],
  );
  return rows;
}

/** The findings with these ids, in no order; those that do not exist are missing. */
export async function listFindingsById(database: Queryable, ids: string[]): Promise<Finding[]> {
  const { rows } = await database.query<Finding>(`${SELECT_FINDING} WHERE f.id = ANY($1::uuid[])`, [ids]);
  return rows;
}

export async function hasScan(database: Queryable, scanName: string): Promise<boolean> {
  const { rowCount } = await database.query("SELECT FROM scanner.scan WHERE name = $1", [scanName]);
  return rowCount === 1;
}
