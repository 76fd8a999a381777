import { daysBetween, toDay } from "#lib/domain/day.ts";
import { resourceTypeName } from "#lib/domain/resource-type.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { requireDays, type TrendKey, type Trends, type TrendsQuery } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, type History, toldAt } from "./as-of.ts";
import {
  type DeltaScope,
  RESOURCE_TYPE_OF_EVENT,
  TEAM_OF_MOVEMENT,
  toDeltaTable,
  toScopeConditions,
  toTeamDeltas,
  toTypeDeltas,
} from "./day-deltas.ts";
import { listReadScopes, type ReadScope, toKnownDays } from "./known-scopes.ts";
import { selectMovements } from "./moved-findings.ts";
import { ask } from "./prepared.ts";
import { tellStillOpen } from "./still-open.ts";
import { listTeamNames } from "./teams.ts";
import { type MovedRow, toTrendDays } from "./to-trend-days.ts";

const KEYS: Record<TrendKey, Prisma.Sql> = {
  severity: Prisma.sql`d.severity`,
  source: Prisma.sql`d.source`,
  accountId: Prisma.sql`d.account_id`,
  team: Prisma.sql`d.team_id`,
  resourceType: Prisma.sql`d.resource_type`,
};

/**
 * What was open at the end of each UTC day, and what moved on it, from the day deltas; of today as of the settled
 * instant. Throws AppError invalid-input for days that cannot be told.
 */
export async function getTrends(query: TrendsQuery, now: Date): Promise<Trends> {
  const range = requireDays(query, now);
  const history = await getHistory();
  const scope: DeltaScope = { ...query, includeSample: history.includeSample };
  const [moved, scopes, names] = await Promise.all([
    selectMoved(scope, query.by, range, history),
    listReadScopes(scope),
    namesOf(query.by),
  ]);
  const days = daysBetween(range.from, range.to);
  const known = toKnownDays(scopes, days, history.settledAt);
  const { open, ...counted } = toTrendDays(days, moved, known);
  const firstSyncAt = firstOf(scopes);
  const before = counted.days.filter(({ day }) => firstSyncAt !== null && day < toDay(firstSyncAt));
  for (const key of await tellStillOpen(before, query, history, now)) if (!open.has(key)) open.set(key, 0);
  return {
    ...range,
    by: query.by,
    asOf: toldAt(history),
    firstSyncAt: firstSyncAt?.toISOString() ?? null,
    keys: toKeys(query.by, open, names),
    ...counted,
    steps: known.steps,
    gaps: known.gaps,
  };
}

type Range = { from: string; to: string };

/** The rows of so few accounts are read sooner as they are; those of more are added up by day before. */
const FEW_ACCOUNTS = 3;

function selectMoved(scope: DeltaScope, by: TrendKey, { from, to }: Range, history: History): Promise<MovedRow[]> {
  const source = Prisma.sql`FROM ${toSource(scope, by, history)} WHERE d.day <= ${to}::date`;
  const isFew = by !== "accountId" && scope.accountId.length <= FEW_ACCOUNTS;
  const rows = isFew
    ? Prisma.sql`SELECT d.key, d.movement, d.day - ${from}::date AS day, d.n ${source}`
    : Prisma.sql`SELECT d.key, d.movement, greatest(d.day - ${from}::date, -1) AS day, sum(d.n)::int AS n ${source} GROUP BY 1, 2, 3`;
  const inRange = Prisma.sql`FILTER (WHERE day >= 0)`;
  // An array that is turned into JSON as a whole: json_agg takes three times as long.
  return ask<MovedRow>(Prisma.sql`
    SELECT key, movement, coalesce(sum(n) FILTER (WHERE day < 0), 0)::int AS before,
      coalesce(array_to_json(array_agg(day) ${inRange}), '[]') AS days,
      coalesce(array_to_json(array_agg(n) ${inRange}), '[]') AS counts
    FROM (${rows}) AS moved GROUP BY 1, 2`);
}

/** The scope's movements `d` by day, without those recorded after the settled instant. */
function toSource(scope: DeltaScope, by: TrendKey, { settledAt, hasUnsettled }: History): Prisma.Sql {
  const conditions = toScopeConditions(scope);
  const select = Prisma.sql`SELECT d.day, ${KEYS[by]} AS key, d.movement, d.n`;
  const settled = Prisma.sql`${select} FROM ${toTable(scope, by)} WHERE ${conditions}`;
  if (!hasUnsettled) return Prisma.sql`(${settled}) AS d`;
  const events = selectMovements(
    Prisma.sql`a.id AS account_id, e.source, e.type, e.is_sample, m.severity, m.movement, -1 AS n, ${TEAM_OF_MOVEMENT},
      ${RESOURCE_TYPE_OF_EVENT}, (e.recorded_at AT TIME ZONE 'UTC')::date AS day`,
    Prisma.sql`${new Date(settledAt.getTime() + 1)}::timestamptz`,
    Prisma.sql`'infinity'::timestamptz`,
  );
  return Prisma.sql`(${settled} UNION ALL ${select} FROM (${events}) AS d WHERE ${conditions}) AS d`;
}

function toTable(scope: DeltaScope, by: TrendKey): Prisma.Sql {
  if (by === "team") return toTeamDeltas(scope);
  return by === "resourceType" ? toTypeDeltas(scope) : toDeltaTable(scope, by === "accountId");
}

function firstOf(scopes: ReadScope[]): Date | null {
  const first = Math.min(...scopes.map(({ firstPassAt }) => firstPassAt.getTime()));
  return Number.isFinite(first) ? new Date(first) : null;
}

async function namesOf(by: TrendKey): Promise<Map<string, string>> {
  if (by === "team") return new Map([...(await listTeamNames()), [NO_TEAM, "No team"]]);
  if (by !== "accountId") return new Map();
  const rows = await ask<{ id: string; name: string }>(Prisma.sql`SELECT id, name FROM account WHERE name IS NOT NULL`);
  return new Map(rows.map((row) => [row.id, row.name]));
}

function toKeys(by: TrendKey, open: Map<string, number>, names: Map<string, string>): Trends["keys"] {
  const order = SEVERITIES as readonly string[]; // a key is text
  return [...open]
    .sort(([a, n], [b, m]) => (by === "severity" ? order.indexOf(a) - order.indexOf(b) : m - n || (a < b ? -1 : 1)))
    .map(([key]) => ({ key, label: by === "resourceType" ? resourceTypeName(key) : (names.get(key) ?? key) }));
}
