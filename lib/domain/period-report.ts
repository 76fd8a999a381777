import { z } from "zod";
import { daySchema } from "./day-schema.ts";
import { sourceNameSchema } from "./finding.ts";
import { moveReasonSchema } from "./lifecycle-event.ts";
import { moverKeySchema } from "./movers.ts";
import { isReportPeriod } from "./report-period.ts";
import { severitySchema } from "./severity.ts";
import { groundsSchema } from "./triage-act.ts";

export const reportPeriodSchema = z
  .string()
  .max(20)
  .refine(isReportPeriod, "A month (2026-10), a quarter (2026-Q3), last-7-days, last-30-days or last-90-days");

const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).max(50).default([]);

/** Which part of all findings a report is about; nothing given = all of them. */
export const reportScopeSchema = z.strictObject({
  severity: listOf(severitySchema),
  source: listOf(sourceNameSchema),
  accountId: listOf(z.string().min(1).max(64)),
  team: listOf(z.string().min(1).max(40)),
});
export type ReportScope = z.infer<typeof reportScopeSchema>;

export const WHOLE_SCOPE: ReportScope = { severity: [], source: [], accountId: [], team: [] };

export const newReportSchema = z.strictObject({
  period: reportPeriodSchema,
  scope: reportScopeSchema.default(WHOLE_SCOPE),
});
export type NewReport = z.infer<typeof newReportSchema>;

const daysSchema = z.object({ from: daySchema, to: daySchema });
const countsSchema = z.partialRecord(severitySchema, z.number().int());
const countSchema = z.object({ findings: z.number().int(), issues: z.number().int() });
const statesSchema = z.object({
  overdue: countSchema,
  atRisk: countSchema,
  inTime: countSchema,
  undated: countSchema,
});

const barSchema = z.object({
  reason: moveReasonSchema,
  added: z.number().int(),
  taken: z.number().int(),
  net: z.number().int(),
  netBySeverity: countsSchema,
});

const fixesSchema = z
  .object({ fixed: z.number().int(), meanDays: z.number(), medianDays: z.number(), p90Days: z.number() })
  .nullable();

const moverSchema = z.object({ label: z.string(), about: z.string().nullable(), net: z.number().int() });

const grantedSchema = z.object({
  id: z.uuid(),
  query: z.string(),
  grounds: groundsSchema,
  reason: z.string(),
  owner: z.string(),
  at: z.iso.datetime(),
  /** When it ends; null = as soon as a fix exists. */
  until: z.iso.datetime().nullable(),
});
export type ReportException = z.infer<typeof grantedSchema>;

/**
 * Everything that a report says, frozen: written once, and read by this schema as long as its `version` is known. A part
 * that is null has nothing behind it in this scope, and is left out.
 */
export const reportContentSchema = z.object({
  version: z.literal(1),
  period: reportPeriodSchema,
  days: daysSchema,
  before: daysSchema,
  isOver: z.boolean(),
  /** Whether the sample organisation's findings are among them. */
  hasSample: z.boolean(),
  scope: reportScopeSchema,
  /** What the accounts and teams of the scope were called. */
  names: z.record(z.string(), z.string()),
  /** The moments between which everything moved. `asOf` is what the report is told of. */
  from: z.iso.datetime(),
  asOf: z.iso.datetime(),
  firstSyncAt: z.iso.datetime(),
  /** How many were open at both moments; before the first sync nothing is known. */
  open: z.object({ before: countsSchema.nullable(), after: countsSchema }),
  bars: z.array(barSchema),
  /** The same of the period before; null where nothing is known of its beginning. */
  barsBefore: z.array(barSchema).nullable(),
  series: z.array(
    z.object({
      day: daySchema,
      known: z.boolean(),
      open: countsSchema,
      opened: z.number().int(),
      closed: z.number().int(),
    }),
  ),
  /** Places that were not known for some days. */
  gaps: z.array(daysSchema.extend({ account: z.string(), region: z.string(), source: sourceNameSchema })),
  /** Of the months that the period touches, of the ones before, and each month of half a year. */
  fixes: z.object({
    now: fixesSchema,
    before: fixesSchema,
    months: z.array(z.object({ month: daySchema, fixes: fixesSchema })),
  }),
  ages: z.array(
    z.object({
      fromDays: z.number().int(),
      toDays: z.number().int().nullable(),
      findings: z.number().int(),
      bySeverity: countsSchema,
    }),
  ),
  /** The largest changes of each kind; null where too much moved to tell. */
  movers: z.array(z.object({ by: moverKeySchema, movers: z.array(moverSchema).nullable() })),
  /** What each team had open at both moments; those without any are left out. */
  teams: z.array(z.object({ name: z.string(), before: z.number().int(), after: z.number().int() })),
  sla: z
    .object({
      all: statesSchema,
      bySeverity: z.partialRecord(severitySchema, statesSchema),
      /** How the period's due dates were kept: those in time out of all; null = there was none. */
      share: z.number().nullable(),
      shareBefore: z.number().nullable(),
      fixedInTime: z.number().int(),
      fixedLate: z.number().int(),
      overdueBefore: z.number().int().nullable(),
      late: z.array(
        z.object({
          kind: z.enum(["team", "account"]),
          name: z.string(),
          findings: z.number().int(),
          longestDays: z.number().int(),
        }),
      ),
    })
    .nullable(),
  /** Known only of the moment at which the report was made. */
  coverage: z
    .object({
      asOf: z.iso.datetime(),
      resources: z.number().int(),
      notScanned: z.number().int(),
      reasons: z.array(z.object({ reason: z.string(), resources: z.number().int() })),
    })
    .nullable(),
  exceptions: z
    .object({
      granted: z.array(grantedSchema),
      ended: z.array(grantedSchema),
      expiring: z.array(grantedSchema),
    })
    .nullable(),
});
export type ReportContent = z.infer<typeof reportContentSchema>;

/** A report in a list. */
export const reportSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  period: reportPeriodSchema,
  scope: z.string(), // in words
  asOf: z.iso.datetime(),
  madeAt: z.iso.datetime(),
  madeBy: z.string(), // a user name; `schedule` where nobody asked for it
  /** Whether it is to be had by a link for everybody, right now. */
  isShared: z.boolean(),
  /** E-mails that failed at least once and did not arrive since: tried again, or waiting for a person. */
  unsentMails: z.number().int(),
});
export type Report = z.infer<typeof reportSchema>;

/** Newest first. */
export const reportsSchema = z.object({ items: z.array(reportSchema), nextCursor: z.string().nullable() });
export type Reports = z.infer<typeof reportsSchema>;

export const reportsFilterSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.uuid().optional(),
});
export type ReportsFilter = z.infer<typeof reportsFilterSchema>;

export const reportDetailSchema = reportSchema.extend({ content: reportContentSchema });
export type ReportDetail = z.infer<typeof reportDetailSchema>;

const MOST_LINK_DAYS = 90;

/** For how long a link opens a report without signing in. */
export const newReportLinkSchema = z.strictObject({ days: z.number().int().min(1).max(MOST_LINK_DAYS).default(14) });

const reportLinkSchema = z.object({
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(), // a user name
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
});
export type ReportLink = z.infer<typeof reportLinkSchema>;

/** Newest first. */
export const reportLinksSchema = z.object({ items: z.array(reportLinkSchema) });
export type ReportLinks = z.infer<typeof reportLinksSchema>;

/** The address is told this once. */
export const madeReportLinkSchema = z.object({ id: z.uuid(), url: z.url(), expiresAt: z.iso.datetime() });
export type MadeReportLink = z.infer<typeof madeReportLinkSchema>;
