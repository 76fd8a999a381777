import { joinValues } from "#lib/domain/filter-values.ts";
import type { Fix } from "#lib/domain/overview.ts";
import { CONTAINER_IMAGE_TYPES } from "#lib/domain/resource-type.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

type FixRow = Candidate & {
  account_name: string | null;
  lineage: string | null;
  resource_name: string | null;
  resource_type: string;
  package_version: string | null;
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
  const candidates = await selectCandidates(includeSample);
  const rows = await selectFixes(candidates);
  const rebuilt = new Set(rows.filter((row) => row.package_name === null).map(toPlaceKey));
  return rows
    .filter((row) => !(row.is_system && rebuilt.has(toPlaceKey(row))))
    .map(toFix)
    .sort((a, b) => b.findings - a.findings || b.knownExploited - a.knownExploited || (a.place < b.place ? -1 : 1))
    .slice(0, limit);
}

const toPlaceKey = (row: Candidate) => `${row.account_id} ${row.lineage_id}`;

/** One package of one fixed version in one place; without a package, every system package of an image that has a fix. */
type Candidate = {
  account_id: string;
  lineage_id: string;
  package_name: string | null;
  package_fixed_in: string | null;
  is_system: boolean; // a package that a rebuilt base image would bring along
};

/** The places that promise most, by one plain count of what is active. */
function selectCandidates(includeSample: boolean): Promise<Candidate[]> {
  return ask<Candidate>(Prisma.sql`
    WITH fixable AS MATERIALIZED (
      SELECT account_id, lineage_id, package_name, package_fixed_in, resource_type, fix_available, count(*) AS n
      FROM finding
      WHERE status = 'active' AND package_name IS NOT NULL AND (package_fixed_in IS NOT NULL OR fix_available = 'yes')
        AND (${includeSample} OR NOT is_sample)
      GROUP BY 1, 2, 3, 4, 5, 6
    ), system AS (SELECT DISTINCT name FROM package WHERE manager = 'OS')
    (SELECT account_id, lineage_id, package_name, package_fixed_in, package_name IN (SELECT name FROM system) AS is_system
      FROM fixable WHERE package_fixed_in IS NOT NULL
      GROUP BY 1, 2, 3, 4 ORDER BY sum(n) DESC, 1, 2, 3, 4 LIMIT ${CANDIDATES})
    UNION ALL
    (SELECT account_id, lineage_id, NULL, NULL, false
      FROM fixable WHERE fix_available = 'yes' AND resource_type = ANY(${CONTAINER_IMAGE_TYPES}) AND package_name IN (SELECT name FROM system)
      GROUP BY 1, 2 HAVING count(DISTINCT package_name) > 1 ORDER BY sum(n) DESC, 1, 2 LIMIT ${CANDIDATES})`);
}

/** What each of them closes, counted finding by finding: those of the resources that have its lineage. */
function selectFixes(candidates: Candidate[]): Promise<FixRow[]> {
  const counts = SEVERITIES.map(
    (severity) => Prisma.sql`(count(*) FILTER (WHERE f.severity = ${severity}))::int AS ${Prisma.raw(severity)}`,
  );
  const severities = Prisma.raw(SEVERITIES.map((severity) => `'${severity}', c.${severity}`).join(", "));
  return ask<FixRow>(Prisma.sql`
    SELECT c.*, jsonb_build_object(${severities}) AS severities, a.name AS account_name, r.name AS resource_name, r.lineage
    FROM (
      SELECT w.account_id, w.lineage_id, w.package_name, w.package_fixed_in, w.is_system, count(*)::int AS findings,
        count(DISTINCT f.resource_id)::int AS resources, (count(*) FILTER (WHERE f.known_exploited))::int AS known_exploited,
        min(f.package_version) AS package_version, min(f.resource_type) AS resource_type,
        min(f.resource_id::text)::uuid AS resource_id, ${Prisma.join(counts)}
      FROM jsonb_to_recordset(${JSON.stringify(candidates)}::jsonb)
        AS w (account_id text, lineage_id uuid, package_name text, package_fixed_in text, is_system boolean)
      JOIN resource r ON r.account_id = w.account_id AND r.lineage_id = w.lineage_id
      JOIN finding f ON f.account_id = r.account_id AND f.resource_id = r.id AND f.lineage_id = w.lineage_id
      WHERE f.status = 'active' AND CASE
        WHEN w.package_name IS NOT NULL THEN f.package_name = w.package_name AND f.package_fixed_in = w.package_fixed_in
        ELSE f.fix_available = 'yes' AND EXISTS (
          SELECT 1 FROM finding_package fp JOIN package k ON k.id = fp.package_id
          WHERE fp.account_id = f.account_id AND fp.finding_id = f.id AND k.manager = 'OS')
      END
      GROUP BY 1, 2, 3, 4, 5
    ) AS c
    LEFT JOIN account a ON a.id = c.account_id
    LEFT JOIN resource r ON r.account_id = c.account_id AND r.id = c.resource_id`);
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
    filter.set("packageName", joinValues([row.package_name]));
    filter.set("packageFixedIn", joinValues([row.package_fixed_in ?? ""]));
  }
  return filter.toString();
}
