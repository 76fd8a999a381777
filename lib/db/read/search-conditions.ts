import { type SearchTerm, toSearchTerms } from "#lib/domain/search-terms.ts";
import { Prisma } from "../generated/client.ts";

/**
 * One condition a term: it occurs in a CVE or its title, a package, the start of a resource's name, a file, or in a title that is not
 * made of these; or it is the whole id of a resource. Written as the indexes on the dictionaries are.
 */
export function toSearchConditions(q: string | undefined): Prisma.Sql[] {
  return toSearchTerms(q ?? "").map(toTermCondition);
}

function toTermCondition({ text, isExcluded }: SearchTerm): Prisma.Sql {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const occurs = Prisma.sql`(
    f.vulnerability_id IN (SELECT id FROM vulnerability WHERE lower(name) LIKE ${pattern} OR lower(title) LIKE ${pattern})
    OR f.package_name IN (SELECT name FROM package WHERE lower(name) LIKE ${pattern})
    OR (f.package_count > 1 AND EXISTS (
      SELECT FROM finding_package fp JOIN package k ON k.id = fp.package_id
      WHERE fp.account_id = f.account_id AND fp.finding_id = f.id AND lower(k.name) LIKE ${pattern}))
    OR (f.account_id, f.resource_id) IN (
      SELECT account_id, id FROM resource WHERE lower(left(name, 64)) LIKE ${pattern} OR source_id = ${text})
    OR (f.type <> 'package' AND (lower(f.title) LIKE ${pattern} OR lower(f.path) LIKE ${pattern})))`;
  return isExcluded ? Prisma.sql`${occurs} IS NOT TRUE` : occurs;
}
