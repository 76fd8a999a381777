import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import type { FixKind } from "#lib/domain/fix.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { Prisma } from "../generated/client.ts";
import { type ConditionOptions, type ConditionSet, toConditionSet } from "./finding-conditions.ts";
import { ask } from "./prepared.ts";

/** A runtime is a package by its name: the database knows no difference. */
export type StoredKind = Exclude<FixKind, "runtime">;
export const STORED_KINDS = ["base-image", "package", "code"] as const satisfies StoredKind[];

/** A fix by what its findings have in common, and how many of those that match it closes. '' = no package. */
export type FixHead = {
  kind: StoredKind;
  account_id: string;
  lineage_id: string;
  package_name: string;
  package_fixed_in: string;
  n: number;
};

/** How a finding `f` is fixed; null = by nothing that is known. */
export const FIX_KIND = Prisma.sql`fix_kind(f.type, f.resource_type, f.fix_available, f.package_manager, f.package_fixed_in)`;

/** Of equally large fixes one stands before the other by what it is. */
const KEYS = Prisma.sql`f.account_id, f.lineage_id, f.kind, f.package_name, f.package_fixed_in`;
const ORDER = Prisma.sql`f.account_id DESC, f.lineage_id DESC, f.kind DESC, f.package_name DESC, f.package_fixed_in DESC`;

export type HeadsPage = { after: FixHead | null; limit: number };

/** The fixes that close the most of the active findings that match, most first, behind `after`. */
export async function selectFixHeads(
  filter: FindingConditions,
  conditions: ConditionSet,
  { after, limit, ...options }: HeadsPage & ConditionOptions,
): Promise<FixHead[]> {
  const fixes = toKeptCounts(filter, conditions, options) ?? countFixes(conditions);
  const behind =
    after === null
      ? Prisma.empty
      : Prisma.sql`AND (f.n, ${KEYS}) < (${after.n}::int, ${after.account_id}::text, ${after.lineage_id}::uuid,
          ${after.kind}::text, ${after.package_name}::text, ${after.package_fixed_in}::text)`;
  return await ask<FixHead>(Prisma.sql`
    SELECT ${KEYS}, f.n FROM (${fixes}) AS f WHERE f.n > 0 ${behind} ORDER BY f.n DESC, ${ORDER} LIMIT ${limit}`);
}

/** What fixes are counted by, beside what they are counted of: severities, and what is known to be exploited. */
const KEPT = new Set(["accountId", "lineageId", "team", "sample"]);

/** The counts that are kept, where they can answer; null = they cannot. */
function toKeptCounts(filter: FindingConditions, conditions: ConditionSet, options: ConditionOptions) {
  const count = toCount(filter);
  const rest = { ...filter, status: [], severity: [], "-severity": [], knownExploited: [] };
  const of = toConditionSet(rest, conditions.view, options);
  const isKept = Object.keys(filter).every((name) => KEPT.has(name) || !of.has(name));
  if (count === null || !isKept || !conditions.view.isTable) return null;
  return Prisma.sql`SELECT ${KEYS}, ${count} AS n FROM fix_cube f ${of.where()}`;
}

function toCount(filter: FindingConditions): Prisma.Sql | null {
  const severities = SEVERITIES.filter(
    (severity) =>
      (filter.severity.length === 0 || filter.severity.includes(severity)) && !filter["-severity"].includes(severity),
  );
  const isOfAll = severities.length === SEVERITIES.length;
  const exploited = filter.knownExploited.join();
  if (exploited === "yes" && isOfAll) return Prisma.sql`f.known_exploited`;
  if (exploited !== "") return null;
  return isOfAll ? Prisma.sql`f.n` : Prisma.raw(severities.map((severity) => `f.${severity}`).join(" + ") || "0");
}

/** The same counted anew, finding by finding. */
function countFixes(conditions: ConditionSet): Prisma.Sql {
  const where = conditions.where({ also: [Prisma.sql`k.kind IS NOT NULL`] });
  const ofPackage = (name: Prisma.Sql) => Prisma.sql`CASE WHEN k.kind = 'package' THEN ${name} ELSE '' END`;
  return Prisma.sql`
    SELECT f.account_id, f.lineage_id, k.kind, ${ofPackage(Prisma.sql`f.package_name`)} AS package_name,
      ${ofPackage(Prisma.sql`f.package_fixed_in`)} AS package_fixed_in, count(*)::int AS n
    FROM ${conditions.view.rows} CROSS JOIN LATERAL (SELECT ${FIX_KIND} AS kind) AS k
    ${where} GROUP BY 1, 2, 3, 4, 5`;
}
