import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import { type FacetName, type FindingFacets, facetNameSchema } from "#lib/domain/finding-page.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { Prisma } from "../generated/client.ts";
import type { ConditionSet } from "./finding-conditions.ts";
import { countOpenBy, isDeltaFacet } from "./open-facets.ts";
import { ask } from "./prepared.ts";
import { readConditions } from "./read-conditions.ts";
import { isSampleShown } from "./sample-visibility.ts";

const COLUMNS: Record<FacetName, { sql: string; isInCube: boolean; isOfStanding?: boolean }> = {
  severity: { sql: "f.severity", isInCube: true, isOfStanding: true },
  status: { sql: "f.status", isInCube: true, isOfStanding: true },
  source: { sql: "f.source", isInCube: true },
  type: { sql: "f.type", isInCube: true },
  accountId: { sql: "f.account_id", isInCube: true },
  fixAvailable: { sql: "f.fix_available", isInCube: true },
  exploitAvailable: { sql: "f.exploit_available", isInCube: true },
  knownExploited: { sql: "CASE WHEN f.known_exploited THEN 'yes' ELSE 'no' END", isInCube: true },
  region: { sql: "f.region", isInCube: false },
  resourceType: { sql: "f.resource_type", isInCube: false },
};

type CountRow = { facet: FacetName; value: string; count: number };

/**
 * For each facet its values with how many findings match all *other* conditions: severities worst first, the rest most
 * frequent first. A value that was asked for stays, at 0 when nothing matches. Not told ("unknown") is no value.
 */
export async function getFindingFacets(filter: FindingConditions): Promise<FindingFacets> {
  const includeSample = await isSampleShown();
  const conditions = await readConditions(filter, { isSampleShown: includeSample });
  const facets = facetNameSchema.options;
  // Facets without a condition of their own see the same rows: one look counts them all.
  const free = facets.filter((facet) => !conditions.has(facet));
  const groups = [free, ...facets.filter((facet) => conditions.has(facet)).map((facet) => [facet])];
  const [names, counted] = await Promise.all([
    accountNames(),
    Promise.all(groups.flatMap((group) => countGroup(group, { filter, conditions, includeSample }))),
  ]);
  const rows = counted.flat();
  const values = Object.fromEntries(facets.map((facet) => [facet, toValues(facet, rows, filter, names)]));
  // Every facet is a key.
  return { asOf: conditions.view.asOf?.toISOString() ?? null, ...values } as FindingFacets;
}

type Question = { filter: FindingConditions; conditions: ConditionSet; includeSample: boolean };

/** Each facet from the smallest table that can answer. */
function countGroup(facets: FacetName[], question: Question): Promise<CountRow[]>[] {
  const { conditions } = question;
  const { view } = conditions;
  const own = facets.length === 1 ? facets[0] : undefined;
  const byTable = Map.groupBy(facets, (facet) => tableOf(facet, own, conditions));
  const of = (table: Table) => byTable.get(table) ?? [];
  const where = conditions.where(own);
  return [
    ...of("deltas").map((facet) => countByDeltas(facet, question)),
    count(of("cube"), Prisma.sql`sum(f.n)`, Prisma.sql`finding_cube f`, where),
    count(of("standing"), Prisma.sql`count(*)`, view.standing, where),
    count(of("rows"), Prisma.sql`count(*)`, view.rows, where),
  ];
}

type Table = "cube" | "deltas" | "standing" | "rows";

function tableOf(facet: FacetName, own: FacetName | undefined, conditions: ConditionSet): Table {
  if (COLUMNS[facet].isInCube && conditions.isInCube(own)) return "cube";
  if (conditions.view.asOf === null) return "rows";
  if (isDeltaFacet(facet) && conditions.isInDeltas(own)) return "deltas";
  return COLUMNS[facet].isOfStanding && conditions.isOfStanding(own) ? "standing" : "rows";
}

/** What is left out of its own facet's question is the facet's own condition. */
async function countByDeltas(facet: FacetName, { filter, conditions, includeSample }: Question): Promise<CountRow[]> {
  const { asOf } = conditions.view;
  if (asOf === null || !isDeltaFacet(facet)) return [];
  const { severity, source, type, accountId, team } = filter;
  const scope = { severity, source, type, accountId, team, includeSample, [facet]: [] };
  return (await countOpenBy(facet, asOf, scope)).map((row) => ({ facet, ...row }));
}

async function count(facets: FacetName[], total: Prisma.Sql, from: Prisma.Sql, where: Prisma.Sql): Promise<CountRow[]> {
  if (facets.length === 0) return [];
  const columns = facets.map((facet) => Prisma.raw(COLUMNS[facet].sql));
  const alias = (index: number) => Prisma.raw(`c${index}`);
  const query = Prisma.sql`
    SELECT ${Prisma.join(facets.map((_, index) => Prisma.sql`grouping(${alias(index)}) AS ${Prisma.raw(`g${index}`)}, ${alias(index)}`))},
      sum(n)::int AS count
    FROM (
      SELECT ${Prisma.join(columns.map((column, index) => Prisma.sql`${column} AS ${alias(index)}`))}, ${total} AS n
      FROM ${from} ${where} GROUP BY ${Prisma.join(columns)}
    ) AS cells
    GROUP BY GROUPING SETS (${Prisma.join(facets.map((_, index) => Prisma.sql`(${alias(index)})`))})
    HAVING sum(n) > 0`;
  const rows = await ask(query);
  return rows.flatMap((row) =>
    facets.flatMap((facet, index) =>
      row[`g${index}`] === 0 ? [{ facet, value: row[`c${index}`], count: row.count }] : [],
    ),
  );
}

function toValues(facet: FacetName, rows: CountRow[], filter: FindingConditions, names: Map<string, string>) {
  const counts = new Map(
    rows.filter((row) => row.facet === facet && row.value !== "unknown").map((row) => [row.value, row.count]),
  );
  for (const asked of [filter[facet] ?? []].flat()) if (!counts.has(asked)) counts.set(asked, 0);
  return [...counts]
    .map(([value, count]) => ({ value, label: names.get(value) ?? value, count }))
    .sort((a, b) =>
      facet === "severity"
        ? severityOrder(a.value) - severityOrder(b.value)
        : b.count - a.count || (a.label < b.label ? -1 : 1),
    );
}

function severityOrder(value: string): number {
  return (SEVERITIES as readonly string[]).indexOf(value); // a facet value is text
}

async function accountNames(): Promise<Map<string, string>> {
  const rows = await ask<{ id: string; name: string }>(Prisma.sql`SELECT id, name FROM account WHERE name IS NOT NULL`);
  return new Map(rows.map((row) => [row.id, row.name]));
}
