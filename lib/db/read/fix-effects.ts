import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { Prisma } from "../generated/client.ts";
import type { ConditionSet } from "./finding-conditions.ts";
import { FIX_KIND, type FixHead, STORED_KINDS, type StoredKind } from "./fix-heads.ts";
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

/** Beside the account, the lineage and the kind, what the findings `f` of the fix `w` have in common. */
const SAME: Record<StoredKind, Prisma.Sql> = {
  "base-image": Prisma.empty,
  package: Prisma.sql`AND f.package_name = w.package_name AND f.package_fixed_in = w.package_fixed_in`,
  code: Prisma.empty,
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
  const isClosed = Prisma.sql`f.account_id = w.account_id AND f.lineage_id = w.lineage_id ${SAME[first.kind]}
    AND f.status = 'active' AND ${FIX_KIND} = w.kind`;
  const where = conditions.where({ also: [isClosed] });
  return await ask<FixRow>(Prisma.sql`
    SELECT w.*, e.*, array_remove(ARRAY[least_version, nullif(greatest_version, least_version)], NULL) AS versions,
      a.name AS account_name, r.lineage, r.name AS resource_name, r.details AS resource_details,
      x.resource_type, x.package_manager, x.title, x.path, x.start_line
    FROM jsonb_to_recordset(${JSON.stringify(heads)}::jsonb)
      AS w (kind text, account_id text, lineage_id uuid, package_name text, package_fixed_in text, n int)
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS findings, count(DISTINCT f.resource_id)::int AS resources,
        (count(*) FILTER (WHERE f.known_exploited))::int AS known_exploited,
        (count(*) FILTER (WHERE i.due_at < ${now}))::int AS overdue,
        (count(*) FILTER (WHERE i.due_at >= ${now} AND i.due_at < ${inAWeek}))::int AS due_this_week,
        jsonb_build_object(${Prisma.join(severities)}) AS severities,
        min(f.package_version) AS least_version, max(f.package_version) AS greatest_version
      FROM ${conditions.view.rows} LEFT JOIN issue i ON i.account_id = f.account_id AND i.id = f.issue_id ${where}
    ) AS e
    CROSS JOIN LATERAL (SELECT f.* FROM ${conditions.view.rows} ${where} LIMIT 1) AS x
    LEFT JOIN account a ON a.id = w.account_id
    LEFT JOIN resource r ON r.account_id = w.account_id AND r.id = x.resource_id`);
}
