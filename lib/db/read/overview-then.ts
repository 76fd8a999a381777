import { findingConditionsSchema, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import type { Overview, OverviewQuery } from "#lib/domain/overview.ts";
import { trendScopeSchema } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, resolveAsOf } from "./as-of.ts";
import { countOpenAt, listOpenAt, type OpenRow } from "./count-open.ts";
import type { DeltaScope } from "./day-deltas.ts";
import { toConditionSet } from "./finding-conditions.ts";
import { toFindingView } from "./finding-view.ts";
import { listFindings } from "./list-findings.ts";
import { countMoved } from "./moved-since.ts";
import { toChanges, toRange, toStanding, WEEK_MS, WORST } from "./overview-cells.ts";
import { ask } from "./prepared.ts";

/**
 * Where everything stood at a moment, or what teams had of it, and what happened in the seven days before: the same
 * whenever it is asked. Each number is that of the list with the same conditions and `asOf`. Throws AppError for an
 * `asOf` that nothing is known of.
 */
export async function getOverviewThen({ team, asOf }: OverviewQuery & { asOf: string }, now: Date): Promise<Overview> {
  const history = await getHistory();
  const { includeSample, firstSyncAt } = history;
  const at = resolveAsOf(asOf, history);
  const since = { kind: "week" as const, at: new Date(at.getTime() - WEEK_MS) };
  const wasKnown = firstSyncAt !== null && since.at >= firstSyncAt;
  const scope = { ...trendScopeSchema.parse({ team }), includeSample };
  const [moved, before, open, exploited, worst] = await Promise.all([
    countMoved(since.at, at, scope),
    wasKnown ? countOpenAt(since.at, { ...scope, severity: ["critical"] }) : null,
    team.length > 0 ? listOpenOfTeams(at, scope, now) : listOpenAt(at, scope),
    countExploited(at, scope, now),
    listFindings(findingFilterSchema.parse({ status: "active", team, limit: WORST, asOf: at.toISOString() })),
  ]);
  return {
    asOf: at.toISOString(),
    firstSyncAt: firstSyncAt?.toISOString() ?? null,
    since: { ...toChanges(moved), ...toRange(since, at) },
    ...toStanding({ open, moved, before }),
    knownExploited: exploited,
    notScanned: null,
    worst: worst.items,
    fixes: null,
    freshness: null,
    scans: null,
  };
}

/** What the list has, by what is known today to be exploited, and of teams by the places that are theirs today. */
function toListed(
  at: Date,
  { team, includeSample }: DeltaScope,
  { now, ...more }: { now: Date; knownExploited?: "yes" },
) {
  const view = toFindingView(at);
  const filter = findingConditionsSchema.parse({ status: "active", team, ...more });
  const { where } = toConditionSet(filter, view, { now, isSampleShown: includeSample });
  return Prisma.sql`${view.rows} ${where()}`;
}

async function countExploited(at: Date, scope: DeltaScope, now: Date): Promise<Overview["knownExploited"]> {
  const [row] = await ask<Overview["knownExploited"]>(Prisma.sql`
    SELECT count(*)::int AS findings, count(DISTINCT f.vulnerability_id)::int AS vulnerabilities,
      count(DISTINCT (f.account_id, f.resource_id))::int AS resources
    FROM ${toListed(at, scope, { now, knownExploited: "yes" })}`);
  return row ?? { findings: 0, vulnerabilities: 0, resources: 0 };
}

/** A finding that left a team's place by itself counts for the team of then in the deltas, and is on the list of today's. */
function listOpenOfTeams(at: Date, scope: DeltaScope, now: Date): Promise<OpenRow[]> {
  return ask<OpenRow>(Prisma.sql`
    SELECT f.severity, f.source, count(*)::int AS n FROM ${toListed(at, scope, { now })} GROUP BY 1, 2`);
}
