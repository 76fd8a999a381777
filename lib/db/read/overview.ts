import type { SourceName } from "#lib/domain/finding.ts";
import { sourceNameSchema } from "#lib/domain/finding.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { fixesQuerySchema } from "#lib/domain/fix.ts";
import type { Movement } from "#lib/domain/lifecycle-event.ts";
import { isNewVisit, type Overview, type OverviewQuery } from "#lib/domain/overview.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { trendScopeSchema } from "#lib/domain/trends.ts";
import { database } from "../database.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, toldAt } from "./as-of.ts";
import { countOpenAt } from "./count-open.ts";
import { getCoverageSummary } from "./coverage.ts";
import { type DeltaScope, SIGNED, toDeltaTable, toScopeConditions } from "./day-deltas.ts";
import { toTeamPredicate } from "./finding-predicates.ts";
import { listFixes } from "./fixes.ts";
import { getFreshness } from "./freshness.ts";
import { listFindings } from "./list-findings.ts";
import { countMoved, type MovedRow } from "./moved-since.ts";
import { ask } from "./prepared.ts";
import { listRecentScans } from "./scans.ts";

const WEEK_MS = 7 * 86_400_000;
const WORST = 6;
const FIXES = 5;
const SCANS = 5;

/**
 * Where everything stands, or what teams have of it, and what happened since this person's last visit. Freshness and
 * scans are told of everything.
 */
export async function getOverview(personId: string, { team }: OverviewQuery, now: Date): Promise<Overview> {
  const history = await getHistory();
  const { includeSample, firstSyncAt, settledAt } = history;
  const since = await findSince(personId, settledAt);
  const scope = { ...trendScopeSchema.parse({ team }), includeSample };
  const [moved, before, open, exploited, notScanned, worst, fixes, freshness, scans] = await Promise.all([
    countMoved(since.at, settledAt, scope),
    countOpenAt(since.at, { ...scope, severity: ["critical"] }),
    team.length > 0 ? countOpenByDeltas(scope) : countOpen(includeSample),
    countExploited(scope),
    getCoverageSummary(team, includeSample),
    listFindings(findingFilterSchema.parse({ status: "active", team, limit: WORST })),
    listFixes(fixesQuerySchema.parse({ team, limit: FIXES }), now),
    getFreshness(now),
    listRecentScans(SCANS),
  ]);
  const matrix = toMatrix(open, moved);
  const urgent = matrix.rows.filter(({ severity }) => severity === "critical" || severity === "high");
  const { bySource: _, severity: __, ...criticalCell } = toRow("critical", open, moved);
  return {
    asOf: toldAt(history),
    firstSyncAt: firstSyncAt?.toISOString() ?? null,
    since: { ...toChanges(moved), ...toRange(since, settledAt) },
    critical: { ...criticalCell, before },
    knownExploited: exploited,
    notScanned,
    worst: worst.items,
    urgent: urgent.reduce((sum, row) => sum + row.open, 0),
    matrix,
    fixes: fixes.items,
    freshness,
    scans,
  };
}

type Since = { kind: Overview["since"]["kind"]; at: Date };

/** The last look of the visit before this one: what a person has seen since is not news to them. */
async function findSince(personId: string, settledAt: Date): Promise<Since> {
  const person = await database().prisma.person.findUnique({ where: { id: personId } });
  const { lookedAt = null, lastVisitAt = null } = person ?? {};
  const at = lookedAt !== null && isNewVisit(lookedAt, settledAt) ? lookedAt : lastVisitAt;
  return at === null ? { kind: "week", at: new Date(settledAt.getTime() - WEEK_MS) } : { kind: "visit", at };
}

function toRange({ kind, at }: Since, settledAt: Date) {
  const following = (instant: Date) => new Date(instant.getTime() + 1).toISOString();
  return { kind, at: at.toISOString(), from: following(at), to: following(settledAt) };
}

function toChanges(moved: MovedRow[]) {
  const sumOf = (movement: Movement) => sum(moved.filter((row) => row.movement === movement).map(({ n }) => n));
  return {
    new: sumOf("new"),
    reopened: sumOf("reopened"),
    fixed: sumOf("fixed"),
    resourceGone: sumOf("resource-gone"),
    notReported: sumOf("not-reported"),
    suppressed: sumOf("suppressed"),
  };
}

type OpenRow = { severity: Severity; source: SourceName; n: number };

function countOpen(includeSample: boolean): Promise<OpenRow[]> {
  return ask<OpenRow>(Prisma.sql`
    SELECT severity, source, sum(n)::int AS n FROM finding_cube
    WHERE status = 'active' AND (${includeSample} OR NOT is_sample) GROUP BY 1, 2 HAVING sum(n) > 0`);
}

/** Of teams: everything that ever came to their places, less all that left. */
function countOpenByDeltas(scope: DeltaScope): Promise<OpenRow[]> {
  return ask<OpenRow>(Prisma.sql`
    SELECT d.severity, d.source, sum(${SIGNED})::int AS n FROM ${toDeltaTable(scope, false)}
    WHERE ${toScopeConditions(scope)} GROUP BY 1, 2 HAVING sum(${SIGNED}) > 0`);
}

async function countExploited({ team, includeSample }: DeltaScope): Promise<Overview["knownExploited"]> {
  const ofTeams = team.length > 0 ? Prisma.sql`AND ${toTeamPredicate(team)}` : Prisma.empty;
  const [row] = await ask<Overview["knownExploited"]>(Prisma.sql`
    SELECT count(*)::int AS findings, count(DISTINCT vulnerability_id)::int AS vulnerabilities,
      count(DISTINCT (account_id, resource_id))::int AS resources
    FROM finding f WHERE status = 'active' AND known_exploited AND (${includeSample} OR NOT is_sample) ${ofTeams}`);
  return row ?? { findings: 0, vulnerabilities: 0, resources: 0 };
}

function toMatrix(open: OpenRow[], moved: MovedRow[]): Overview["matrix"] {
  const rows = SEVERITIES.map((severity) => toRow(severity, open, moved));
  const sources = sourceNameSchema.options.filter((source) => open.some((row) => row.source === source));
  const total = {
    open: sum(rows.map((row) => row.open)),
    new: sum(rows.map((row) => row.new)),
    fixed: sum(rows.map((row) => row.fixed)),
    bySource: Object.fromEntries(
      sources.map((source) => [source, sum(open.filter((row) => row.source === source).map(({ n }) => n))]),
    ),
  };
  return { sources, rows, total };
}

function toRow(severity: Severity, open: OpenRow[], moved: MovedRow[]): Overview["matrix"]["rows"][number] {
  const here = open.filter((row) => row.severity === severity);
  const movedBy = (movement: Movement) =>
    sum(moved.filter((row) => row.severity === severity && row.movement === movement).map(({ n }) => n));
  return {
    severity,
    open: sum(here.map(({ n }) => n)),
    new: movedBy("new"),
    fixed: movedBy("fixed"),
    bySource: Object.fromEntries(here.map(({ source, n }) => [source, n])),
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
