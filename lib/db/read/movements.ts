import { MOVEMENT_SIGN, type Movement, type MoveReason, moveReasonSchema } from "#lib/domain/lifecycle-event.ts";
import type { MoveBar, Movements, MovementsQuery } from "#lib/domain/movements.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, type History, toldAt } from "./as-of.ts";
import { type DeltaScope, TEAM_OF_MOVEMENT, toEventConditions } from "./day-deltas.ts";
import { selectMovements } from "./moved-findings.ts";
import { requireSpan, type Span, toMovedParts } from "./moved-parts.ts";
import { ask } from "./prepared.ts";

/** So many movements are looked through to tell how many findings moved. */
export const MOST_LOOKED_THROUGH = 20_000;

type Row = { severity: Severity; movement: Movement; reason: MoveReason; before: number; within: number };

/**
 * Why what is open moved after one moment and up to another, from the day deltas and the events of the days that are
 * told in part. `to` is told as of the settled instant, if that is earlier.
 * Throws AppError invalid-input for moments that cannot be told.
 */
export async function getMovements(query: MovementsQuery, now: Date): Promise<Movements> {
  const history = await getHistory();
  const { from, to } = requireSpan(query, history, now);
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

async function selectRows(scope: DeltaScope, span: Span, history: History): Promise<Row[]> {
  const columns = Prisma.sql`d.severity, d.movement, d.reason`;
  return ask<Row>(Prisma.sql`
    SELECT severity, movement, reason, sum(before)::int AS before, sum(within)::int AS within
    FROM (${toMovedParts(scope, columns, { ...span, history })}) AS parts GROUP BY 1, 2, 3`);
}

/** How many findings moved so, by reason. */
async function countFindings(scope: DeltaScope, { from, to }: Span): Promise<Map<MoveReason, number>> {
  const moved = selectMovements(
    Prisma.sql`a.id AS account_id, e.source, e.type, e.is_sample, e.finding_id, m.severity, m.reason, ${TEAM_OF_MOVEMENT}`,
    Prisma.sql`${new Date(from.getTime() + 1)}::timestamptz`,
    Prisma.sql`${new Date(to.getTime() + 1)}::timestamptz`,
  );
  const rows = await ask<{ reason: MoveReason; n: number }>(Prisma.sql`
    SELECT d.reason, count(DISTINCT d.finding_id)::int AS n FROM (${moved}) AS d
    WHERE ${toEventConditions(scope)} GROUP BY 1`);
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
