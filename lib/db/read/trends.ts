import { addDays, daysBetween } from "#lib/domain/day.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { Movement } from "#lib/domain/lifecycle-event.ts";
import { SEVERITIES } from "#lib/domain/severity.ts";
import { faultOfDays, type TrendKey, type Trends, type TrendsQuery, toDays } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, type History } from "./as-of.ts";
import { type DeltaScope, SIGNED, toDeltaTable, toScopeConditions } from "./day-deltas.ts";
import { type KnownDays, listReadScopes, toKnownDays } from "./known-scopes.ts";
import { selectMovements } from "./moved-findings.ts";
import { ask } from "./prepared.ts";
import { isSampleShown } from "./sample-visibility.ts";

const KEYS: Record<TrendKey, Prisma.Sql> = {
  severity: Prisma.sql`d.severity`,
  source: Prisma.sql`d.source`,
  accountId: Prisma.sql`d.account_id`,
};

/** What counts as opened and closed; scopes that come and go are told apart. */
const OPENED = ["new", "reopened"] satisfies Movement[];
const CLOSED = ["fixed", "resource-gone", "not-reported"] satisfies Movement[];

/** What moved on one day; on the day before the first, all that moved until then. */
type DayRow = {
  day: string;
  key: string;
  net: number;
  opened: number;
  closed: number;
  scope_added: number;
  scope_lost: number;
};
type MovementRow = { key: string; movement: Movement; n: number };

/**
 * What was open at the end of each UTC day, and what moved on it, from the day deltas; of today as of the settled
 * instant. Throws AppError invalid-input for days that cannot be told.
 */
export async function getTrends(query: TrendsQuery, now: Date): Promise<Trends> {
  const range = toDays(query, now);
  const fault = faultOfDays(range, now);
  if (fault !== null) throw new AppError("invalid-input", `${fault}.`, { faults: [{ field: "from", message: fault }] });
  const includeSample = await isSampleShown();
  const scope: DeltaScope = { ...query, includeSample };
  const history = await getHistory(includeSample);
  const source = toSource(scope, query.by, history);
  const [dayRows, movementRows, scopes, names] = await Promise.all([
    selectDays(source, range),
    selectTotals(source, range),
    listReadScopes(scope),
    accountNames(query.by),
  ]);
  const days = daysBetween(range.from, range.to);
  const known = toKnownDays(scopes, days, history.settledAt);
  return toTrends({ query, range, days, history, dayRows, movementRows, known, names });
}

/** The scope's movements `d` by day, without those recorded after the settled instant. */
function toSource(scope: DeltaScope, by: TrendKey, { settledAt }: History): Prisma.Sql {
  const columns = Prisma.sql`e.account_id, e.source, e.type, e.is_sample, m.severity, m.movement, -1 AS n,
    (e.recorded_at AT TIME ZONE 'UTC')::date AS day`;
  const after = Prisma.sql`${new Date(settledAt.getTime() + 1)}::timestamptz`;
  const conditions = toScopeConditions(scope);
  const key = KEYS[by];
  return Prisma.sql`(
    SELECT d.day, ${key} AS key, d.movement, d.n FROM ${toDeltaTable(scope, by === "accountId")} WHERE ${conditions}
    UNION ALL
    SELECT d.day, ${key} AS key, d.movement, d.n FROM (
      ${selectMovements(columns, after, Prisma.sql`'infinity'::timestamptz`)}
    ) AS d WHERE ${conditions}
  ) AS d`;
}

type Range = { from: string; to: string };

function selectDays(source: Prisma.Sql, { from, to }: Range): Promise<DayRow[]> {
  const sumOf = (movements: Movement[]) =>
    Prisma.sql`coalesce(sum(d.n) FILTER (WHERE d.movement = ANY(${movements})), 0)::int`;
  return ask<DayRow>(Prisma.sql`
    SELECT greatest(d.day, ${addDays(from, -1)}::date)::text AS day, d.key, sum(${SIGNED})::int AS net,
      ${sumOf(OPENED)} AS opened, ${sumOf(CLOSED)} AS closed, ${sumOf(["scope-added"])} AS scope_added,
      ${sumOf(["scope-lost"])} AS scope_lost
    FROM ${source} WHERE d.day <= ${to}::date GROUP BY 1, 2`);
}

function selectTotals(source: Prisma.Sql, { from, to }: Range): Promise<MovementRow[]> {
  return ask<MovementRow>(Prisma.sql`
    SELECT d.key, d.movement, sum(d.n)::int AS n FROM ${source}
    WHERE d.day BETWEEN ${from}::date AND ${to}::date GROUP BY 1, 2 HAVING sum(d.n) <> 0`);
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
  dayRows: DayRow[];
  movementRows: MovementRow[];
  known: KnownDays;
  names: Map<string, string>;
};

function toTrends({ query, range, days, history, dayRows, movementRows, known, names }: Parts): Trends {
  const { firstSyncAt, settledAt } = history;
  const ofDay = Map.groupBy(dayRows, (row) => row.day);
  const open = new Map<string, number>();
  const move = (day: string) => {
    for (const { key, net } of ofDay.get(day) ?? []) open.set(key, (open.get(key) ?? 0) + net);
  };
  move(addDays(range.from, -1));
  const before = toCounts([...open]);
  const trendDays = days.map((day, index) => {
    move(day);
    const rows = ofDay.get(day) ?? [];
    const pick = (name: "opened" | "closed" | "scope_added" | "scope_lost") =>
      toCounts(rows.map((row) => [row.key, row[name]]));
    return {
      day,
      open: toCounts([...open]),
      opened: pick("opened"),
      closed: pick("closed"),
      scopeAdded: pick("scope_added"),
      scopeLost: pick("scope_lost"),
      known: (known.scopes[index] ?? 0) > (known.unknown[index] ?? 0),
      unknownScopes: known.unknown[index] ?? 0,
    };
  });
  return {
    ...range,
    by: query.by,
    asOf: firstSyncAt === null ? null : settledAt.toISOString(),
    firstSyncAt: firstSyncAt?.toISOString() ?? null,
    keys: toKeys(query.by, open, names),
    before,
    days: trendDays,
    movements: toMovements(movementRows),
    steps: known.steps,
    gaps: known.gaps,
  };
}

function toCounts(counts: [string, number][]): Record<string, number> {
  return Object.fromEntries(counts.filter(([, count]) => count !== 0));
}

function toMovements(rows: MovementRow[]): Trends["movements"] {
  const movements: Trends["movements"] = {};
  for (const { key, movement, n } of rows) movements[movement] = { ...movements[movement], [key]: n };
  return movements;
}

function toKeys(by: TrendKey, open: Map<string, number>, names: Map<string, string>): Trends["keys"] {
  const order = SEVERITIES as readonly string[]; // a key is text
  return [...open]
    .sort(([a, n], [b, m]) => (by === "severity" ? order.indexOf(a) - order.indexOf(b) : m - n || (a < b ? -1 : 1)))
    .map(([key]) => ({ key, label: names.get(key) ?? key }));
}
