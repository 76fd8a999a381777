import { AppError } from "#lib/domain/errors.ts";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import type { ScanRun } from "#lib/domain/scan.ts";
import type { ChangedFinding, FindingChange, RunName, ScanDifference } from "#lib/domain/scan-difference.ts";
import { database } from "../database.ts";
import { Prisma } from "../generated/client.ts";
import { type FindingRow, toFinding, toListSql } from "./finding-row.ts";
import { toFindingView } from "./finding-view.ts";
import { ask } from "./prepared.ts";
import { getScanRun } from "./scans.ts";

/** A file is made in memory; beyond this a list is cut, as its count shows. */
const MOST_IN_A_FILE = 50_000;

/** A finished run with what else says which findings are its own. */
type Result = { run: ScanRun; syncRunId: string; finishedAt: Date };

/**
 * What exactly this run changed, as everything stood when it had ended: later revisions do not alter it. Each list holds
 * up to `limit` findings, worst first. Throws AppError not-found, and conflict for a run without a result.
 */
export async function getScanDifference(
  { name, runId }: { name: string; runId: string },
  limit: number,
): Promise<ScanDifference> {
  const result = await getResult({ name, runId });
  const [against, fresh, fixed, unchanged] = await Promise.all([
    getRevisionBefore(result.run),
    listChanged(result, "new", limit),
    listChanged(result, "fixed", limit),
    listChanged(result, "unchanged", limit),
  ]);
  return { run: result.run, against, new: fresh, fixed, unchanged };
}

/** The same with every finding, for a file. */
export const getWholeScanDifference = (run: { name: string; runId: string }): Promise<ScanDifference> =>
  getScanDifference(run, MOST_IN_A_FILE);

/** How many findings that are new in this run were active when it had ended, by severity. Throws as the difference does. */
export async function countNewBySeverity(run: { name: string; runId: string }): Promise<Record<string, number>> {
  const result = await getResult(run);
  const rows = await ask<{ severity: string; n: number }>(Prisma.sql`
    SELECT f.severity, count(*)::int AS n FROM ${toFindingView(result.finishedAt).rows}
    JOIN (${changesOf(result.run.name, result.syncRunId)}) AS c ON c.id = f.id
    WHERE ${inScan(result.run.name)} AND f.status = 'active' AND ${BELONGS.new} GROUP BY 1`);
  return Object.fromEntries(rows.map(({ severity, n }) => [severity, n]));
}

/** How many of a scan's findings one sync run brought or brought back, how many it closed, and how many stay as they were. */
export async function countChangesOfScan(
  name: string,
  syncRunId: string,
): Promise<{ new: number; closed: number; unchanged: number }> {
  const [row] = await ask<{ new: number; closed: number; unchanged: number }>(Prisma.sql`
    SELECT (count(*) FILTER (WHERE ${BELONGS.new}))::int AS new, (count(*) FILTER (WHERE ${BELONGS.fixed}))::int AS closed,
      (count(*) FILTER (WHERE ${BELONGS.unchanged}))::int AS unchanged
    FROM finding f LEFT JOIN (${changesOf(name, syncRunId)}) AS c ON c.id = f.id WHERE ${inScan(name)}`);
  return row ?? { new: 0, closed: 0, unchanged: 0 };
}

async function getResult(names: { name: string; runId: string }): Promise<Result> {
  const run = await getScanRun(names);
  const row = await database().prisma.scanRun.findUnique({ where: { id: run.runId }, select: { syncRunId: true } });
  if (run.state !== "succeeded" || run.finishedAt === null || !row?.syncRunId) {
    throw new AppError("conflict", `This run has no result; its state is ${run.state}.`);
  }
  return { run, syncRunId: row.syncRunId, finishedAt: new Date(run.finishedAt) };
}

async function getRevisionBefore({ name, revision }: ScanRun): Promise<RunName | null> {
  const row = await database().prisma.scanRun.findFirst({
    where: { scanName: name, state: "succeeded", revision: { lt: revision } },
    orderBy: { revision: "desc" },
    select: { id: true, revision: true },
  });
  return row && { runId: row.id, revision: row.revision };
}

/**
 * A scan's findings that a sync run touched: how each stood before its first event of the run and after its last. What
 * was recorded more than a day before the upload is not looked at, so that whole months are passed over; the day is for
 * clocks that differ.
 */
function changesOf(name: string, syncRunId: string): Prisma.Sql {
  return Prisma.sql`SELECT e.finding_id AS id, min(e.recorded_at) AS changed_at, bool_or(e.kind = 'reopened') AS is_reopened,
      (array_agg(e.status_before ORDER BY e.recorded_at, e.id))[1] AS before,
      (array_agg(e.status_after ORDER BY e.recorded_at DESC, e.id DESC))[1] AS after
    FROM finding o JOIN lifecycle_event e ON e.account_id = o.account_id AND e.finding_id = o.id
    WHERE o.account_id = ${INSTALLATION_ACCOUNT_ID} AND o.scan_name = ${name} AND e.run_id = ${syncRunId}::uuid
      AND e.recorded_at >= (SELECT r.created_at - interval '1 day' FROM scan_run r WHERE r.scan_name = ${name} AND r.sync_run_id = ${syncRunId}::uuid)
    GROUP BY e.finding_id`;
}

/** `c` is a row of `changesOf`, or null for a finding that the run did not touch. */
const WAS_OPEN = Prisma.sql`coalesce(c.before, 'closed') <> 'closed'`;
const IS_NEW = Prisma.sql`(c.id IS NOT NULL AND NOT ${WAS_OPEN} AND c.after <> 'closed')`;
const BELONGS: Record<FindingChange, Prisma.Sql> = {
  new: IS_NEW,
  fixed: Prisma.sql`(${WAS_OPEN} AND c.after = 'closed')`,
  unchanged: Prisma.sql`(f.status = 'active' AND NOT ${IS_NEW})`,
};

const inScan = (name: string) => Prisma.sql`f.account_id = ${INSTALLATION_ACCOUNT_ID} AND f.scan_name = ${name}`;

type ChangedRow = FindingRow & {
  total: number;
  description: string;
  cwes: string[];
  is_reopened: boolean;
  closed_before: RunName | null;
  status_now: ChangedFinding["statusNow"];
  closed_by_run: RunName | null;
};

async function listChanged({ run, syncRunId, finishedAt }: Result, change: FindingChange, limit: number) {
  const view = toFindingView(finishedAt);
  const list = toListSql(view);
  const rows = await ask<ChangedRow>(Prisma.sql`
    SELECT ${list.columns}, f.total, v.description, v.cwes, f.is_reopened, ${closedBefore()} AS closed_before,
      n.status AS status_now, CASE WHEN n.status = 'closed' THEN ${runNamed(Prisma.sql`n.closed_by_run_id`)} END AS closed_by_run
    FROM (
      SELECT f.*, coalesce(c.is_reopened, false) AS is_reopened, c.changed_at, (count(*) OVER ())::int AS total
      FROM ${view.rows} LEFT JOIN (${changesOf(run.name, syncRunId)}) AS c ON c.id = f.id
      WHERE ${inScan(run.name)} AND ${BELONGS[change]} ORDER BY f.rank DESC, f.id DESC LIMIT ${limit}
    ) AS f ${list.joins} JOIN finding n ON n.account_id = f.account_id AND n.id = f.id
    ORDER BY f.rank DESC, f.id DESC`);
  return { count: rows[0]?.total ?? 0, items: rows.map(toChangedFinding) };
}

function runNamed(syncRunId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT jsonb_build_object('runId', sr.id, 'revision', sr.revision) FROM scan_run sr
    WHERE sr.sync_run_id = ${syncRunId} AND sr.scan_name = f.scan_name LIMIT 1)`;
}

/** The run whose closing a reopened finding undid. */
function closedBefore(): Prisma.Sql {
  const last = Prisma.sql`(SELECT e.run_id FROM lifecycle_event e
    WHERE e.account_id = f.account_id AND e.finding_id = f.id AND e.kind = 'closed' AND e.recorded_at <= f.changed_at
    ORDER BY e.recorded_at DESC, e.id DESC LIMIT 1)`;
  return Prisma.sql`CASE WHEN f.is_reopened THEN ${runNamed(last)} END`;
}

function toChangedFinding(row: ChangedRow): ChangedFinding {
  return {
    ...toFinding(row),
    description: row.description,
    cwes: row.cwes,
    isReopened: row.is_reopened,
    closedBefore: row.closed_before,
    statusNow: row.status_now,
    closedByRun: row.closed_by_run,
  };
}
