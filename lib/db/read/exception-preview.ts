import {
  BACK_TEST_DAYS,
  type BackTest,
  type ExceptionDraft,
  type ExceptionPreview,
  toExceptionQuery,
} from "#lib/domain/exception.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { database } from "../database.ts";
import { Prisma } from "../generated/client.ts";
import { selectMatching } from "./exception-conditions.ts";
import { getExceptionPolicy } from "./exception-policy.ts";
import { eventsBetween } from "./moved-findings.ts";

const MOST_ACCOUNTS_TOLD = 10;
const DAY_MS = 86_400_000;

type Group = {
  status: "active" | "suppressed";
  severity: Severity;
  known_exploited: boolean;
  account_id: string;
  account_name: string | null;
  count: number;
};

/** What a rule would hide at this moment. Changes nothing. */
export async function previewException({ filter, until }: ExceptionDraft, now: Date): Promise<ExceptionPreview> {
  const matching = selectMatching(toExceptionQuery(filter), Prisma.sql`finding f`, now);
  const { text, values } = Prisma.sql`
    SELECT g.*, a.name AS account_name FROM (
      SELECT f.status, f.severity, f.known_exploited, f.account_id, count(*)::int AS count FROM (${matching}) AS f
      WHERE f.status <> 'closed' AND NOT (${until === "fix"}::bool AND f.fix_available = 'yes') GROUP BY 1, 2, 3, 4
    ) AS g LEFT JOIN account a ON a.id = g.account_id`;
  const { rows } = await database().pool.query<Group>(text, values);
  const active = rows.filter(({ status }) => status === "active");
  const isGrave = rows.some(({ severity, known_exploited: isExploited }) => severity === "critical" || isExploited);
  const accounts = [...Map.groupBy(active, ({ account_id }) => account_id)]
    .map(([accountId, groups]) => ({ accountId, accountName: groups[0]?.account_name ?? null, count: sum(groups) }))
    .sort((a, b) => b.count - a.count);
  return {
    count: sum(active),
    bySeverity: sumBySeverity(active),
    knownExploited: sum(active.filter(({ known_exploited: isExploited }) => isExploited)),
    accounts: accounts.slice(0, MOST_ACCOUNTS_TOLD),
    accountCount: accounts.length,
    alreadySuppressed: sum(rows) - sum(active),
    needsApproval: isGrave && (await getExceptionPolicy()).secondApprover,
  };
}

const sum = (groups: { count: number }[]): number => groups.reduce((total, { count }) => total + count, 0);

function sumBySeverity(groups: { severity: Severity; count: number }[]): ExceptionPreview["bySeverity"] {
  return Object.fromEntries(
    [...Map.groupBy(groups, ({ severity }) => severity)].map(([severity, some]) => [severity, sum(some)]),
  );
}

type Came = { severity: Severity; known_exploited: boolean; is_fixed: boolean; day: string; count: number };

/**
 * What a rule would have hidden of the findings that came in the last 90 days, new or again, by the day on which each
 * came first. Its severity is the one it came with; everything else is told by what it is today, which is all that is
 * known of it.
 */
export async function backTestException({ filter, until }: ExceptionDraft, now: Date): Promise<BackTest> {
  const from = new Date(now.getTime() - BACK_TEST_DAYS * DAY_MS);
  const came = Prisma.sql`
    SELECT DISTINCT ON (e.account_id, e.finding_id) e.account_id, e.finding_id, e.severity_after, e.recorded_at
    FROM ${eventsBetween(Prisma.sql`${from}`, Prisma.sql`${now}`)} WHERE e.kind IN ('opened', 'reopened')
    ORDER BY e.account_id, e.finding_id, e.recorded_at, e.id`;
  const rows = Prisma.sql`(
    SELECT o.*, c.severity_after, c.recorded_at AS came_at FROM (${came}) AS c
    JOIN finding o ON o.account_id = c.account_id AND o.id = c.finding_id) AS f`;
  const { text, values } = Prisma.sql`
    SELECT f.severity_after AS severity, f.known_exploited, coalesce(f.closed_reason = 'fixed', false) AS is_fixed,
      (f.came_at AT TIME ZONE 'UTC')::date::text AS day, count(*)::int AS count
    FROM (${selectMatching(withoutSeverity(filter), rows, now)}) AS f
    WHERE ${hadSeverity(filter)} AND NOT (${until === "fix"}::bool AND f.fix_available = 'yes') GROUP BY 1, 2, 3, 4`;
  const { rows: groups } = await database().pool.query<Came>(text, values);
  const exploited = groups.filter(({ known_exploited: isExploited }) => isExploited);
  const days = [...Map.groupBy(groups, ({ day }) => day)]
    .map(([day, some]) => ({
      day,
      count: sum(some),
      knownExploited: sum(some.filter(({ known_exploited: isExploited }) => isExploited)),
    }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  return {
    from: from.toISOString(),
    to: now.toISOString(),
    count: sum(groups),
    bySeverity: sumBySeverity(groups),
    knownExploited: sum(exploited),
    fixedSince: sum(groups.filter(({ is_fixed: isFixed }) => isFixed)),
    days,
  };
}

const withoutSeverity = (filter: ExceptionDraft["filter"]): string =>
  toExceptionQuery({ ...filter, severity: [], "-severity": [] });

function hadSeverity({ severity, "-severity": without }: ExceptionDraft["filter"]): Prisma.Sql {
  const kept = severity.length > 0 ? Prisma.sql`f.severity_after = ANY(${severity})` : Prisma.sql`true`;
  return Prisma.sql`${kept} AND NOT f.severity_after = ANY(${without}::text[])`;
}
