import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Rollup } from "./rollup.ts";

const KIND = "fix_kind(type, resource_type, fix_available, package_manager, package_fixed_in)";
const ofPackage = (name: string) => `CASE WHEN kind = 'package' THEN ${name} ELSE '' END AS ${name}`;

/** What each fix closes of the active findings. */
export const FIX_ROLLUP: Rollup = {
  table: "fix_cube",
  keys: ["account_id", "lineage_id", "kind", "package_name", "package_fixed_in", "is_sample"],
  counts: ["n", ...SEVERITIES, "known_exploited"],
  counted: `SELECT account_id, lineage_id, kind, ${ofPackage("package_name")}, ${ofPackage("package_fixed_in")}, is_sample,
      count(*)::int AS n, ${SEVERITIES.map((severity) => `(count(*) FILTER (WHERE severity = '${severity}'))::int AS ${severity}`).join(", ")},
      (count(*) FILTER (WHERE known_exploited))::int AS known_exploited
    FROM finding CROSS JOIN LATERAL ${KIND} AS kind
    WHERE status = 'active' AND kind IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6`,
};
