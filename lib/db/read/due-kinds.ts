import { findingTypeSchema, sourceNameSchema } from "#lib/domain/finding.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { Prisma } from "../generated/client.ts";
import type { DeltaScope } from "./day-deltas.ts";

type Kinds = Pick<DeltaScope, "severity" | "source" | "type">;

/** The bits of what is of the scope's sources, types and severities: of each severity a row of `severity` and `kinds`. */
export function toKindsBySeverity({ severity, source, type }: Kinds): Prisma.Sql {
  const orAll = <Value extends string>(values: Value[], all: readonly Value[]) => (values.length > 0 ? values : all);
  return Prisma.sql`
    SELECT severity, bit_or(due_kind(source, type, severity)) AS kinds
    FROM unnest(${orAll(source, sourceNameSchema.options)}::text[]) AS source,
      unnest(${orAll(type, findingTypeSchema.options)}::text[]) AS type, unnest(${orAll(severity, SEVERITIES)}::text[]) AS severity
    GROUP BY severity`;
}

/** The scope's conditions over what due dates are counted by, rows `d`, beside its accounts. */
export function toKindConditions({ team, includeSample, ...kinds }: Omit<DeltaScope, "accountId">): Prisma.Sql {
  const conditions = [Prisma.sql`true`];
  if (team.length > 0) conditions.push(Prisma.sql`d.team_id = ANY(${team})`);
  if (!includeSample || kinds.severity.length + kinds.source.length + kinds.type.length > 0) {
    const asked = Prisma.sql`(SELECT bit_or(kinds) FROM (${toKindsBySeverity(kinds)}) AS s)`;
    const isOfSample = includeSample ? Prisma.sql`d.sample_kinds & ${asked} <> 0` : Prisma.sql`false`;
    conditions.push(Prisma.sql`(d.kinds & ${asked} <> 0 OR ${isOfSample})`);
  }
  return Prisma.join(conditions, " AND ");
}
