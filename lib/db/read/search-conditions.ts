import { type SearchTerm, toSearchTerms } from "#lib/domain/search-terms.ts";
import { Prisma } from "../generated/client.ts";

/** One condition a term: it occurs in a CVE or its title, a package, a resource, a file, or a title of its own. */
export function toSearchConditions(q: string | undefined): Prisma.Sql[] {
  return toSearchTerms(q ?? "").map(toTermCondition);
}

function toTermCondition({ text, isExcluded }: SearchTerm): Prisma.Sql {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const occurs = Prisma.sql`(f.title ILIKE ${pattern} OR f.package_name ILIKE ${pattern} OR f.path ILIKE ${pattern}
    OR f.vulnerability_id IN (SELECT id FROM vulnerability WHERE name ILIKE ${pattern} OR title ILIKE ${pattern})
    OR (f.account_id, f.resource_id) IN (SELECT account_id, id FROM resource WHERE name ILIKE ${pattern} OR source_id ILIKE ${pattern}))`;
  return isExcluded ? Prisma.sql`${occurs} IS NOT TRUE` : occurs;
}
