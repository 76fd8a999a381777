import type { Fix } from "#lib/domain/overview.ts";
import { SEVERITIES } from "#lib/domain/severity.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

type FixRow = {
  account_id: string;
  account_name: string | null;
  lineage_id: string;
  lineage: string | null;
  resource_name: string | null;
  resource_type: string;
  package_name: string | null;
  package_version: string | null;
  package_fixed_in: string | null;
  findings: number;
  resources: number;
  known_exploited: number;
  severities: Record<string, number>;
};

/** More candidates than are shown: what a rebuilt base image closes is not told a second time package by package. */
const CANDIDATES = 30;

/** Names of what runs other code, as package managers and systems call it: a build with a newer one closes its findings. */
const RUNTIME =
  /^(go\/)?stdlib$|^(java-[\d.]+-)?openjdk|^node(js)?(\d+)?$|^python(\d(\.\d+)?)?$|^(dotnet|php|ruby)[\d.-]*$/;

/** The changes that close the most active findings, most first. A finding may be closed by more than one of them. */
export async function listFixes(limit: number, includeSample: boolean): Promise<Fix[]> {
  const [packages, images] = await Promise.all([selectPackages(includeSample), selectImages(includeSample)]);
  const rebuilt = new Set(images.map((row) => `${row.account_id}${row.lineage_id}`));
  const systemPackages = new Set((await selectSystemPackages(packages)).map(({ name }) => name));
  const others = packages.filter(
    (row) => !(rebuilt.has(`${row.account_id}${row.lineage_id}`) && systemPackages.has(row.package_name ?? "")),
  );
  return [...images, ...others]
    .map(toFix)
    .sort((a, b) => b.findings - a.findings || b.knownExploited - a.knownExploited || (a.place < b.place ? -1 : 1))
    .slice(0, limit);
}

const COUNTS = Prisma.sql`count(*)::int AS findings, count(DISTINCT f.resource_id)::int AS resources,
  (count(*) FILTER (WHERE f.known_exploited))::int AS known_exploited, min(f.resource_type) AS resource_type,
  min(f.resource_id::text)::uuid AS resource_id, ${Prisma.join(
    SEVERITIES.map(
      (severity) => Prisma.sql`(count(*) FILTER (WHERE f.severity = ${severity}))::int AS ${Prisma.raw(severity)}`,
    ),
  )}`;

/** Adds the names, and the severities as one object. */
function named(counted: Prisma.Sql): Prisma.Sql {
  const severities = Prisma.raw(SEVERITIES.map((severity) => `'${severity}', c.${severity}`).join(", "));
  return Prisma.sql`
    SELECT c.*, jsonb_build_object(${severities}) AS severities, a.name AS account_name, r.name AS resource_name, r.lineage
    FROM (${counted}) AS c
    LEFT JOIN account a ON a.id = c.account_id
    LEFT JOIN resource r ON r.account_id = c.account_id AND r.id = c.resource_id`;
}

/** One package brought to one version in one place. The places are found by a plain count first, then looked at. */
function selectPackages(includeSample: boolean): Promise<FixRow[]> {
  return ask<FixRow>(
    named(Prisma.sql`
      SELECT f.account_id, f.lineage_id, f.package_name, f.package_fixed_in, min(f.package_version) AS package_version, ${COUNTS}
      FROM (
        SELECT account_id, lineage_id, package_name, package_fixed_in FROM finding
        WHERE status = 'active' AND package_fixed_in IS NOT NULL AND (${includeSample} OR NOT is_sample)
        GROUP BY 1, 2, 3, 4 ORDER BY count(*) DESC, 1, 2, 3, 4 LIMIT ${CANDIDATES}
      ) AS most JOIN finding f USING (account_id, lineage_id, package_name, package_fixed_in)
      WHERE f.status = 'active' GROUP BY 1, 2, 3, 4`),
  );
}

/** Every system package of an image that has a fix: a rebuild on a patched base image brings them all. */
function selectImages(includeSample: boolean): Promise<FixRow[]> {
  return ask<FixRow>(
    named(Prisma.sql`
      SELECT f.account_id, f.lineage_id, NULL AS package_name, NULL AS package_version, NULL AS package_fixed_in, ${COUNTS}
      FROM (
        SELECT account_id, lineage_id FROM finding
        WHERE status = 'active' AND fix_available = 'yes' AND resource_type ILIKE '%image%' AND (${includeSample} OR NOT is_sample)
          AND package_name IN (SELECT name FROM package WHERE manager = 'OS')
        GROUP BY 1, 2 HAVING count(DISTINCT package_name) > 1 ORDER BY count(*) DESC, 1, 2 LIMIT ${CANDIDATES}
      ) AS most JOIN finding f USING (account_id, lineage_id)
      WHERE f.status = 'active' AND f.fix_available = 'yes' AND EXISTS (
        SELECT 1 FROM finding_package fp JOIN package k ON k.id = fp.package_id
        WHERE fp.account_id = f.account_id AND fp.finding_id = f.id AND k.manager = 'OS')
      GROUP BY 1, 2`),
  );
}

function selectSystemPackages(rows: FixRow[]): Promise<{ name: string }[]> {
  const names = rows.flatMap(({ package_name }) => package_name ?? []);
  return ask(Prisma.sql`SELECT name FROM package WHERE manager = 'OS' AND name = ANY(${names})`);
}

function toFix(row: FixRow): Fix {
  const packageName = row.package_name;
  return {
    kind: toKind(packageName),
    place: toPlace(row),
    lineageId: row.lineage_id,
    accountId: row.account_id,
    accountName: row.account_name,
    resourceType: row.resource_type,
    packageName,
    packageVersion: row.package_version,
    fixedIn: row.package_fixed_in,
    findings: row.findings,
    resources: row.resources,
    knownExploited: row.known_exploited,
    bySeverity: Object.fromEntries(Object.entries(row.severities).filter(([, count]) => count > 0)),
    filter: toFilter(row),
  };
}

function toKind(packageName: string | null): Fix["kind"] {
  if (packageName === null) return "base-image";
  return RUNTIME.test(packageName) ? "runtime" : "package";
}

/** The name within the lineage, as in `image:123456789012/payments/api`; what stands for itself by its own name. */
function toPlace({ lineage, resource_name: name }: FixRow): string {
  const [, kind, place] = /^(image|function|fleet|repository):[^/]*\/(.+)$/.exec(lineage ?? "") ?? [];
  return kind === undefined ? (name ?? "") : (place ?? "");
}

function toFilter(row: FixRow): string {
  const filter = new URLSearchParams({ status: "active", accountId: row.account_id, lineageId: row.lineage_id });
  if (row.package_name === null) {
    filter.set("fixAvailable", "yes");
    filter.set("packageManager", "OS");
  } else {
    filter.set("packageName", row.package_name);
    filter.set("packageFixedIn", row.package_fixed_in ?? "");
  }
  return filter.toString();
}
