import type { SearchTerm } from "#lib/domain/search-terms.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

const toPattern = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;

/**
 * Where a text may occur: in a CVE or its title, a package, the start of a resource's name, a file, or in a title that is
 * not made of these; or it is the whole id of a resource. Each is written as the index on its dictionary is.
 */
function toPlaces(text: string): Prisma.Sql[] {
  const pattern = toPattern(text);
  return [
    Prisma.sql`f.vulnerability_id IN (
      SELECT id FROM vulnerability WHERE lower(name) LIKE ${pattern} OR lower(title) LIKE ${pattern})`,
    Prisma.sql`f.package_name IN (SELECT name FROM package WHERE lower(name) LIKE ${pattern})`,
    Prisma.sql`(f.account_id, f.resource_id) IN (
      SELECT account_id, id FROM resource WHERE lower(left(name, 64)) LIKE ${pattern} OR source_id = ${text})`,
    Prisma.sql`(f.type <> 'package' AND (lower(f.title) LIKE ${pattern} OR lower(f.path) LIKE ${pattern}))`,
    Prisma.sql`(f.package_count > 1 AND (f.account_id, f.id) IN (
      SELECT fp.account_id, fp.finding_id FROM finding_package fp JOIN package k ON k.id = fp.package_id
      WHERE lower(k.name) LIKE ${pattern}))`,
  ];
}

/** One condition a term. */
export function toSearchConditions(terms: SearchTerm[]): Prisma.Sql[] {
  return terms.map(({ text, isExcluded }) => {
    const occurs = Prisma.sql`(${Prisma.join(toPlaces(text), " OR ")})`;
    return isExcluded ? Prisma.sql`${occurs} IS NOT TRUE` : occurs;
  });
}

/**
 * The findings in which a term occurs, found from the dictionaries, as rows `f`. Each once: where it was found before,
 * it is passed over.
 */
export function toFoundRows({ text }: SearchTerm): Prisma.Sql {
  const places = toPlaces(text);
  const parts = places.map((place, index) => {
    const before = places.slice(0, index).map((one) => Prisma.sql`(${one}) IS NOT TRUE`);
    return Prisma.sql`SELECT f.* FROM finding f WHERE ${Prisma.join([place, ...before], " AND ")}`;
  });
  return Prisma.sql`(${Prisma.join(parts, " UNION ALL ")}) AS f`;
}

const MOST_COUNTED = 1_000;

/** Of the terms that must occur the one that the fewest CVEs, packages and resources have; null where there is none. */
export async function findRarest(terms: SearchTerm[]): Promise<SearchTerm | null> {
  const [first, ...more] = terms.filter(({ isExcluded }) => !isExcluded);
  if (first === undefined || more.length === 0) return first ?? null;
  const asked = [first, ...more];
  const patterns = Prisma.sql`unnest(${asked.map(({ text }) => toPattern(text))}::text[]) WITH ORDINALITY AS t (pattern, place)`;
  const [rarest] = await ask<{ place: number }>(Prisma.sql`
    SELECT t.place::int - 1 AS place FROM ${patterns} CROSS JOIN LATERAL (
      SELECT count(*) AS n FROM (
        (SELECT FROM vulnerability WHERE lower(name) LIKE t.pattern OR lower(title) LIKE t.pattern LIMIT ${MOST_COUNTED})
        UNION ALL (SELECT FROM package WHERE lower(name) LIKE t.pattern LIMIT ${MOST_COUNTED})
        UNION ALL (SELECT FROM resource WHERE lower(left(name, 64)) LIKE t.pattern LIMIT ${MOST_COUNTED})
      ) AS found
    ) AS entries ORDER BY n, length(t.pattern) DESC LIMIT 1`);
  return asked[rarest?.place ?? 0] ?? first;
}
