import { z } from "zod";
import { AppError } from "#lib/domain/errors.ts";
import {
  type Report,
  type ReportDetail,
  type ReportLink,
  type Reports,
  type ReportsFilter,
  reportContentSchema,
  reportScopeSchema,
} from "#lib/domain/period-report.ts";
import { toPeriodTitle } from "#lib/domain/report-period.ts";
import { toScopeWords } from "#lib/domain/report-scope-words.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";
import { IS_SAMPLE_SHOWN } from "./sample-visibility.ts";

const iso = (column: string) => Prisma.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

type Row = Omit<Report, "title" | "scope" | "madeBy"> & {
  days: unknown;
  names: unknown;
  scope: unknown;
  madeBy: string | null;
  isScheduled: boolean;
};

const select = (now: Date, rest: Prisma.Sql) => Prisma.sql`
  SELECT r.id, r.period, r.scope, r.content->'days' AS days, r.content->'names' AS names, ${iso("r.as_of")} AS "asOf",
    ${iso("r.made_at")} AS "madeAt", p.user_name AS "madeBy", r.schedule_id IS NOT NULL AS "isScheduled",
    EXISTS (SELECT FROM report_link l WHERE l.report_id = r.id AND l.revoked_at IS NULL AND l.expires_at > ${now}) AS "isShared",
    (SELECT count(*)::int FROM report_delivery d WHERE d.report_id = r.id AND d.state <> 'sent' AND d.failure IS NOT NULL) AS "unsentMails"
  FROM period_report r LEFT JOIN person p ON p.id = r.made_by ${rest}`;

const daysSchema = reportContentSchema.shape.days;
const namesSchema = z.record(z.string(), z.string());

function toReport({ days, names, scope, isScheduled, madeBy, ...row }: Row): Report {
  return {
    ...row,
    title: toPeriodTitle(row.period, daysSchema.parse(days)),
    scope: toScopeWords(reportScopeSchema.parse(scope), namesSchema.parse(names)),
    madeBy: isScheduled ? "schedule" : (madeBy ?? "somebody who is gone"),
  };
}

/** One page of reports, the newest first. */
export async function listReports({ limit, cursor }: ReportsFilter, now: Date): Promise<Reports> {
  const rows = await ask<Row>(
    select(
      now,
      // One more than asked tells of a next page.
      Prisma.sql`WHERE ${cursor ?? null}::uuid IS NULL OR r.id < ${cursor ?? null}::uuid ORDER BY r.id DESC LIMIT ${limit + 1}`,
    ),
  );
  const items = rows.slice(0, limit).map(toReport);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** One report with everything that it says. Throws AppError not-found. */
export async function getReport(id: string, now: Date): Promise<ReportDetail> {
  const [row] = await ask<Row>(select(now, Prisma.sql`WHERE r.id = ${id}::uuid`));
  const content = row && (await findContent(id));
  if (!row || content === undefined) throw new AppError("not-found", "There is no report with this id.");
  return { ...toReport(row), content: reportContentSchema.parse(content) };
}

async function findContent(id: string): Promise<unknown> {
  const [row] = await ask<{ content: unknown }>(Prisma.sql`SELECT content FROM period_report WHERE id = ${id}::uuid`);
  return row?.content;
}

/** The links of a report, the newest first. */
export function listReportLinks(reportId: string): Promise<ReportLink[]> {
  return ask<ReportLink>(Prisma.sql`
    SELECT l.id, ${iso("l.created_at")} AS "createdAt", coalesce(p.user_name, 'somebody who is gone') AS "createdBy",
      ${iso("l.expires_at")} AS "expiresAt", ${iso("l.revoked_at")} AS "revokedAt"
    FROM report_link l LEFT JOIN person p ON p.id = l.created_by
    WHERE l.report_id = ${reportId}::uuid ORDER BY l.id DESC LIMIT 100`);
}

/** Whether the sample organisation is among what is shown. */
export async function hasShownSample(): Promise<boolean> {
  const [row] = await ask<{ has: boolean }>(
    Prisma.sql`SELECT ${IS_SAMPLE_SHOWN} AND EXISTS (SELECT FROM account WHERE is_sample) AS has`,
  );
  return row?.has ?? false;
}

/** What accounts and teams are called; those that there are not are left out. */
export async function findScopeNames(scope: { accountId: string[]; team: string[] }): Promise<Map<string, string>> {
  const rows = await ask<{ id: string; name: string }>(Prisma.sql`
    SELECT id, coalesce(name, id) AS name FROM account WHERE id = ANY (${scope.accountId})
    UNION ALL SELECT id, name FROM team WHERE id = ANY (${scope.team})
    UNION ALL SELECT ${NO_TEAM}, 'nobody' WHERE ${NO_TEAM} = ANY (${scope.team})`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
