import { daysBetween } from "#lib/domain/day.ts";
import { AppError } from "#lib/domain/errors.ts";
import { MOVEMENT_SIGN, type Movement } from "#lib/domain/lifecycle-event.ts";
import { SEVERITIES } from "#lib/domain/severity.ts";
import {
  faultOfDays,
  type TrendDay,
  type TrendKey,
  type Trends,
  type TrendsQuery,
  toDays,
} from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, type History } from "./as-of.ts";
import { type DeltaScope, toDeltaTable, toScopeConditions } from "./day-deltas.ts";
import { type KnownDays, listReadScopes, toKnownDays } from "./known-scopes.ts";
import { selectMovements } from "./moved-findings.ts";
import { ask } from "./prepared.ts";

const KEYS: Record<TrendKey, Prisma.Sql> = {
  severity: Prisma.sql`d.severity`,
  source: Prisma.sql`d.source`,
  accountId: Prisma.sql`d.account_id`,
};

/** What a movement counts as beside its part in what is open; scopes that come and go are told apart. */
const COUNTED_AS: Record<Movement, "opened" | "closed" | "scopeAdded" | "scopeLost" | null> = {
  new: "opened",
  reopened: "opened",
  fixed: "closed",
  "resource-gone": "closed",
  "not-reported": "closed",
  "scope-added": "scopeAdded",
  "scope-lost": "scopeLost",
  unsuppressed: null,
  suppressed: null,
  "rescored-in": null,
  "rescored-out": null,
  "moved-in": null,
  "moved-out": null,
};

/**
 * One movement of one key: on which days (0 = the first of the range, −1 = all days before it) and how many each time. As
 * lists, since a row a day would cost more to read than to count.
 */
type MovedRow = { key: string; movement: Movement; days: number[]; counts: number[] };

/**
 * What was open at the end of each UTC day, and what moved on it, from the day deltas; of today as of the settled
 * instant. Throws AppError invalid-input for days that cannot be told.
 */
export async function getTrends(query: TrendsQuery, now: Date): Promise<Trends> {
  const range = toDays(query, now);
  const fault = faultOfDays(range, now);
  if (fault !== null) throw new AppError("invalid-input", `${fault}.`, { faults: [{ field: "from", message: fault }] });
  const history = await getHistory();
  const scope: DeltaScope = { ...query, includeSample: history.includeSample };
  const [moved, scopes, names] = await Promise.all([
    selectMoved(scope, query.by, range, history),
    listReadScopes(scope),
    accountNames(query.by),
  ]);
  const days = daysBetween(range.from, range.to);
  const known = toKnownDays(scopes, days, history.settledAt);
  return toTrends({ query, range, days, history, moved, known, names });
}

type Range = { from: string; to: string };

function selectMoved(scope: DeltaScope, by: TrendKey, { from, to }: Range, history: History): Promise<MovedRow[]> {
  return ask<MovedRow>(Prisma.sql`
    SELECT key, movement, json_agg(day) AS days, json_agg(n) AS counts
    FROM (
      SELECT d.key, d.movement, greatest(d.day - ${from}::date, -1) AS day, sum(d.n) AS n
      FROM ${toSource(scope, by, history)} WHERE d.day <= ${to}::date GROUP BY 1, 2, 3
    ) AS by_day GROUP BY 1, 2`);
}

/** The scope's movements `d` by day, without those recorded after the settled instant. */
function toSource(scope: DeltaScope, by: TrendKey, { settledAt, hasUnsettled }: History): Prisma.Sql {
  const conditions = toScopeConditions(scope);
  const select = Prisma.sql`SELECT d.day, ${KEYS[by]} AS key, d.movement, d.n`;
  const settled = Prisma.sql`${select} FROM ${toDeltaTable(scope, by === "accountId")} WHERE ${conditions}`;
  if (!hasUnsettled) return Prisma.sql`(${settled}) AS d`;
  const events = selectMovements(
    Prisma.sql`e.account_id, e.source, e.type, e.is_sample, m.severity, m.movement, -1 AS n,
      (e.recorded_at AT TIME ZONE 'UTC')::date AS day`,
    Prisma.sql`${new Date(settledAt.getTime() + 1)}::timestamptz`,
    Prisma.sql`'infinity'::timestamptz`,
  );
  return Prisma.sql`(${settled} UNION ALL ${select} FROM (${events}) AS d WHERE ${conditions}) AS d`;
}

async function accountNames(by: TrendKey): Promise<Map<string, string>> {
  if (by !== "accountId") return new Map();
  const rows = await ask<{ id: string; name: string }>(Prisma.sql`SELECT id, name FROM account WHERE name IS NOT NULL`);
  return new Map(rows.map((row) => [row.id, row.name]));
}

type Parts = {
  query: TrendsQuery;
  range: Range;
  days: string[];
  history: History;
  moved: MovedRow[];
  known: KnownDays;
  names: Map<string, string>;
};

function toTrends({ query, range, days, history, moved, known, names }: Parts): Trends {
  const { firstSyncAt, settledAt } = history;
  const counted = days.map((day, index) => ({
    day,
    open: {},
    opened: {},
    closed: {},
    scopeAdded: {},
    scopeLost: {},
    known: (known.scopes[index] ?? 0) > (known.unknown[index] ?? 0),
    unknownScopes: known.unknown[index] ?? 0,
  }));
  const net = new Map<string, { before: number; days: number[] }>();
  const movements: Trends["movements"] = {};
  for (const row of moved) {
    const name = COUNTED_AS[row.movement];
    const ofKey = net.get(row.key) ?? { before: 0, days: days.map(() => 0) };
    net.set(row.key, ofKey);
    row.days.forEach((index, position) => {
      const n = row.counts[position] ?? 0;
      if (index < 0) ofKey.before += MOVEMENT_SIGN[row.movement] * n;
      else ofKey.days[index] = (ofKey.days[index] ?? 0) + MOVEMENT_SIGN[row.movement] * n;
      const day = counted[index];
      if (day === undefined || n === 0) return;
      if (name !== null) add(day[name], row.key, n);
      movements[row.movement] ??= {};
      add(movements[row.movement] ?? {}, row.key, n);
    });
  }
  return {
    ...range,
    by: query.by,
    asOf: firstSyncAt === null ? null : settledAt.toISOString(),
    firstSyncAt: firstSyncAt?.toISOString() ?? null,
    keys: toKeys(query.by, runUp(net, counted), names),
    before: Object.fromEntries(
      [...net].filter(([, { before }]) => before !== 0).map(([key, { before }]) => [key, before]),
    ),
    days: counted,
    movements,
    steps: known.steps,
    gaps: known.gaps,
  };
}

function add(counts: Record<string, number>, key: string, n: number): void {
  counts[key] = (counts[key] ?? 0) + n;
}

/** Writes into each day what was open at its end. Returns what is open at the end of the last. */
function runUp(net: Map<string, { before: number; days: number[] }>, days: TrendDay[]): Map<string, number> {
  const open = new Map<string, number>();
  for (const [key, { before, days: changes }] of net) {
    let count = before;
    days.forEach((day, index) => {
      count += changes[index] ?? 0;
      if (count !== 0) day.open[key] = count;
    });
    open.set(key, count);
  }
  return open;
}

function toKeys(by: TrendKey, open: Map<string, number>, names: Map<string, string>): Trends["keys"] {
  const order = SEVERITIES as readonly string[]; // a key is text
  return [...open]
    .sort(([a, n], [b, m]) => (by === "severity" ? order.indexOf(a) - order.indexOf(b) : m - n || (a < b ? -1 : 1)))
    .map(([key]) => ({ key, label: names.get(key) ?? key }));
}
