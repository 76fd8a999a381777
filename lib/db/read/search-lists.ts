import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import { toSearchTerms } from "#lib/domain/search-terms.ts";
import { Prisma } from "../generated/client.ts";
import { type ConditionSet, toConditionSet } from "./finding-conditions.ts";
import { toFindingView } from "./finding-view.ts";
import { ask } from "./prepared.ts";
import { isSampleShown } from "./sample-visibility.ts";
import {
  countFound,
  findRarest,
  hasInOthers,
  hasInPath,
  hasInResource,
  hasInTitle,
  IS_IN_FILE,
  isInFiles,
  toEntries,
} from "./search-conditions.ts";

/** As many findings are read and sorted sooner than lists are put together. */
const FEW = 1_000;
/** So many vulnerabilities or packages have more findings than that. */
const MANY_ENTRIES = 1_000;
/** The lists of so many files are put together sooner than those that are in files are walked. */
const MOST_FILES = 3_000;
/** Beyond this, counting stops. */
const MOST_COUNTED = 10_000;

/**
 * A search that finds many: the word that the fewest have, and what else narrows the list. `counted` is how many there
 * are, as far as they are counted. What lies in a resource's name, a file or another package may be in few findings.
 */
export type FrequentSearch = {
  text: string;
  rest: ConditionSet;
  counted: number;
  isInMany: Record<"resources" | "paths" | "others", boolean>;
  /** Whether these are so many files that their lists are not put together. */
  isInManyFiles: boolean;
};

/** Null where nothing is searched for, where it is found in few, or in the past. */
export async function findFrequent(filter: FindingConditions): Promise<FrequentSearch | null> {
  const terms = filter.asOf === undefined ? toSearchTerms(filter.q ?? "") : [];
  const rarest = await findRarest(terms);
  if (rarest === null) return null;
  const rest = toConditionSet(filter, toFindingView(null), {
    now: new Date(),
    isSampleShown: await isSampleShown(),
    terms: terms.filter((term) => term !== rarest),
  });
  const { text } = rarest;
  const found = await countPlaces(text, rest);
  const inLists = Math.max(Number(found.vulnerabilities), Number(found.packages));
  const isInMany = {
    resources: found.resources > FEW,
    paths: Number(found.paths) > FEW,
    others: found.others > FEW,
  };
  if (inLists <= FEW && found.entries <= MANY_ENTRIES && !Object.values(isInMany).includes(true)) return null;
  const search = { text, rest, isInMany, isInManyFiles: found.files > MOST_FILES };
  const most = Math.max(inLists, Number(found.paths));
  if (found.isNarrowed && most > MOST_COUNTED) return { ...search, counted: most };
  // A finding is found once in each place at most.
  const { findings } = await countFound(rarest, rest.where(), MOST_COUNTED * countPlacesOf(found) + 1);
  return { ...search, counted: findings };
}

type Found = {
  /** How many findings the vulnerabilities and the packages have that a text is in; of the first thousand of each. */
  vulnerabilities: string;
  packages: string;
  /** The same of files: of the first three thousand. */
  paths: string;
  /** How many such vulnerabilities or packages there are, as far as a thousand. */
  entries: number;
  resources: number;
  others: number;
  /** How many files have it in their path, as far as their lists are put together. */
  files: number;
  /** Whether these findings are those that everything else keeps. */
  isNarrowed: boolean;
};

/** In how many places any finding has it: a vulnerability's names and the findings' own titles are two. */
function countPlacesOf({ vulnerabilities, packages, paths, resources, others }: Found): number {
  const inLists = (Number(vulnerabilities) > 0 ? 2 : 0) + (Number(packages) > 0 ? 1 : 0);
  return inLists + [Number(paths), resources, others].filter((n) => n > 0).length;
}

async function countPlaces(text: string, rest: ConditionSet): Promise<Found> {
  const { vulnerabilities, titled, packages, paths, resources, ofOtherPackages } = toEntries(text);
  const isNarrowed = rest.cube(["cve"]) !== null && rest.cube(["packageName"]) !== null;
  const sum = (cube: string, same: Prisma.Sql) => Prisma.sql`CROSS JOIN LATERAL (
    SELECT sum(f.n) AS n FROM ${Prisma.raw(cube)} f
    ${isNarrowed ? rest.where({ also: [same] }) : Prisma.sql`WHERE ${same}`} OFFSET 0) AS counted`;
  const count = (rows: Prisma.Sql) => Prisma.sql`(SELECT count(*)::int FROM (${rows} LIMIT ${FEW + 1}) AS counted)`;
  const [found] = await ask<Omit<Found, "isNarrowed">>(Prisma.sql`
    WITH v AS MATERIALIZED (
      SELECT id FROM (${vulnerabilities} UNION ${titled}) AS named LIMIT ${MANY_ENTRIES + 1}
    ), k AS MATERIALIZED (SELECT DISTINCT name FROM (${packages}) AS named LIMIT ${MANY_ENTRIES + 1}
    ), p AS MATERIALIZED (SELECT digest AS key FROM (${paths}) AS named LIMIT ${MOST_FILES + 1})
    SELECT
      coalesce((SELECT sum(counted.n) FROM v ${sum("vulnerability_cube", Prisma.sql`f.vulnerability_id = v.id`)}), 0)::bigint AS vulnerabilities,
      coalesce((SELECT sum(counted.n) FROM k ${sum("package_cube", Prisma.sql`f.package_name = k.name`)}), 0)::bigint AS packages,
      greatest((SELECT count(*) FROM v), (SELECT count(*) FROM k))::int AS entries,
      ${count(resources)} AS resources, (SELECT count(*) FROM p)::int AS files,
      coalesce((SELECT sum(counted.n) FROM p ${sum("file_cube", Prisma.sql`f.path_digest = p.key`)}), 0)::bigint AS paths,
      ${count(ofOtherPackages)} AS others`);
  const nothing = { vulnerabilities: "0", packages: "0", paths: "0", entries: 0, resources: 0, others: 0, files: 0 };
  return { ...nothing, ...found, isNarrowed };
}

/** The part of the list that is asked for: what lies behind its cursor, in its order, as far as its limit. */
type Part = { conditions: Prisma.Sql[]; orderBy: Prisma.Sql; direction: Prisma.Sql; limit: number };

/**
 * A page of what a frequent search finds, in the order of ranks, with `sort_key`. Each vulnerability and each package has
 * its own list in an index: who is in the page is in the list of one whose first is among the first. What is in few
 * findings is sorted; what is in many is looked for in the list itself, as far down as the page then reaches.
 */
export function toFrequentPage(search: FrequentSearch, part: Part): Prisma.Sql {
  const { text, isInMany, isInManyFiles } = search;
  const { vulnerabilities, titled, packages, paths, resources, ofOtherPackages } = toEntries(text);
  const places = [
    ...merge(search, part, { keys: vulnerabilities, same: [Prisma.sql`f.vulnerability_id = k.key`] }),
    ...merge(search, part, {
      keys: Prisma.sql`SELECT DISTINCT * FROM (${titled}) AS t WHERE vulnerability_id NOT IN (${vulnerabilities})`,
      same: [Prisma.sql`f.vulnerability_id = k.key`, hasInTitle(text)],
    }),
    ...merge(search, part, {
      keys: Prisma.sql`SELECT DISTINCT * FROM (${packages}) AS p`,
      same: [Prisma.sql`f.package_name = k.key`],
    }),
    ...(isInMany.resources ? [] : sort(search, part, Prisma.sql`(f.account_id, f.resource_id) IN (${resources})`)),
    ...(isInMany.paths ? [] : sort(search, part, isInFiles(paths))),
    ...(isInMany.paths && !isInManyFiles ? merge(search, part, { keys: paths, same: [IS_IN_FILE] }) : []),
    ...(isInMany.others ? [] : sort(search, part, Prisma.sql`(f.account_id, f.id) IN (${ofOtherPackages})`)),
  ];
  const walked = [
    ...(isInMany.resources ? [hasInResource(text)] : []),
    ...(isInMany.others ? [hasInOthers(text)] : []),
  ];
  const more = [
    ...(walked.length > 0 ? walk(search, part, Prisma.sql`(${Prisma.join(walked, " OR ")})`) : []),
    // By itself: what is in a file has a list of its own.
    ...(isInMany.paths && isInManyFiles ? walk(search, part, hasInPath(text)) : []),
  ];
  const listed = best(places, part);
  if (more.length === 0) return listed;
  return Prisma.sql`WITH listed AS MATERIALIZED (${listed}) ${best([Prisma.sql`(SELECT * FROM listed)`, ...more], part)}`;
}

/** Each once. */
function best(pages: Prisma.Sql[], { direction, limit }: Part): Prisma.Sql {
  return Prisma.sql`SELECT DISTINCT ON (f.sort_key, f.id) * FROM (${Prisma.join(pages, " UNION ALL ")}) AS f
    ORDER BY f.sort_key ${direction}, f.id ${direction} LIMIT ${limit}`;
}

type Lists = { keys: Prisma.Sql; same: Prisma.Sql[] };

function merge({ rest }: FrequentSearch, { conditions, orderBy, limit }: Part, { keys, same }: Lists): Prisma.Sql[] {
  return rest.wheresByStatus([...conditions, ...same]).map(
    (where) => Prisma.sql`(SELECT f.*, f.rank AS sort_key FROM (
        SELECT k.key FROM (${keys}) AS k (key)
        CROSS JOIN LATERAL (SELECT f.rank, f.id FROM finding f ${where} ${orderBy} LIMIT 1) AS f ${orderBy} LIMIT ${limit}
      ) AS k CROSS JOIN LATERAL (SELECT f.* FROM finding f ${where} ${orderBy} LIMIT ${limit}) AS f ${orderBy} LIMIT ${limit})`,
  );
}

/** OFFSET 0: found first, then sorted; else the planner may walk the list and hope. */
function sort({ rest }: FrequentSearch, { conditions, orderBy, limit }: Part, place: Prisma.Sql): Prisma.Sql[] {
  return rest.wheresByStatus(conditions).map(
    (where) => Prisma.sql`(SELECT f.*, f.rank AS sort_key FROM (SELECT f.* FROM finding f WHERE ${place} OFFSET 0) AS f
      ${where} ${orderBy} LIMIT ${limit})`,
  );
}

function walk({ rest }: FrequentSearch, part: Part, place: Prisma.Sql): Prisma.Sql[] {
  const { conditions, orderBy, direction, limit } = part;
  const end =
    direction.sql === "DESC"
      ? Prisma.sql`f.rank >= (SELECT coalesce(min(sort_key) FILTER (WHERE n = ${limit}), 0) FROM (SELECT sort_key, count(*) OVER () AS n FROM listed) AS l)`
      : Prisma.sql`f.rank <= (SELECT coalesce(max(sort_key) FILTER (WHERE n = ${limit}), 1000000) FROM (SELECT sort_key, count(*) OVER () AS n FROM listed) AS l)`;
  return rest
    .wheresByStatus([...conditions, end, place])
    .map((where) => Prisma.sql`(SELECT f.*, f.rank AS sort_key FROM finding f ${where} ${orderBy} LIMIT ${limit})`);
}
