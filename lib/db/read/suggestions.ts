import { NOBODY } from "#lib/domain/filter-words.ts";
import type { SuggestedField, Suggestion, SuggestionsQuery } from "#lib/domain/suggestion.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { Prisma } from "../generated/client.ts";
import { LINEAGE_KIND, LINEAGE_PLACE } from "./finding-predicates.ts";
import { ask } from "./prepared.ts";

/** What a person may be looking for when no field is named. */
const ANYTHING: SuggestedField[] = [
  "cve",
  "packageName",
  "detectorId",
  "resourceId",
  "image",
  "function",
  "scanName",
  "accountId",
];
const MOST_OF_EACH = 3;
/** More than are shown, so that the best of them can be chosen. */
const MOST_LOOKED_AT = 200;

/** Values of a field, or of any, that have the text in them: those that begin with it first, then shorter ones. */
export async function listSuggestions({ q, field, limit }: SuggestionsQuery): Promise<{ items: Suggestion[] }> {
  if (field !== undefined) return { items: await suggest(field, q, limit) };
  if (q === "") return { items: [] };
  const found = await Promise.all(ANYTHING.map((one) => suggest(one, q, MOST_OF_EACH)));
  return { items: found.flat().slice(0, limit) };
}

async function suggest(field: SuggestedField, q: string, limit: number): Promise<Suggestion[]> {
  const text = q.toLowerCase();
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await ask<Omit<Suggestion, "field">>(Prisma.sql`
    SELECT value, about FROM (SELECT * FROM (${DICTIONARIES[field](pattern)}) AS every LIMIT ${MOST_LOOKED_AT}) AS found
    ORDER BY NOT starts_with(lower(value), ${text}) AND NOT starts_with(lower(coalesce(about, '')), ${text}), length(value), value
    LIMIT ${limit}`);
  return rows.map((row) => ({ field, ...row }));
}

/** Each as `value` and `about`; every pattern stands as the index on its dictionary has it. */
const DICTIONARIES: Record<SuggestedField, (pattern: string) => Prisma.Sql> = {
  cve: vulnerabilities("cve"),
  detectorId: vulnerabilities("detector"),
  cwe: (pattern) => Prisma.sql`SELECT DISTINCT cwe AS value, NULL::text AS about
    FROM vulnerability CROSS JOIN LATERAL unnest(cwes) AS cwe WHERE lower(cwe) LIKE ${pattern}`,
  packageName: (pattern) =>
    Prisma.sql`SELECT DISTINCT name AS value, NULL::text AS about FROM package WHERE lower(name) LIKE ${pattern}`,
  accountId: (pattern) => Prisma.sql`SELECT id AS value, name AS about FROM account
    WHERE lower(id) LIKE ${pattern} OR lower(name) LIKE ${pattern}`,
  region: (pattern) =>
    Prisma.sql`SELECT DISTINCT region AS value, NULL::text AS about FROM scope WHERE lower(region) LIKE ${pattern}`,
  resourceType: (pattern) => Prisma.sql`SELECT DISTINCT resource_type AS value, NULL::text AS about
    FROM coverage WHERE lower(resource_type) LIKE ${pattern}`,
  resourceId: (pattern) => Prisma.sql`SELECT source_id AS value, name AS about FROM resource
    WHERE lower(left(name, 64)) LIKE ${pattern}`,
  image: places("image"),
  function: places("function"),
  repository: places("repository"),
  scanName: (pattern) => Prisma.sql`SELECT name AS value, NULL::text AS about FROM scan
    WHERE deleted_at IS NULL AND lower(name) LIKE ${pattern}`,
  team: (pattern) => Prisma.sql`SELECT id AS value, name AS about FROM team
    WHERE id LIKE ${pattern} OR lower(name) LIKE ${pattern}
    UNION ALL SELECT ${NO_TEAM}, 'No team' WHERE ${NO_TEAM} LIKE ${pattern}`,
  path: (pattern) => Prisma.sql`SELECT path AS value, NULL::text AS about FROM finding_path p
    WHERE lower(path) LIKE ${pattern} AND EXISTS (
      SELECT FROM finding f WHERE f.type <> 'package' AND md5(f.path)::uuid = p.digest)`,
  assignee: (pattern) => Prisma.sql`SELECT user_name AS value, NULL::text AS about FROM person
    WHERE disabled_at IS NULL AND user_name LIKE ${pattern}
    UNION ALL SELECT ${NOBODY}, 'Nobody' WHERE ${NOBODY} LIKE ${pattern}`,
};

function vulnerabilities(kind: "cve" | "detector") {
  return (pattern: string) => Prisma.sql`SELECT name AS value, NULLIF(title, name) AS about FROM vulnerability
    WHERE kind = ${kind} AND (lower(name) LIKE ${pattern} OR lower(title) LIKE ${pattern})`;
}

function places(kind: "image" | "function" | "repository") {
  return (pattern: string) => Prisma.sql`SELECT DISTINCT ${LINEAGE_PLACE} AS value, NULL::text AS about FROM resource
    WHERE ${LINEAGE_KIND} = ${kind} AND lower(${LINEAGE_PLACE}) LIKE ${pattern}`;
}
