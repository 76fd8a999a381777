import type { Policy, PolicyVersion } from "#lib/domain/sla.ts";
import { SLA_LEVELS } from "#lib/domain/sla-words.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";
import { getApplying } from "./teams.ts";

const MOST_VERSIONS = 200;

/** Every version of the policy, the one in force first; of each the widest rules first, then by name. */
export async function getPolicy(): Promise<Policy> {
  const [versions, applying] = await Promise.all([
    ask<PolicyVersion>(Prisma.sql`
      SELECT v.number, to_char(v.valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "validFrom",
        p.user_name AS "savedBy", coalesce(r.rules, '[]') AS rules
      FROM sla_version v LEFT JOIN person p ON p.id = v.saved_by
      LEFT JOIN (
        SELECT version, json_agg(json_build_object('level', level, 'id', nullif(scope_id, ''), 'name', name, 'days', days)
          ORDER BY array_position(${SLA_LEVELS}::text[], level), name, scope_id) AS rules
        FROM (
          SELECT r.version, r.level, r.scope_id, coalesce(a.name, t.name) AS name, json_object_agg(r.field, r.days) AS days
          FROM sla_rule r LEFT JOIN account a ON r.level = 'account' AND a.id = r.scope_id
          LEFT JOIN team t ON r.level = 'team' AND t.id = r.scope_id GROUP BY 1, 2, 3, 4
        ) AS rule GROUP BY 1
      ) AS r ON r.version = v.number
      ORDER BY v.number DESC LIMIT ${MOST_VERSIONS}`),
    getApplying(),
  ]);
  return { versions, applying };
}
