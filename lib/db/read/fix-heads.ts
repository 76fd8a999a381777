import type { FixKind } from "#lib/domain/fix.ts";
import { CONTAINER_IMAGE_TYPES } from "#lib/domain/resource-type.ts";
import { Prisma } from "../generated/client.ts";
import type { ConditionSet } from "./finding-conditions.ts";
import { ask } from "./prepared.ts";

/** A runtime is a package by its name: the database knows no difference. */
export type StoredKind = Exclude<FixKind, "runtime">;
export const STORED_KINDS = ["base-image", "package", "code"] as const satisfies StoredKind[];

/** A fix by what its findings have in common, and about how many they are. */
export type FixHead = {
  kind: StoredKind;
  account_id: string;
  lineage_id: string;
  package_name: string | null;
  package_fixed_in: string | null;
  n: number;
};

/** The place behind a fix. */
export type FixPlace = Pick<FixHead, "kind" | "n"> & { keys: string[] };

/** How findings `f` come together to fixes of one kind. */
type Way = {
  /** Beside the account and the lineage. */
  keys: ("package_name" | "package_fixed_in")[];
  /** Which findings are mended so; of the columns of one index alone. */
  belongs: Prisma.Sql;
};

/** What a rebuilt base image brings along: known by its name, since an index has that. */
const IS_OF_BASE_IMAGE = Prisma.sql`(f.resource_type = ANY(${CONTAINER_IMAGE_TYPES}) AND f.fix_available = 'yes'
  AND f.package_name IN (SELECT name FROM package WHERE manager = 'OS'))`;

const WAYS: Record<StoredKind, Way> = {
  "base-image": { keys: [], belongs: IS_OF_BASE_IMAGE },
  package: {
    keys: ["package_name", "package_fixed_in"],
    belongs: Prisma.sql`f.package_fixed_in IS NOT NULL AND ${IS_OF_BASE_IMAGE} IS NOT TRUE`,
  },
  code: { keys: [], belongs: Prisma.sql`f.type = 'code'` },
};

const keysOf = (kind: StoredKind) => ["account_id", "lineage_id", ...WAYS[kind].keys] as const;

/** The keys of a fix, in the order in which equally large ones of its kind stand. */
export const placeOf = (head: FixHead): FixPlace => ({
  kind: head.kind,
  n: head.n,
  keys: keysOf(head.kind).map((name) => head[name] ?? ""),
});

/**
 * The fixes that close the most of the active findings that match, most first, behind `after`; of equally large ones
 * those of a kind stand together.
 */
export async function selectFixHeads(
  conditions: ConditionSet,
  after: FixPlace | null,
  limit: number,
): Promise<FixHead[]> {
  const byKind = await Promise.all(STORED_KINDS.map((kind) => selectOfKind(kind, conditions, { after, limit })));
  // Sorting keeps the order of equals: kinds as they are listed, and each as the database has ordered it.
  return byKind
    .flat()
    .sort((a, b) => b.n - a.n)
    .slice(0, limit);
}

type Page = { after: FixPlace | null; limit: number };

async function selectOfKind(kind: StoredKind, conditions: ConditionSet, { after, limit }: Page): Promise<FixHead[]> {
  const keys = Prisma.join(keysOf(kind).map((name) => Prisma.raw(`f.${name}`)));
  // That the status is written out is what lets the planner take the index of active findings.
  const where = also(conditions, Prisma.sql`f.status = 'active' AND ${WAYS[kind].belongs}`);
  const rows = await ask<Omit<FixHead, "kind">>(Prisma.sql`
    SELECT ${keys}, count(*)::int AS n FROM ${conditions.view.rows} ${where}
    GROUP BY ${keys} ${after === null ? Prisma.empty : Prisma.sql`HAVING ${isBehind(kind, after, keys)}`}
    ORDER BY n DESC, ${keys} LIMIT ${limit}`);
  return rows.map((row) => ({
    ...row,
    kind,
    package_name: row.package_name ?? null,
    package_fixed_in: row.package_fixed_in ?? null,
  }));
}

function isBehind(kind: StoredKind, after: FixPlace, keys: Prisma.Sql): Prisma.Sql {
  const [own, others] = [STORED_KINDS.indexOf(kind), STORED_KINDS.indexOf(after.kind)];
  if (own < others) return Prisma.sql`count(*) < ${after.n}`;
  if (own > others) return Prisma.sql`count(*) <= ${after.n}`;
  const [accountId = "", lineageId = "", ...rest] = after.keys;
  const values = Prisma.join([
    Prisma.sql`${accountId}::text`,
    Prisma.sql`${lineageId}::uuid`,
    ...rest.map((key) => Prisma.sql`${key}::text`),
  ]);
  return Prisma.sql`count(*) < ${after.n} OR (count(*) = ${after.n} AND (${keys}) > (${values}))`;
}

/** WHERE with one condition more. */
export function also(conditions: ConditionSet, more: Prisma.Sql): Prisma.Sql {
  const where = conditions.where();
  return where === Prisma.empty ? Prisma.sql`WHERE ${more}` : Prisma.sql`${where} AND ${more}`;
}
