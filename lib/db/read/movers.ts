import type { Mover, Movers, MoversQuery } from "#lib/domain/movers.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, type History, toldAt } from "./as-of.ts";
import { type DeltaScope, movementsWithSign, TEAM_OF_MOVEMENT, toEventConditions } from "./day-deltas.ts";
import { LINEAGE_PLACE } from "./finding-predicates.ts";
import { GROUPINGS, type GroupNames } from "./group-keys.ts";
import { selectMovements } from "./moved-findings.ts";
import { requireSpan, type Span, toMovedParts } from "./moved-parts.ts";
import { MOST_LOOKED_THROUGH } from "./movements.ts";
import { ask } from "./prepared.ts";

type Row = GroupNames & { added: number; taken: number };

const COUNTED = Prisma.sql`sum(n) FILTER (WHERE movement = ANY(${movementsWithSign(1)}))`;
const ADDED = Prisma.sql`coalesce(${COUNTED}, 0)::int AS added`;
const TAKEN = Prisma.sql`(sum(n) - coalesce(${COUNTED}, 0))::int AS taken`;
const LARGEST_FIRST = Prisma.sql`WHERE added <> taken ORDER BY abs(added - taken) DESC`;

/**
 * Where what is open changed most between two moments, the largest change first, then by name.
 * Throws AppError invalid-input for moments that cannot be told.
 */
export async function getMovers(query: MoversQuery, now: Date): Promise<Movers> {
  const history = await getHistory();
  const span = requireSpan(query, history, now);
  const scope: DeltaScope = { ...query, includeSample: history.includeSample };
  const isKnown = toldAt(history) !== null;
  return {
    from: isKnown ? span.from.toISOString() : null,
    asOf: isKnown ? span.to.toISOString() : null,
    by: query.by,
    movers: await selectMovers(query, scope, { ...span, history }),
  };
}

type Told = Span & { history: History };

async function selectMovers(query: MoversQuery, scope: DeltaScope, told: Told): Promise<Mover[] | null> {
  if (query.by === "account") return (await selectAccounts(query, scope, told)).map((row) => toMover(query, row));
  const moved = await ask<{ n: number }>(Prisma.sql`
    SELECT coalesce(sum(within), 0)::int AS n FROM (${toMovedParts(scope, Prisma.sql`d.movement`, { ...told, withinOnly: true })}) AS parts`);
  if ((moved[0]?.n ?? 0) > MOST_LOOKED_THROUGH) return null;
  return (await selectGroups(query, scope, told)).map((row) => toMover(query, row));
}

function selectAccounts({ limit }: MoversQuery, scope: DeltaScope, told: Told): Promise<Row[]> {
  return ask<Row>(Prisma.sql`
    SELECT c.*, a.name AS account_name FROM (
      SELECT account_id, ${ADDED}, ${TAKEN} FROM (
        SELECT account_id, movement, within AS n
        FROM (${toMovedParts(scope, Prisma.sql`d.account_id, d.movement`, { ...told, byAccount: true, withinOnly: true })}) AS parts
      ) AS moved GROUP BY 1
    ) AS c LEFT JOIN account a ON a.id = c.account_id ${LARGEST_FIRST}, c.account_id LIMIT ${limit}`);
}

/** By what the findings that moved have in common. */
function selectGroups({ by, limit }: MoversQuery, scope: DeltaScope, { from, to }: Span): Promise<Row[]> {
  const { keys, belongs } = GROUPINGS[by];
  const moved = selectMovements(
    Prisma.sql`a.id AS account_id, e.source, e.type, e.is_sample, e.finding_id, m.severity, m.movement, 1 AS n, ${TEAM_OF_MOVEMENT}`,
    Prisma.sql`${new Date(from.getTime() + 1)}::timestamptz`,
    Prisma.sql`${new Date(to.getTime() + 1)}::timestamptz`,
  );
  const groups = Prisma.join(
    keys.map((_, index) => Prisma.raw(String(index + 1))),
    ", ",
  );
  return ask<Row>(Prisma.sql`
    SELECT c.added, c.taken, f.account_id, a.name AS account_name, f.issue_id, v.name AS vulnerability_name,
      v.title AS vulnerability_title, left(v.description, 240) AS description_start, r.name AS resource_name,
      r.source_id AS resource_source_id, ${LINEAGE_PLACE} AS place, f.package_name, f.scan_name
    FROM (
      SELECT * FROM (
        SELECT ${Prisma.join(keys)}, ${ADDED}, ${TAKEN}, min(f.id::text)::uuid AS example_id
        FROM (SELECT * FROM (${moved}) AS d WHERE ${toEventConditions(scope)}) AS d
        -- What moved is few, and looked up one by one: of movements the planner knows nothing, and would read every finding
        -- that has a CVE.
        CROSS JOIN LATERAL (SELECT * FROM finding WHERE account_id = d.account_id AND id = d.finding_id OFFSET 0) AS f
        CROSS JOIN LATERAL (SELECT * FROM resource WHERE account_id = f.account_id AND id = f.resource_id OFFSET 0) AS r
        WHERE ${belongs} GROUP BY ${groups}
      ) AS grouped ${LARGEST_FIRST}, example_id LIMIT ${limit}
    ) AS c JOIN finding f ON f.id = c.example_id
    LEFT JOIN account a ON a.id = f.account_id
    LEFT JOIN vulnerability v ON v.id = f.vulnerability_id
    LEFT JOIN resource r ON r.account_id = f.account_id AND r.id = f.resource_id
    ${LARGEST_FIRST}, c.example_id`);
}

function toMover({ by }: MoversQuery, row: Row): Mover {
  const { label, about, account, conditions } = GROUPINGS[by].toGroup(row);
  return { label, about, account, conditions, added: row.added, taken: row.taken, net: row.added - row.taken };
}
