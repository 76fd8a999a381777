import type { EngineSeverity } from "../engine/engine-finding.ts";
import type { Queryable } from "./database.ts";

/** Info findings are about quality and count in no metric. */
export type CountedSeverity = Exclude<EngineSeverity, "Info">;
export type OpenCount = { severity: CountedSeverity; detectorName: string; scanName: string; findings: number };
/** What happened to findings of one severity on one UTC day. */
export type DayCount = {
  day: string; // 2026-11-24
  severity: CountedSeverity;
  opened: number;
  reopened: number;
  closed: number;
  /** Over the closed ones: from first detection to this close. */
  daysToClose: number;
};

/** How many findings of each severity, detector and scan were open just before an instant. */
export async function countOpenFindings(database: Queryable, before: Date): Promise<OpenCount[]> {
  const { rows } = await database.query<OpenCount>(
    `SELECT f.severity, f.content ->> 'detectorName' AS "detectorName", s.name AS "scanName",
            count(*)::integer AS findings
     FROM scanner.finding f
     JOIN scanner.scan s ON s.id = f.scan_id
     CROSS JOIN LATERAL (
       SELECT kind FROM scanner.finding_event
       WHERE finding_id = f.id AND occurred_at < $1 ORDER BY occurred_at DESC, id DESC LIMIT 1) e
     WHERE e.kind <> 'closed' AND f.severity <> 'Info'
     GROUP BY 1, 2, 3`,
    [before],
  );
  return rows;
}

/** Every day on which something happened to findings, before an instant, in order. */
export async function listDayCounts(database: Queryable, before: Date): Promise<DayCount[]> {
  const { rows } = await database.query<DayCount>(
    `SELECT to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, f.severity,
            count(*) FILTER (WHERE e.kind = 'opened')::integer AS opened,
            count(*) FILTER (WHERE e.kind = 'reopened')::integer AS reopened,
            count(*) FILTER (WHERE e.kind = 'closed')::integer AS closed,
            coalesce(sum(extract(epoch FROM e.occurred_at - f.created_at)) FILTER (WHERE e.kind = 'closed'), 0)::float8
              / 86400 AS "daysToClose"
     FROM scanner.finding_event e JOIN scanner.finding f ON f.id = e.finding_id
     WHERE e.occurred_at < $1 AND f.severity <> 'Info'
     GROUP BY 1, 2 ORDER BY 1`,
    [before],
  );
  return rows;
}
