import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";
import { IS_SAMPLE_SHOWN } from "./sample-visibility.ts";

const ACCOUNTS_SHOWN = 5;
const EXPOSURES_SHOWN = 6;

type Vulnerability = { vulnerability_id: string; vulnerability_kind: string | null; issue_id: string };
type ElsewhereRow = { id: string; name: string | null; findings: number; places: number };

/**
 * The active findings of the same CVE or detector in other places, by account, most first; null where there are none.
 * Counted from issues, since a vulnerability has far fewer of them than findings.
 */
export async function findElsewhere(row: Vulnerability): Promise<FindingWithDetail["elsewhere"]> {
  // That a port is open here and there is no common problem.
  if (row.vulnerability_kind === "exposure") return null;
  const accounts = await ask<ElsewhereRow>(Prisma.sql`
    SELECT i.account_id AS id, a.name, sum(i.active_findings)::int AS findings, count(*)::int AS places
    FROM issue i LEFT JOIN account a ON a.id = i.account_id
    WHERE i.vulnerability_id = ${row.vulnerability_id}::uuid AND i.active_findings > 0 AND i.id <> ${row.issue_id}::uuid
      AND (${IS_SAMPLE_SHOWN} OR a.is_sample IS NOT TRUE)
    GROUP BY i.account_id, a.name ORDER BY findings DESC, i.account_id`);
  if (accounts.length === 0) return null;
  return {
    findings: accounts.reduce((sum, { findings }) => sum + findings, 0),
    places: accounts.reduce((sum, { places }) => sum + places, 0),
    accounts: accounts.slice(0, ACCOUNTS_SHOWN),
    moreAccounts: Math.max(0, accounts.length - ACCOUNTS_SHOWN),
  };
}

/** The ports of the same resource that can be reached from outside, by findings of their own. */
export async function listExposures(row: {
  account_id: string;
  resource_id: string;
  type: string;
}): Promise<FindingWithDetail["exposures"]> {
  if (row.type === "network") return [];
  return await ask<FindingWithDetail["exposures"][number]>(Prisma.sql`
    SELECT f.id AS "findingId", v.name AS port FROM finding f JOIN vulnerability v ON v.id = f.vulnerability_id
    WHERE f.account_id = ${row.account_id} AND f.resource_id = ${row.resource_id}::uuid AND f.type = 'network'
      AND f.status = 'active'
    ORDER BY f.rank DESC, f.id LIMIT ${EXPOSURES_SHOWN}`);
}
