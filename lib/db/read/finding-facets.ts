import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import { type FacetName, type FindingFacets, facetNameSchema } from "#lib/domain/finding-page.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { Prisma } from "../generated/client.ts";
import type { ConditionSet } from "./finding-conditions.ts";
import { countOpenBy, isDeltaFacet } from "./open-facets.ts";
import { ask } from "./prepared.ts";
import { readConditions } from "./read-conditions.ts";
import { isSampleShown } from "./sample-visibility.ts";

const COLUMNS: Record<Exclude<FacetName, "team">, string> = {
  severity: "f.severity",
  status: "f.status",
  source: "f.source",
  type: "f.type",
  accountId: "f.account_id",
  fixAvailable: "f.fix_available",
  exploitAvailable: "f.exploit_available",
  knownExploited: "CASE WHEN f.known_exploited THEN 'yes' ELSE 'no' END",
  region: "f.region",
  resourceType: "f.resource_type",
};

/** A row of a rollup has a team, a finding that of its lineage. */
const TEAM_OF_ROW = "f.team_id";
const TEAM_OF_LINEAGE = `coalesce((SELECT t.team_id FROM lineage_team t WHERE t.account_id = f.account_id AND t.lineage_id = f.lineage_id), '${NO_TEAM}')`;

/** Beyond so many findings that no rollup counts, counting stops. What versions alone tell of the past is read quickly. */
const MOST_COUNTED = { present: 5_000, past: 20_000, standing: 500_000 };

type CountRow = { facet: FacetName; value: string; count: number };

/**
 * For each facet its values with how many findings match all *other* conditions: severities worst first, the rest most
 * frequent first. A value that was asked for stays, at 0 when nothing matches. Not told ("unknown") is no value.
 * Where no rollup has the counts, counting stops at 5,000 that match, as of a moment at 20,000: if there are more, `exact`
 * is false, and each count is at least so much.
 */
export async function getFindingFacets(filter: FindingConditions): Promise<FindingFacets> {
  const includeSample = await isSampleShown();
  const conditions = await readConditions(filter, { isSampleShown: includeSample });
  const facets = facetNameSchema.options;
  // Facets without a condition of their own see the same rows: one look counts them all.
  const free = facets.filter((facet) => !conditions.has(facet));
  const alone = facets.filter((facet) => conditions.has(facet));
  const looks = [...toLooks(free, conditions), ...alone.flatMap((facet) => toLooks([facet], conditions, facet))];
  const ofDeltas = looks.filter(({ from }) => from === "deltas").flatMap((look) => look.facets);
  const [names, ...counted] = await Promise.all([
    listNames(),
    countLooks(looks),
    ...ofDeltas.map((facet) => countByDeltas(facet, { filter, conditions, includeSample })),
  ]);
  const rows = counted.flat();
  const caps = new Map(looks.flatMap((look) => look.facets.map((facet) => [facet, capOf(look)])));
  const values = Object.fromEntries(
    facets.map((facet) => {
      const own = rows.filter((row) => row.facet === facet);
      const exact = own.reduce((sum, { count }) => sum + count, 0) <= (caps.get(facet) ?? 0);
      return [facet, toValues(own, [filter[facet] ?? []].flat(), { facet, exact, names: names[facet] })];
    }),
  );
  // Every facet is a key.
  return { asOf: conditions.view.asOf?.toISOString() ?? null, ...values } as FindingFacets;
}

/** Facets that are counted over the same rows. */
type Look = { facets: FacetName[]; from: "deltas" | Origin };
type Origin = { rows: Prisma.Sql; team: string; total: Prisma.Sql; where: Prisma.Sql; most: number };

/** A rollup counts whatever there is. */
const capOf = ({ from }: Look): number => (from === "deltas" ? Number.POSITIVE_INFINITY : from.most);

/** Each facet from the smallest table that can answer; `own` leaves out the condition of that name. */
function toLooks(facets: FacetName[], conditions: ConditionSet, own?: FacetName): Look[] {
  const looks = new Map<string, Look>();
  for (const facet of facets) {
    const from = originOf(facet, conditions, own);
    const key = from === "deltas" ? from : from.rows.text;
    const look = looks.get(key) ?? { facets: [], from };
    look.facets.push(facet);
    looks.set(key, look);
  }
  return [...looks.values()];
}

const STANDING = new Set<FacetName>(["severity", "status"]);

function originOf(facet: FacetName, conditions: ConditionSet, own?: FacetName): Look["from"] {
  const { view } = conditions;
  const cube = conditions.cube([facet], own);
  if (cube !== null) {
    const where = conditions.whereOfCube({ except: own });
    return {
      rows: Prisma.sql`${cube} f`,
      team: TEAM_OF_ROW,
      total: Prisma.sql`sum(f.n)`,
      where,
      most: Number.POSITIVE_INFINITY,
    };
  }
  const where = conditions.where({ except: own });
  if (view.asOf === null) return toFirst(MOST_COUNTED.present, view.rows, where);
  if (isDeltaFacet(facet) && conditions.isInDeltas(own)) return "deltas";
  if (STANDING.has(facet) && conditions.isOfStanding(own)) return toFirst(MOST_COUNTED.standing, view.standing, where);
  return toFirst(MOST_COUNTED.past, view.rows, where);
}

/** The first so many of what matches, and one more that tells that there are more. */
function toFirst(most: number, rows: Prisma.Sql, where: Prisma.Sql): Origin {
  const some = Prisma.sql`(SELECT f.* FROM ${rows} ${where} LIMIT ${most + 1}) AS f`;
  return { rows: some, team: TEAM_OF_LINEAGE, total: Prisma.sql`count(*)`, where: Prisma.empty, most };
}

type Question = { filter: FindingConditions; conditions: ConditionSet; includeSample: boolean };

/** What is left out of its own facet's question is the facet's own condition. */
async function countByDeltas(facet: FacetName, { filter, conditions, includeSample }: Question): Promise<CountRow[]> {
  const { asOf } = conditions.view;
  if (asOf === null || !isDeltaFacet(facet)) return [];
  const { severity, source, type, accountId, team } = filter;
  const scope = { severity, source, type, accountId, team, includeSample, [facet]: [] };
  return (await countOpenBy(facet, asOf, scope)).map((row) => ({ facet, ...row }));
}

/** One statement for all: of one moment, and one way there and back. */
async function countLooks(looks: Look[]): Promise<CountRow[]> {
  const counts = looks.flatMap(({ facets, from }) => (from === "deltas" ? [] : [toCountSql(facets, from)]));
  if (counts.length === 0) return [];
  return await ask<CountRow>(Prisma.join(counts, " UNION ALL "));
}

/** `facet`, `value`, `count`: first what is alike in all of them, then each of them over what that leaves. */
function toCountSql(facets: FacetName[], { rows, team, total, where }: Origin): Prisma.Sql {
  const columns = facets.map((facet) => Prisma.raw(facet === "team" ? team : COLUMNS[facet]));
  const [only, ...more] = columns;
  if (only && more.length === 0) {
    return Prisma.sql`SELECT ${Prisma.raw(`'${facets[0]}'`)} AS facet, ${only} AS value, (${total})::int AS count
      FROM ${rows} ${where} GROUP BY 2 HAVING ${total} > 0`;
  }
  const alias = (index: number) => Prisma.raw(`c${index}`);
  const names = facets.map(
    (facet, index) => Prisma.sql`WHEN grouping(${alias(index)}) = 0 THEN ${Prisma.raw(`'${facet}'`)}`,
  );
  return Prisma.sql`
    SELECT CASE ${Prisma.join(names, " ")} END AS facet, coalesce(${Prisma.join(facets.map((_, index) => alias(index)))}) AS value,
      sum(n)::int AS count
    FROM (
      SELECT ${Prisma.join(columns.map((column, index) => Prisma.sql`${column} AS ${alias(index)}`))}, ${total} AS n
      FROM ${rows} ${where} GROUP BY ${Prisma.join(columns)}
    ) AS cells
    GROUP BY GROUPING SETS (${Prisma.join(facets.map((_, index) => Prisma.sql`(${alias(index)})`))})
    HAVING sum(n) > 0`;
}

type Told = { facet: FacetName; exact: boolean; names: Map<string, string> | undefined };

function toValues(rows: CountRow[], asked: string[], { facet, exact, names }: Told) {
  const counts = new Map(rows.filter((row) => row.value !== "unknown").map((row) => [row.value, row.count]));
  for (const value of asked) if (!counts.has(value)) counts.set(value, 0);
  return [...counts]
    .map(([value, count]) => ({ value, label: names?.get(value) ?? value, count, exact }))
    .sort((a, b) =>
      facet === "severity"
        ? severityOrder(a.value) - severityOrder(b.value)
        : b.count - a.count || (a.label < b.label ? -1 : 1),
    );
}

function severityOrder(value: string): number {
  return (SEVERITIES as readonly string[]).indexOf(value); // a facet value is text
}

/** What the server calls accounts and teams. */
async function listNames(): Promise<Partial<Record<FacetName, Map<string, string>>>> {
  const rows = await ask<{ facet: FacetName; id: string; name: string }>(Prisma.sql`
    SELECT 'accountId' AS facet, id, name FROM account WHERE name IS NOT NULL UNION ALL SELECT 'team', id, name FROM team`);
  const named = (facet: FacetName) =>
    new Map(rows.filter((row) => row.facet === facet).map(({ id, name }) => [id, name]));
  return { accountId: named("accountId"), team: named("team") };
}
