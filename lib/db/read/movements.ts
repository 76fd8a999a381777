import { isToCome, toInstant } from "#lib/domain/as-of.ts";
import { addDays, endOfDay, toDay } from "#lib/domain/day.ts";
import { AppError } from "#lib/domain/errors.ts";
import { MOVEMENT_SIGN, type Movement, type MoveReason, moveReasonSchema } from "#lib/domain/lifecycle-event.ts";
import type { MoveBar, Movements, MovementsQuery } from "#lib/domain/movements.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, type History, toldAt } from "./as-of.ts";
import { type DeltaScope, TEAM_OF_MOVEMENT, toDeltaTable, toScopeConditions } from "./day-deltas.ts";
import { selectMovements } from "./moved-findings.ts";
import { ask } from "./prepared.ts";

/** So many movements are looked through to tell how many findings moved. */
const MOST_LOOKED_THROUGH = 50_000;

type Row = { severity: Severity; movement: Movement; reason: MoveReason; before: number; within: number };

/**
 * Why what is open moved after one moment and up to another, from the day deltas and the events of the days that are
 * told in part. `to` is told as of the settled instant, if that is earlier.
 * Throws AppError invalid-input for moments that cannot be told.
 */
export async function getMovements(query: MovementsQuery, now: Date): Promise<Movements> {
  const history = await getHistory();
  const [from, to] = [toMoment(query.from, history), toMoment(query.to, history)];
  requireOrder(query, now);
  const scope: DeltaScope = { ...query, includeSample: history.includeSample };
  const rows = await selectRows(scope, { from, to }, history);
  const moved = rows.reduce((sum, { within }) => sum + within, 0);
  const findings = moved > MOST_LOOKED_THROUGH ? null : await countFindings(scope, { from, to });
  const before = toOpen(rows.map((row) => ({ ...row, n: row.before })));
  const isKnown = toldAt(history) !== null;
  return {
    from: isKnown ? from.toISOString() : null,
    asOf: isKnown ? to.toISOString() : null,
    firstSyncAt: history.firstSyncAt?.toISOString() ?? null,
    before,
    after: toOpen(rows.map((row) => ({ ...row, n: row.before + row.within }))),
    bars: moveReasonSchema.options.map((reason) =>
      toBar(
        reason,
        rows.filter((row) => row.reason === reason),
        findings && (findings.get(reason) ?? 0),
      ),
    ),
  };
}

const toMoment = (asOf: string, { settledAt }: History): Date =>
  new Date(Math.min(toInstant(asOf).getTime(), settledAt.getTime()));

function requireOrder({ from, to }: MovementsQuery, now: Date): void {
  const fault = (field: string, message: string) =>
    new AppError("invalid-input", `\`${field}\`: ${message}.`, { faults: [{ field, message }] });
  if (toInstant(from) > toInstant(to)) throw fault("from", "It lies after `to`");
  if (isToCome(to, now)) throw fault("to", "It lies in the future: nothing is known of it yet");
}

type Span = { from: Date; to: Date };

async function selectRows(scope: DeltaScope, { from, to }: Span, history: History): Promise<Row[]> {
  const [start, end] = [toEdge(from, history), toEdge(to, history)];
  const conditions = toScopeConditions(scope);
  const columns = Prisma.sql`d.severity, d.movement, d.reason`;
  const parts = [
    Prisma.sql`SELECT ${columns}, CASE WHEN d.day <= ${start.day}::date THEN d.n ELSE 0 END AS before,
      CASE WHEN d.day <= ${start.day}::date THEN 0 ELSE d.n END AS within
      FROM ${toDeltaTable(scope, false)} WHERE d.day <= ${end.day}::date AND ${conditions}`,
    ...start.events.map((events) => Prisma.sql`SELECT ${columns}, d.n, -d.n FROM (${events}) AS d WHERE ${conditions}`),
    ...end.events.map((events) => Prisma.sql`SELECT ${columns}, 0, d.n FROM (${events}) AS d WHERE ${conditions}`),
  ];
  return ask<Row>(Prisma.sql`
    SELECT severity, movement, reason, sum(before)::int AS before, sum(within)::int AS within
    FROM (${Prisma.join(parts, " UNION ALL ")}) AS parts GROUP BY 1, 2, 3`);
}

/** The days that are whole at a moment, and the movements that they have too few or too many, as rows like theirs. */
type Edge = { day: string; events: Prisma.Sql[] };

function toEdge(at: Date, { settledAt, hasUnsettled }: History): Edge {
  const day = toDay(at);
  const end = endOfDay(day);
  if (at.getTime() === end.getTime()) return { day, events: [] };
  const next = new Date(at.getTime() + 1);
  // What is not settled is less than what is, and mostly nothing.
  if (at.getTime() === settledAt.getTime())
    return { day, events: hasUnsettled ? [toEvents(next, new Date(end.getTime() + 1), -1)] : [] };
  return { day: addDays(day, -1), events: [toEvents(new Date(day), next, 1)] };
}

function toEvents(from: Date, before: Date, n: 1 | -1): Prisma.Sql {
  return selectMovements(
    Prisma.sql`e.account_id, e.source, e.type, e.is_sample, m.severity, m.movement, m.reason, ${n}::int AS n, ${TEAM_OF_MOVEMENT}`,
    Prisma.sql`${from}::timestamptz`,
    Prisma.sql`${before}::timestamptz`,
  );
}

/** How many findings moved so, by reason. */
async function countFindings(scope: DeltaScope, { from, to }: Span): Promise<Map<MoveReason, number>> {
  const moved = selectMovements(
    Prisma.sql`e.account_id, e.source, e.type, e.is_sample, e.finding_id, m.severity, m.reason, ${TEAM_OF_MOVEMENT}`,
    Prisma.sql`${new Date(from.getTime() + 1)}::timestamptz`,
    Prisma.sql`${new Date(to.getTime() + 1)}::timestamptz`,
  );
  const rows = await ask<{ reason: MoveReason; n: number }>(Prisma.sql`
    SELECT d.reason, count(DISTINCT d.finding_id)::int AS n FROM (${moved}) AS d
    WHERE ${toScopeConditions(scope)} GROUP BY 1`);
  return new Map(rows.map(({ reason, n }) => [reason, n]));
}

type Counted = Pick<Row, "severity" | "movement"> & { n: number };

function toBar(reason: MoveReason, rows: Row[], findings: number | null): MoveBar {
  const sumOf = (sign: 1 | -1) =>
    rows.reduce((sum, { movement, within }) => sum + (MOVEMENT_SIGN[movement] === sign ? within : 0), 0);
  const [added, taken] = [sumOf(1), sumOf(-1)];
  const { bySeverity } = toOpen(rows.map((row) => ({ ...row, n: row.within })));
  return { reason, added, taken, net: added - taken, netBySeverity: bySeverity, findings };
}

function toOpen(rows: Counted[]): Movements["before"] {
  const bySeverity: Movements["before"]["bySeverity"] = {};
  let total = 0;
  for (const { severity, movement, n } of rows) {
    const signed = MOVEMENT_SIGN[movement] * n;
    bySeverity[severity] = (bySeverity[severity] ?? 0) + signed;
    total += signed;
  }
  return { total, bySeverity };
}
