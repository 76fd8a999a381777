import { endOfDay, toDay } from "#lib/domain/day.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import type { TrendGap, TrendStep } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import type { DeltaScope } from "./day-deltas.ts";
import { ask } from "./prepared.ts";

const APART_MS = 7 * 86_400_000;

/** One place: from its first pass to its last it is read, but for the gaps between, in order of time. */
export type ReadScope = Pick<TrendStep, "accountId" | "accountName" | "region" | "source"> & {
  lostAt: Date | null;
  firstPassAt: Date;
  lastPassAt: Date;
  gaps: { from: Date; to: Date }[];
};

type Row = {
  account_id: string;
  account_name: string | null;
  region: string;
  source: SourceName;
  lost_at: Date | null;
  first_pass_at: Date;
  last_pass_at: Date;
  gaps: [string, string][];
};

/** Every place of the scope that a pass has read, by account, region and source. */
export async function listReadScopes({ accountId, source, team, includeSample }: DeltaScope): Promise<ReadScope[]> {
  const rows = await ask<Row>(Prisma.sql`
    SELECT s.account_id, a.name AS account_name, s.region, s.source, s.lost_at, s.first_pass_at,
      (SELECT max(p.recorded_at) FROM scope_pass p
        WHERE p.account_id = s.account_id AND p.region = s.region AND p.source = s.source) AS last_pass_at,
      coalesce(g.gaps, '[]') AS gaps
    FROM scope s LEFT JOIN account a ON a.id = s.account_id
    LEFT JOIN (
      SELECT account_id, region, source, jsonb_agg(jsonb_build_array(from_at, to_at) ORDER BY from_at) AS gaps
      FROM scope_gap GROUP BY account_id, region, source
    ) AS g USING (account_id, region, source)
    WHERE s.first_pass_at IS NOT NULL AND (${includeSample} OR NOT s.is_sample)
      AND (cardinality(${accountId}::text[]) = 0 OR s.account_id = ANY(${accountId}))
      AND (cardinality(${source}::text[]) = 0 OR s.source = ANY(${source}))
      ${toTeamCondition(team)}
    ORDER BY s.account_id, s.region, s.source`);
  return rows.map((row) => ({
    accountId: row.account_id,
    accountName: row.account_name,
    region: row.region,
    source: row.source,
    lostAt: row.lost_at,
    firstPassAt: row.first_pass_at,
    lastPassAt: row.last_pass_at,
    gaps: row.gaps.map(([from, to]) => ({ from: new Date(from), to: new Date(to) })),
  }));
}

/** Where a team has places. What no team has may be anywhere. */
function toTeamCondition(team: string[]): Prisma.Sql {
  if (team.length === 0 || team.includes(NO_TEAM)) return Prisma.empty;
  return Prisma.sql`AND s.account_id IN (SELECT account_id FROM lineage_team WHERE team_id = ANY(${team}))`;
}

/** For each day how many places there are and how many of them are not known; and both by name. */
export type KnownDays = { scopes: number[]; unknown: number[]; gaps: TrendGap[]; steps: TrendStep[] };

/**
 * What was known at the end of each day (of the last: at `asOf`; of later ones nothing is). A place is there from its first pass until it is lost;
 * it is known but in its gaps, and for 7 days after its last pass. Code scans have no schedule: their result stands until the
 * next one.
 */
export function toKnownDays(scopes: ReadScope[], days: string[], asOf: Date): KnownDays {
  const told = days.filter((day) => Date.parse(day) <= asOf.getTime());
  const ends = told.map((day) => Math.min(endOfDay(day).getTime(), asOf.getTime()));
  const shown = new Set(days);
  const [there, unknown] = [days.map(() => 0), days.map(() => 0)];
  const known: Pick<KnownDays, "gaps" | "steps"> = { gaps: [], steps: [] };
  for (const scope of scopes) {
    const stay = { from: countBefore(ends, scope.firstPassAt), to: countBefore(ends, scope.lostAt) };
    const gaps = toUnknownDays(scope, stay, ends);
    addChange(there, stay, 1);
    for (const gap of gaps) addChange(unknown, gap, 1);
    known.gaps.push(
      ...gaps.map(({ from, to }) => ({ ...toPlace(scope), from: days[from] ?? "", to: days[to - 1] ?? "" })),
    );
    known.steps.push(...toSteps(scope, shown));
  }
  known.steps.sort((a, b) => (a.day < b.day ? -1 : 1));
  return { scopes: toSums(there), unknown: toSums(unknown), ...known };
}

/** Neighbouring days by their place in the range: `to` is the first that is no part of them. */
type DaySpan = { from: number; to: number };

/** How many of the ends, in order, lie before an instant; null = never. */
function countBefore(ends: number[], instant: Date | null): number {
  const at = instant?.getTime() ?? Number.POSITIVE_INFINITY;
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The days of its stay on which a place was not known; what touches is one. */
function toUnknownDays({ source, lastPassAt, gaps }: ReadScope, stay: DaySpan, ends: number[]): DaySpan[] {
  if (source !== "inspector") return [];
  const after = (instant: Date) => countBefore(ends, new Date(instant.getTime() + 1));
  const apart = [
    ...gaps.map(({ from, to }) => ({ from: after(from), to: countBefore(ends, to) })),
    { from: after(new Date(lastPassAt.getTime() + APART_MS)), to: ends.length },
  ];
  const spans: DaySpan[] = [];
  for (const { from, to } of apart) {
    const span = { from: Math.max(from, stay.from), to: Math.min(to, stay.to) };
    if (span.from >= span.to) continue;
    const last = spans.at(-1);
    if (last?.to === span.from) last.to = span.to;
    else spans.push(span);
  }
  return spans;
}

/** The first day of a span changes the sum by so much, and the first after it back. */
function addChange(changes: number[], { from, to }: DaySpan, n: number): void {
  if (from >= to) return;
  changes[from] = (changes[from] ?? 0) + n;
  if (to < changes.length) changes[to] = (changes[to] ?? 0) - n;
}

function toSums(changes: number[]): number[] {
  let sum = 0;
  return changes.map((change) => {
    sum += change;
    return sum;
  });
}

const toPlace = ({ accountId, accountName, region, source }: ReadScope) => ({ accountId, accountName, region, source });

function toSteps(scope: ReadScope, shown: ReadonlySet<string>): TrendStep[] {
  const kinds = [
    { kind: "scope-added" as const, at: scope.firstPassAt },
    { kind: "scope-lost" as const, at: scope.lostAt },
  ];
  return kinds.flatMap(({ kind, at }) => {
    const day = at === null ? null : toDay(at);
    return day !== null && shown.has(day) ? [{ ...toPlace(scope), day, kind }] : [];
  });
}
