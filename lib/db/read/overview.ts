import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { fixesQuerySchema } from "#lib/domain/fix.ts";
import { isNewVisit, type Overview, type OverviewQuery } from "#lib/domain/overview.ts";
import { trendScopeSchema } from "#lib/domain/trends.ts";
import { database } from "../database.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, toldAt } from "./as-of.ts";
import { countOpenAt, type OpenRow } from "./count-open.ts";
import { getCoverageSummary } from "./coverage.ts";
import { type DeltaScope, SIGNED, toDeltaTable, toScopeConditions } from "./day-deltas.ts";
import { toTeamPredicate } from "./finding-predicates.ts";
import { listFixes } from "./fixes.ts";
import { getFreshness } from "./freshness.ts";
import { listFindings } from "./list-findings.ts";
import { countMoved } from "./moved-since.ts";
import { type Since, toChanges, toRange, toStanding, WEEK_MS, WORST } from "./overview-cells.ts";
import { getOverviewThen } from "./overview-then.ts";
import { ask } from "./prepared.ts";
import { listRecentScans } from "./scans.ts";

const FIXES = 5;
const SCANS = 5;

/**
 * Where everything stands, or what teams have of it, and what happened since this person's last visit; with `asOf`, where
 * it stood then. Freshness and scans are told of everything. Throws AppError for an `asOf` that nothing is known of.
 */
export async function getOverview(personId: string, { team, asOf }: OverviewQuery, now: Date): Promise<Overview> {
  if (asOf !== undefined) return getOverviewThen({ team, asOf }, now);
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
  const wasKnown = firstSyncAt !== null && since.at >= firstSyncAt;
  return {
    asOf: toldAt(history),
    firstSyncAt: firstSyncAt?.toISOString() ?? null,
    since: { ...toChanges(moved), ...toRange(since, settledAt) },
    ...toStanding({ open, moved, before: wasKnown ? before : null }),
    knownExploited: exploited,
    notScanned,
    worst: worst.items,
    fixes: fixes.items,
    freshness,
    scans,
  };
}

/** The last look of the visit before this one: what a person has seen since is not news to them. */
async function findSince(personId: string, settledAt: Date): Promise<Since> {
  const person = await database().prisma.person.findUnique({ where: { id: personId } });
  const { lookedAt = null, lastVisitAt = null } = person ?? {};
  const at = lookedAt !== null && isNewVisit(lookedAt, settledAt) ? lookedAt : lastVisitAt;
  return at === null ? { kind: "week", at: new Date(settledAt.getTime() - WEEK_MS) } : { kind: "visit", at };
}

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
