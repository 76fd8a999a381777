import { isToCome, toInstant } from "#lib/domain/as-of.ts";
import { addDays, endOfDay, toDay } from "#lib/domain/day.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { MovementsQuery } from "#lib/domain/movements.ts";
import { Prisma } from "../generated/client.ts";
import type { History } from "./as-of.ts";
import { type DeltaScope, TEAM_OF_MOVEMENT, toDeltaTable, toScopeConditions } from "./day-deltas.ts";
import { selectMovements } from "./moved-findings.ts";

/** After one moment, up to and with another. */
export type Span = { from: Date; to: Date };

type Moments = Pick<MovementsQuery, "from" | "to">;

/** The moments that are told of: what is not settled yet is not. Throws AppError invalid-input where they cannot be told. */
export function requireSpan({ from, to }: Moments, { settledAt }: History, now: Date): Span {
  const fault = (field: string, message: string) =>
    new AppError("invalid-input", `\`${field}\`: ${message}.`, { faults: [{ field, message }] });
  if (toInstant(from) > toInstant(to)) throw fault("from", "It lies after `to`");
  if (isToCome(to, now)) throw fault("to", "It lies in the future: nothing is known of it yet");
  const toMoment = (asOf: string) => new Date(Math.min(toInstant(asOf).getTime(), settledAt.getTime()));
  return { from: toMoment(from), to: toMoment(to) };
}

/** `withinOnly`: what moved before the span is not asked for, and its days are not read. */
type Told = Span & { history: History; byAccount?: boolean; withinOnly?: boolean };

/**
 * What moved in a scope, as rows of `columns` of the day deltas `d`, with how much `before` the span and `within` it: from
 * the deltas, and the events of the days that are told in part.
 */
export function toMovedParts(scope: DeltaScope, columns: Prisma.Sql, told: Told): Prisma.Sql {
  const [start, end] = [toEdge(told.from, told.history), toEdge(told.to, told.history)];
  const conditions = toScopeConditions(scope);
  const since = told.withinOnly ? Prisma.sql`AND d.day > ${start.day}::date` : Prisma.empty;
  const parts = [
    Prisma.sql`SELECT ${columns}, CASE WHEN d.day <= ${start.day}::date THEN d.n ELSE 0 END AS before,
      CASE WHEN d.day <= ${start.day}::date THEN 0 ELSE d.n END AS within
      FROM ${toDeltaTable(scope, told.byAccount ?? false)} WHERE d.day <= ${end.day}::date ${since} AND ${conditions}`,
    ...start.events.map((events) => Prisma.sql`SELECT ${columns}, d.n, -d.n FROM (${events}) AS d WHERE ${conditions}`),
    ...end.events.map((events) => Prisma.sql`SELECT ${columns}, 0, d.n FROM (${events}) AS d WHERE ${conditions}`),
  ];
  return Prisma.join(parts, " UNION ALL ");
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
    Prisma.sql`a.id AS account_id, e.source, e.type, e.is_sample, m.severity, m.movement, m.reason, ${n}::int AS n, ${TEAM_OF_MOVEMENT}`,
    Prisma.sql`${from}::timestamptz`,
    Prisma.sql`${before}::timestamptz`,
  );
}
