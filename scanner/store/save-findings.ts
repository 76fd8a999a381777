import { v7 as uuidv7 } from "uuid";
import type { EngineFinding } from "../engine/engine-finding.ts";
import type { Queryable } from "./database.ts";
import { type KnownFinding, matchFindings } from "./match-findings.ts";
import { toStorable } from "./storable-text.ts";

export type FindingContent = Omit<
  EngineFinding,
  "detectorId" | "path" | "fingerprint" | "startLine" | "endLine" | "severity"
>;
type EndedRun = { id: string; scanId: string; endedAt: Date };
type DetectedFinding = EngineFinding & { id: string };

const ROWS_A_STATEMENT = 500;

/**
 * Brings a scan's findings to what its latest run detected: new ones open, those not detected close, those detected
 * again reopen under their old id. Rows that did not change are not written. Inside the caller's transaction, which
 * must hold the scan's lock.
 */
export async function saveFindings(transaction: Queryable, run: EndedRun, found: EngineFinding[]): Promise<void> {
  const known = await listKnown(transaction, run.scanId);
  const detected = toStorable(found);
  const matches = matchFindings(known, detected);
  const fresh: DetectedFinding[] = [];
  const again: DetectedFinding[] = [];
  for (const [index, finding] of detected.entries()) {
    const match = matches.get(index);
    if (match) again.push({ ...finding, id: match.id });
    else fresh.push({ ...finding, id: uuidv7() });
  }
  const seen = new Set(again.map((finding) => finding.id));
  const gone = known.filter((finding) => finding.status === "Open" && !seen.has(finding.id));
  const back = known.filter((finding) => finding.status === "Closed" && seen.has(finding.id));
  await inParts(fresh, (part) => insertFindings(transaction, run, part));
  await inParts(again, (part) => updateFindings(transaction, run, part));
  await closeFindings(transaction, run, toIds(gone));
  await saveEvents(transaction, run, "opened", toIds(fresh));
  await saveEvents(transaction, run, "closed", toIds(gone));
  await saveEvents(transaction, run, "reopened", toIds(back));
}

async function listKnown(transaction: Queryable, scanId: string): Promise<KnownFinding[]> {
  const { rows } = await transaction.query<KnownFinding>(
    `SELECT id, detector_id AS "detectorId", path, fingerprint, start_line AS "startLine", status
     FROM scanner.finding WHERE scan_id = $1`,
    [scanId],
  );
  return rows;
}

async function insertFindings(transaction: Queryable, run: EndedRun, part: DetectedFinding[]): Promise<void> {
  await transaction.query(
    `INSERT INTO scanner.finding (id, scan_id, detector_id, path, fingerprint, start_line, end_line, severity, status,
                                  created_at, updated_at, first_run_id, content)
     SELECT n.id, $2, n.detector_id, n.path, n.fingerprint, n.start_line, n.end_line, n.severity, 'Open',
            $3, $3, $4, n.content
     FROM ${RECORDS}`,
    [toRecords(part), run.scanId, run.endedAt, run.id],
  );
}

/** `updated_at` moves when a finding reopens or its place moves, as the API says; better words alone do not move it. */
async function updateFindings(transaction: Queryable, run: EndedRun, part: DetectedFinding[]): Promise<void> {
  await transaction.query(
    `UPDATE scanner.finding f
     SET detector_id = n.detector_id, fingerprint = n.fingerprint, start_line = n.start_line, end_line = n.end_line,
         severity = n.severity, status = 'Open', closed_run_id = NULL, content = n.content,
         updated_at = CASE
           WHEN f.status = 'Closed' OR (f.start_line, f.end_line) <> (n.start_line, n.end_line) THEN $2
           ELSE f.updated_at END
     FROM ${RECORDS}
     WHERE f.id = n.id
       AND (f.detector_id, f.fingerprint, f.start_line, f.end_line, f.severity, f.status, f.content)
           IS DISTINCT FROM (n.detector_id, n.fingerprint, n.start_line, n.end_line, n.severity, 'Open', n.content)`,
    [toRecords(part), run.endedAt],
  );
}

async function closeFindings(transaction: Queryable, run: EndedRun, ids: string[]): Promise<void> {
  await transaction.query(
    "UPDATE scanner.finding SET status = 'Closed', updated_at = $2, closed_run_id = $3 WHERE id = ANY($1::uuid[])",
    [ids, run.endedAt, run.id],
  );
}

async function saveEvents(transaction: Queryable, run: EndedRun, kind: string, ids: string[]): Promise<void> {
  await transaction.query(
    `INSERT INTO scanner.finding_event (finding_id, run_id, kind, occurred_at)
     SELECT unnest($1::uuid[]), $2, $3, $4`,
    [ids, run.id, kind, run.endedAt],
  );
}

const RECORDS = `jsonb_to_recordset($1::jsonb) AS n(id uuid, detector_id text, path text, fingerprint text,
  start_line integer, end_line integer, severity text, content jsonb)`;

function toRecords(part: DetectedFinding[]): string {
  return JSON.stringify(
    part.map(({ id, detectorId, path, fingerprint, startLine, endLine, severity, ...content }) => ({
      id,
      detector_id: detectorId,
      path,
      fingerprint,
      start_line: startLine,
      end_line: endLine,
      severity,
      content: content satisfies FindingContent,
    })),
  );
}

const toIds = (findings: { id: string }[]) => findings.map((finding) => finding.id);

async function inParts<Row>(rows: Row[], save: (part: Row[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    await save(rows.slice(start, start + ROWS_A_STATEMENT));
  }
}
