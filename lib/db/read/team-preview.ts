import type { Severity } from "#lib/domain/severity.ts";
import type { TeamDraft, TeamPreview } from "#lib/domain/team.ts";
import { Prisma } from "../generated/client.ts";
import { IS_MATCHED } from "../team-matching.ts";
import { toRuleRows } from "../team-rules.ts";
import { ask } from "./prepared.ts";
import { isSampleShown } from "./sample-visibility.ts";

type Row = {
  accounts: number;
  resources: number;
  won: number;
  open: Partial<Record<Severity, number>> | null;
  used: number[] | null;
  overlaps: TeamPreview["overlaps"] | null;
};

/**
 * What rules match at present, whether or not another team has it, and what a team with them would have: a new team
 * stands behind the others, one that there is (`id`) keeps its place.
 */
export async function previewTeam({ id, rules }: TeamDraft): Promise<TeamPreview> {
  const includeSample = await isSampleShown();
  const [row] = await ask<Row>(Prisma.sql`
    WITH rule AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(toRuleRows(rules))}::jsonb)
        AS q (number int, kind text, pattern text, tag_key text, like_pattern text)
    ), shown AS (SELECT id FROM account WHERE ${includeSample} OR NOT is_sample
    ), hit AS MATERIALIZED (
      SELECT r.account_id, r.lineage_id, q.number FROM resource r JOIN shown a ON a.id = r.account_id
      JOIN rule q ON ${Prisma.raw(IS_MATCHED)}
    ), place AS MATERIALIZED (SELECT DISTINCT account_id, lineage_id FROM hit
    ), member AS MATERIALIZED (
      SELECT r.account_id, r.lineage_id, r.id FROM place p JOIN resource r ON r.account_id = p.account_id AND r.lineage_id = p.lineage_id
    ), other AS MATERIALIZED (
      SELECT DISTINCT p.account_id, p.lineage_id, t.id, t.name, t.position
      FROM place p JOIN resource r ON r.account_id = p.account_id AND r.lineage_id = p.lineage_id
      JOIN team_rule q ON ${Prisma.raw(IS_MATCHED)} JOIN team t ON t.id = q.team_id
      WHERE t.id IS DISTINCT FROM ${id ?? null}
    ), own AS (SELECT coalesce((SELECT position FROM team WHERE id = ${id ?? null}), 1000000) AS position
    ), size AS (SELECT account_id, lineage_id, count(*) AS n FROM member GROUP BY 1, 2)
    SELECT
      (SELECT count(DISTINCT account_id)::int FROM place) AS accounts,
      (SELECT count(*)::int FROM member) AS resources,
      (SELECT count(*)::int FROM member p WHERE NOT EXISTS (
        SELECT FROM other o, own WHERE o.account_id = p.account_id AND o.lineage_id = p.lineage_id AND o.position < own.position)) AS won,
      (SELECT json_object_agg(severity, n) FROM (
        SELECT f.severity, count(*)::int AS n FROM member m JOIN finding f ON f.account_id = m.account_id AND f.resource_id = m.id
        WHERE f.status = 'active' AND (${includeSample} OR NOT f.is_sample) GROUP BY 1) AS counted) AS open,
      (SELECT json_agg(DISTINCT number) FROM hit) AS used,
      (SELECT json_agg(json_build_object('id', id, 'name', name, 'wins', wins, 'resources', resources) ORDER BY position) FROM (
        SELECT o.id, o.name, o.position, o.position < own.position AS wins, sum(s.n)::int AS resources
        FROM own CROSS JOIN other o JOIN size s ON s.account_id = o.account_id AND s.lineage_id = o.lineage_id GROUP BY 1, 2, 3, 4) AS counted) AS overlaps`);
  const { accounts = 0, resources = 0, won = 0, open, used, overlaps } = row ?? {};
  return {
    matched: { accounts, resources, open: open ?? {} },
    idleRules: rules.map((_, index) => index).filter((index) => !used?.includes(index + 1)),
    overlaps: overlaps ?? [],
    wonResources: won,
  };
}
