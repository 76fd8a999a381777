import { type SearchTerm, toSearchTerms } from "#lib/domain/search-terms.ts";
import { Prisma } from "../generated/client.ts";

/**
 * Where a text may occur: in a CVE or its title, a package, the start of a resource's name, a file, or in a title that is
 * not made of these; or it is the whole id of a resource. Each is written as the index on its dictionary is.
 */
function toPlaces(text: string): Prisma.Sql[] {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
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
 * The findings in which one term occurs, found from the dictionaries, as rows `f`; and the other terms. Which term: the
 * longest, since it is likely to be the rarest. Null where nothing must occur.
 */
export function toFoundRows(q: string | undefined): { rows: Prisma.Sql; others: SearchTerm[] } | null {
  const terms = toSearchTerms(q ?? "");
  const [longest] = terms.filter(({ isExcluded }) => !isExcluded).toSorted((a, b) => b.text.length - a.text.length);
  if (longest === undefined) return null;
  const places = toPlaces(longest.text);
  // Each finding once: where it was found before, it is passed over.
  const parts = places.map((place, index) => {
    const before = places.slice(0, index).map((one) => Prisma.sql`(${one}) IS NOT TRUE`);
    return Prisma.sql`SELECT f.* FROM finding f WHERE ${Prisma.join([place, ...before], " AND ")}`;
  });
  return {
    rows: Prisma.sql`(${Prisma.join(parts, " UNION ALL ")}) AS f`,
    others: terms.filter((term) => term !== longest),
  };
}
