import type { SearchTerm } from "#lib/domain/search-terms.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

const toPattern = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;

/** What the dictionaries have of a text: each is written as the index on it is. */
export function toEntries(text: string) {
  const pattern = toPattern(text);
  return {
    vulnerabilities: Prisma.sql`SELECT id FROM vulnerability WHERE lower(name) LIKE ${pattern} OR lower(title) LIKE ${pattern}`,
    titled: Prisma.sql`SELECT vulnerability_id FROM finding_title WHERE lower(title) LIKE ${pattern}`,
    packages: Prisma.sql`SELECT name FROM package WHERE lower(name) LIKE ${pattern}`,
    paths: Prisma.sql`SELECT digest FROM finding_path WHERE lower(path) LIKE ${pattern}`,
    resources: Prisma.sql`SELECT account_id, id FROM resource WHERE lower(left(name, 64)) LIKE ${pattern} OR source_id = ${text}`,
    ofOtherPackages: Prisma.sql`SELECT fp.account_id, fp.finding_id FROM finding_package fp JOIN package k ON k.id = fp.package_id
      WHERE lower(k.name) LIKE ${pattern}`,
  };
}

/** That a finding, which is no package's, has a text in its own title. */
export const hasInTitle = (text: string) => Prisma.sql`f.type <> 'package' AND lower(f.title) LIKE ${toPattern(text)}`;

/** That a finding is in one of these files, or in the file of the entry `k`. */
export const isInFiles = (digests: Prisma.Sql) => Prisma.sql`f.type <> 'package' AND md5(f.path)::uuid IN (${digests})`;
export const IS_IN_FILE = Prisma.sql`f.type <> 'package' AND md5(f.path)::uuid = k.key`;

/** The same asked of one finding at a time, which needs no dictionary: for what is in so many that the next one may be it. */
export const hasInPath = (text: string) => Prisma.sql`f.type <> 'package' AND lower(f.path) LIKE ${toPattern(text)}`;
export const hasInResource = (
  text: string,
) => Prisma.sql`(SELECT r.source_id = ${text} OR lower(left(r.name, 64)) LIKE ${toPattern(text)}
  FROM resource r WHERE r.account_id = f.account_id AND r.id = f.resource_id)`;
export const hasInOthers = (text: string) => Prisma.sql`(f.package_count > 1 AND (SELECT EXISTS (
  SELECT FROM finding_package fp JOIN package k ON k.id = fp.package_id
  WHERE fp.account_id = f.account_id AND fp.finding_id = f.id AND lower(k.name) LIKE ${toPattern(text)})))`;

/**
 * Where a text may occur: in a CVE or its title, a package, the start of a resource's name, a file, or in a title that is
 * not made of these; or it is the whole id of a resource.
 */
function toPlaces(text: string) {
  const entries = toEntries(text);
  return {
    inVulnerability: Prisma.sql`f.vulnerability_id IN (${entries.vulnerabilities})`,
    inPackage: Prisma.sql`f.package_name IN (${entries.packages})`,
    inResource: Prisma.sql`(f.account_id, f.resource_id) IN (${entries.resources})`,
    inTitle: Prisma.sql`(${hasInTitle(text)} AND f.vulnerability_id IN (${entries.titled}))`,
    inFiles: Prisma.sql`(${isInFiles(entries.paths)})`,
    inOthers: Prisma.sql`(f.package_count > 1 AND (f.account_id, f.id) IN (${entries.ofOtherPackages}))`,
  };
}

/** One condition a term. */
export function toSearchConditions(terms: SearchTerm[]): Prisma.Sql[] {
  return terms.map(({ text, isExcluded }) => {
    const occurs = Prisma.sql`(${Prisma.join(Object.values(toPlaces(text)), " OR ")})`;
    return isExcluded ? Prisma.sql`${occurs} IS NOT TRUE` : occurs;
  });
}

/** The findings of the files whose path has a text, one file after the other: the planner would rather read all in files. */
const toFoundInFiles = ({ paths }: ReturnType<typeof toEntries>) => Prisma.sql`
  SELECT f.* FROM (${paths} OFFSET 0) AS k (key) CROSS JOIN LATERAL (SELECT * FROM finding f WHERE ${IS_IN_FILE} OFFSET 0) AS f`;

/** In each place where a text may occur the findings that have it there. */
function toFoundParts(text: string): Prisma.Sql[] {
  const { inFiles, ...others } = toPlaces(text);
  return [
    ...Object.values(others).map((place) => Prisma.sql`SELECT f.* FROM finding f WHERE ${place}`),
    toFoundInFiles(toEntries(text)),
  ];
}

/** The findings in which a term occurs, found from the dictionaries, as rows `f`. */
export function toFoundRows({ text }: SearchTerm): Prisma.Sql {
  const parts = toFoundParts(text).map((part) => Prisma.sql`SELECT f.account_id, f.id FROM (${part}) AS f`);
  return Prisma.sql`(SELECT f.* FROM (${Prisma.join(parts, " UNION ")}) AS found
    CROSS JOIN LATERAL (SELECT * FROM finding WHERE account_id = found.account_id AND id = found.id OFFSET 0) AS f) AS f`;
}

/** How many of these a term occurs in, and in how many places: as far as `most` places. */
export async function countFound({ text }: SearchTerm, where: Prisma.Sql, most: number) {
  const parts = toFoundParts(text);
  // What is found in two places is found twice: told apart afterwards, the count need not wait for all of them.
  const [row] = await ask<{ findings: number; places: number }>(Prisma.sql`
    SELECT count(DISTINCT id)::int AS findings, count(*)::int AS places FROM (
      SELECT f.id FROM (${Prisma.join(parts, " UNION ALL ")}) AS f ${where} LIMIT ${most}) AS found`);
  return row ?? { findings: 0, places: 0 };
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
