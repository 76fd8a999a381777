import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import { Prisma } from "../generated/client.ts";
import { toLikePattern } from "../like-pattern.ts";
import { isWithin } from "./finding-predicates.ts";
import { ask } from "./prepared.ts";

/** How a dictionary of what findings say leads to those that say it: to a `key`, and by it to an index of findings `f`. */
type LookUp = { keys: (values: string[]) => Prisma.Sql; same: Prisma.Sql };

const OF_PACKAGE = Prisma.sql`f.package_name = k.key`;

/** Fields that no index of findings has, and a dictionary has. */
const LOOK_UPS = {
  packageVersion: {
    keys: (values) => Prisma.sql`SELECT package_name FROM shown_package WHERE version = ANY(${values})`,
    same: OF_PACKAGE,
  },
  packageFixedIn: {
    keys: (values) => Prisma.sql`SELECT package_name FROM shown_package WHERE fixed_in = ANY(${values})`,
    same: OF_PACKAGE,
  },
  packageManager: {
    keys: (values) => Prisma.sql`SELECT name FROM package WHERE manager = ANY(${values})`,
    same: OF_PACKAGE,
  },
  path: {
    keys: (values) => Prisma.sql`SELECT digest FROM finding_path WHERE ${Prisma.join(values.map(isPathLike), " OR ")}`,
    same: Prisma.sql`f.type <> 'package' AND md5(f.path)::uuid = k.key`,
  },
  // A score is nearly a part of the rank.
  score: {
    keys: (ranges) => Prisma.sql`SELECT rank FROM finding_score WHERE ${isWithin(Prisma.sql`score`, ranges)}`,
    same: Prisma.sql`f.rank = k.key`,
  },
} satisfies Partial<Record<keyof FindingConditions, LookUp>>;

/** The index has small letters only. */
function isPathLike(glob: string): Prisma.Sql {
  const pattern = toLikePattern(glob);
  return Prisma.sql`(lower(path) LIKE ${pattern.toLowerCase()} AND path LIKE ${pattern})`;
}

/** As many findings are read and sorted sooner than the list is walked for those among them that match. */
const FEW = 10_000;

/**
 * Few findings `f` of these statuses, all among them that have a value that is asked for: none, where nobody has it. null
 * where no dictionary is asked, or where it leads to many.
 */
export async function findRowsByValue(filter: FindingConditions, statuses: string[]): Promise<Prisma.Sql | null> {
  const names = Object.keys(LOOK_UPS) as (keyof typeof LOOK_UPS)[]; // the keys are what it was made with
  for (const name of names.filter((one) => filter[one].length > 0)) {
    const { keys, same }: LookUp = LOOK_UPS[name];
    const found = (columns: Prisma.Sql) => lookUp({ keys: keys(filter[name]), same, statuses, columns });
    const [row] = await ask<{ many: boolean }>(
      Prisma.sql`SELECT EXISTS (SELECT FROM (${found(Prisma.sql`f.rank`)}) AS f OFFSET ${FEW}) AS many`,
    );
    if (row?.many === false) return Prisma.sql`(${found(Prisma.sql`f.*`)}) AS f`;
  }
  return null;
}

type Found = { keys: Prisma.Sql; same: Prisma.Sql; statuses: string[]; columns: Prisma.Sql };

/** OFFSET 0: from one entry to the next, and from there to the index. The planner would rather read every finding. */
function lookUp({ keys, same, statuses, columns }: Found): Prisma.Sql {
  return Prisma.sql`SELECT f.* FROM (SELECT DISTINCT * FROM (${keys}) AS k OFFSET 0) AS k (key)
    CROSS JOIN unnest(${statuses}::text[]) AS s (status)
    CROSS JOIN LATERAL (SELECT ${columns} FROM finding f WHERE ${same} AND f.status = s.status OFFSET 0) AS f`;
}
