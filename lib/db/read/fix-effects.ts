import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { Prisma } from "../generated/client.ts";
import type { ConditionSet } from "./finding-conditions.ts";
import { also, type FixHead, STORED_KINDS, type StoredKind } from "./fix-heads.ts";
import { ask } from "./prepared.ts";

/** A fix with what it closes, and one of its findings to call it by. */
export type FixRow = FixHead & {
  findings: number;
  resources: number;
  known_exploited: number;
  overdue: number;
  due_this_week: number;
  severities: Record<Severity, number>;
  versions: string[]; // at most two
  account_name: string | null;
  lineage: string | null;
  resource_name: string | null;
  resource_type: string;
  resource_details: Record<string, unknown> | null;
  package_manager: string | null;
  title: string;
  path: string | null;
  start_line: number | null;
};

/** That a finding `f` is closed by the fix `w`: the same as the list's own filter of the fix. */
const CLOSES: Record<StoredKind, Prisma.Sql> = {
  "base-image": Prisma.sql`f.fix_available = 'yes' AND EXISTS (
    SELECT 1 FROM finding_package fp JOIN package k ON k.id = fp.package_id
    WHERE fp.account_id = f.account_id AND fp.finding_id = f.id AND k.manager = 'OS')`,
  package: Prisma.sql`f.package_name = w.package_name AND f.package_fixed_in = w.package_fixed_in`,
  code: Prisma.sql`f.type = 'code'`,
};

/** What each of these fixes closes of what matches, counted finding by finding; in no order, and none that closes nothing. */
export async function selectFixEffects(heads: FixHead[], conditions: ConditionSet, now: Date): Promise<FixRow[]> {
  const byKind = STORED_KINDS.map((kind) => heads.filter((head) => head.kind === kind));
  return (await Promise.all(byKind.map((some) => selectOfKind(some, conditions, now)))).flat();
}

const WEEK_MS = 7 * 86_400_000;

async function selectOfKind(heads: FixHead[], conditions: ConditionSet, now: Date): Promise<FixRow[]> {
  const [first] = heads;
  if (!first) return [];
  const inAWeek = new Date(now.getTime() + WEEK_MS);
  const severities = SEVERITIES.map(
    (severity) => Prisma.sql`${severity}::text, count(*) FILTER (WHERE f.severity = ${severity})`,
  );
  const effects = Prisma.sql`SELECT w.kind, w.account_id, w.lineage_id, w.package_name, w.package_fixed_in, w.n,
      count(*)::int AS findings, count(DISTINCT f.resource_id)::int AS resources,
      (count(*) FILTER (WHERE f.known_exploited))::int AS known_exploited,
      (count(*) FILTER (WHERE i.due_at < ${now}))::int AS overdue,
      (count(*) FILTER (WHERE i.due_at >= ${now} AND i.due_at < ${inAWeek}))::int AS due_this_week,
      jsonb_build_object(${Prisma.join(severities)}) AS severities,
      min(f.package_version) AS least_version, max(f.package_version) AS greatest_version, min(f.id::text)::uuid AS example_id
    FROM jsonb_to_recordset(${JSON.stringify(heads)}::jsonb)
      AS w (kind text, account_id text, lineage_id uuid, package_name text, package_fixed_in text, n int)
    JOIN ${conditions.view.rows} ON f.account_id = w.account_id AND f.lineage_id = w.lineage_id
    LEFT JOIN issue i ON i.account_id = f.account_id AND i.id = f.issue_id
    ${also(conditions, Prisma.sql`f.status = 'active' AND ${CLOSES[first.kind]}`)}
    GROUP BY 1, 2, 3, 4, 5, 6`;
  return await ask<FixRow>(Prisma.sql`
    SELECT e.*, array_remove(ARRAY[least_version, nullif(greatest_version, least_version)], NULL) AS versions,
      a.name AS account_name, r.lineage, r.name AS resource_name, r.details AS resource_details,
      f.resource_type, f.title, f.path, f.start_line,
      (SELECT k.manager FROM finding_package fp JOIN package k ON k.id = fp.package_id
        WHERE fp.account_id = f.account_id AND fp.finding_id = f.id AND k.name = f.package_name
        ORDER BY fp.position LIMIT 1) AS package_manager
    FROM (${effects}) AS e
    JOIN finding f ON f.account_id = e.account_id AND f.id = e.example_id
    LEFT JOIN account a ON a.id = e.account_id
    LEFT JOIN resource r ON r.account_id = f.account_id AND r.id = f.resource_id`);
}
