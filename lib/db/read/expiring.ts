import { EXPIRING_DAYS, type Expiring } from "#lib/domain/exception.ts";
import { database } from "../database.ts";

const DAY_MS = 86_400_000;
const MOST = 200;

type Row = Omit<Expiring["items"][number], "endsAt"> & { ends_at: Date };

/**
 * What ends in the next 14 days: rules, and what single decisions suppressed, each decision once for each instant at
 * which some of it ends. The next to end first, at most 200.
 */
export async function listExpiring(now: Date): Promise<Expiring> {
  const { rows } = await database().pool.query<Row>(
    `WITH ending AS (
       SELECT 'rule' AS kind, r.id, v.expires_at, v.owner_id, v.grounds, v.reason, v.query
       FROM exception_rule r JOIN exception_version v ON v.rule_id = r.id AND v.number = r.live
       WHERE r.state = 'active' AND v.expires_at <= $1
       UNION ALL
       SELECT DISTINCT 'decision', d.id, h.expires_at, d.made_by, d.act ->> 'grounds', h.reason, NULL
       FROM finding_hold h JOIN triage_decision d ON d.id = h.key::uuid
       WHERE h.kind = 'person' AND h.expires_at <= $1
     )
     SELECT e.kind, e.id, e.expires_at AS ends_at, p.user_name AS owner, e.grounds, e.reason, e.query, held.count,
       held."knownExploited"
     FROM ending e JOIN person p ON p.id = e.owner_id CROSS JOIN LATERAL (
       SELECT count(*)::int AS count, count(*) FILTER (WHERE f.known_exploited)::int AS "knownExploited"
       FROM finding_hold h JOIN finding f ON f.account_id = h.account_id AND f.id = h.finding_id
       WHERE h.kind IN ('rule', 'person') AND h.key = e.id::text AND f.status <> 'closed'
     ) AS held
     ORDER BY e.expires_at, e.id LIMIT $2`,
    [new Date(now.getTime() + EXPIRING_DAYS * DAY_MS), MOST],
  );
  return { items: rows.map(({ ends_at: endsAt, ...row }) => ({ ...row, endsAt: endsAt.toISOString() })) };
}
