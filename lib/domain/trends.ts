import { z } from "zod";
import { asOfSchema } from "./as-of.ts";
import { addDays, toDay } from "./day.ts";
import { daySchema } from "./day-schema.ts";
import { AppError, type FieldFault } from "./errors.ts";
import { manyOf } from "./filter-schemas.ts";
import { sourceNameSchema } from "./finding.ts";
import { movementSchema } from "./lifecycle-event.ts";
import { severitySchema } from "./severity.ts";
import { NO_TEAM } from "./team-words.ts";
import { TREND_KEYS } from "./trend-keys.ts";

const MOST_DAYS = 3_660;
const DEFAULT_DAYS = 90;

export const trendKeySchema = z.enum(TREND_KEYS);
export type TrendKey = z.infer<typeof trendKeySchema>;

/** Which part of all findings a trend is about; nothing given = all of them. */
export const trendScopeSchema = z.strictObject({
  severity: manyOf(severitySchema),
  source: manyOf(sourceNameSchema),
  type: manyOf(z.string().min(1).max(100)),
  accountId: manyOf(z.string().min(1).max(64)),
  team: manyOf(z.string().min(1).max(40)).describe(
    `Teams by their ids, as they are today; ${NO_TEAM} for what no team has`,
  ),
});
export type TrendScope = z.infer<typeof trendScopeSchema>;

/** The days of a trend, both included; `to` is today unless said, `from` makes it 90 days. */
export const trendsQuerySchema = trendScopeSchema.extend({
  from: daySchema.optional(),
  to: daySchema.optional(),
  by: trendKeySchema.default("severity"),
});
export type TrendsQuery = z.infer<typeof trendsQuerySchema>;
/** The same as it is written in a URL. */
export type TrendsAddress = z.input<typeof trendsQuerySchema>;

/** How many, by severity, source, account, team or type of resource. What is 0 is left out. */
const countsSchema = z.record(z.string(), z.number().int());

/**
 * One UTC day. `open` is how many are active at its end (of today: at the answer's `asOf`). `opened`: new and reopened.
 * `closed`: fixed, resource gone, or no longer reported. Neither counts what a scope brought when it was added or took
 * when it was lost; nor what was suppressed, rescored or moved: `movements` has all of them.
 * `stillOpen` is told of days before the first sync alone: how many of what was first observed until their end are still
 * active at `asOf`. It is no part of `open`, which is not known then.
 * `unknownScopes` are places without a sync around that day, carried at their last value; `known` is false only when no
 * place was known.
 */
export const trendDaySchema = z.object({
  day: daySchema,
  open: countsSchema,
  opened: countsSchema,
  closed: countsSchema,
  scopeAdded: countsSchema,
  scopeLost: countsSchema,
  stillOpen: countsSchema,
  known: z.boolean(),
  unknownScopes: z.number().int(),
});
export type TrendDay = z.infer<typeof trendDaySchema>;

const placeSchema = z.object({
  accountId: z.string(),
  accountName: z.string().nullable(),
  region: z.string(),
  source: sourceNameSchema,
});

/** A place that came or went on a day: not a wave of new findings, nor of fixes. */
export const trendStepSchema = placeSchema.extend({
  day: daySchema,
  kind: z.enum(["scope-added", "scope-lost"]),
});
export type TrendStep = z.infer<typeof trendStepSchema>;

/** Days, both included, on which a place was not known. */
export const trendGapSchema = placeSchema.extend({ from: daySchema, to: daySchema });
export type TrendGap = z.infer<typeof trendGapSchema>;

export const trendsSchema = z.object({
  from: daySchema,
  to: daySchema,
  by: trendKeySchema,
  /** The moment that the last day is told of; null before the first sync. */
  asOf: z.iso.datetime().nullable(),
  /** The first sync of any place in the scope: nothing is known before it; null = there was none yet. */
  firstSyncAt: z.iso.datetime().nullable(),
  /** Every key that occurs, in the order to draw them: severities worst first, others most open first. */
  keys: z.array(z.object({ key: z.string(), label: z.string() })),
  /** How many were open just before the first day. */
  before: countsSchema,
  days: z.array(trendDaySchema),
  /** Why the number moved over all days: `before` and these, with their signs, make the last `open`. */
  movements: z.partialRecord(movementSchema, countsSchema),
  steps: z.array(trendStepSchema),
  gaps: z.array(trendGapSchema),
});
export type Trends = z.infer<typeof trendsSchema>;

/** The days that a query means. */
export function toDays({ from, to }: Pick<TrendsQuery, "from" | "to">, now: Date): { from: string; to: string } {
  const last = to ?? toDay(now);
  return { from: from ?? addDays(last, 1 - DEFAULT_DAYS), to: last };
}

/** What is wrong with a range of days; null = nothing. */
export function faultOfDays({ from, to }: { from: string; to: string }, now: Date): FieldFault | null {
  if (from > to) return { field: "from", message: "`from` lies after `to`" };
  if (to > toDay(now)) return { field: "to", message: "`to` lies in the future" };
  return addDays(from, MOST_DAYS) <= to ? { field: "from", message: "That is more than ten years" } : null;
}

/** The error that says so. */
export const toDaysError = (fault: FieldFault): AppError =>
  new AppError("invalid-input", `${fault.message}. Ask for days up to today, ten years at most.`, { faults: [fault] });

/** The days that a query means. Throws AppError invalid-input where they cannot be told. */
export function requireDays(query: Pick<TrendsQuery, "from" | "to">, now: Date): { from: string; to: string } {
  const days = toDays(query, now);
  const fault = faultOfDays(days, now);
  if (fault === null) return days;
  throw toDaysError(fault);
}

/** Which fixes are asked for: those of the months that the days touch. */
export const remediationQuerySchema = trendScopeSchema.extend({
  from: daySchema.optional(),
  to: daySchema.optional(),
});
export type RemediationQuery = z.infer<typeof remediationQuerySchema>;

/**
 * How often issues were fixed (one that came back after more than 7 days counts again), how many findings they have, and
 * how long it took by the clocks of the issues.
 */
const remediationFigureSchema = z.object({
  fixed: z.number().int(),
  /** As many as the list has: `issueFixedFrom` and `issueFixedTo` of the month, by the finding's own severity. */
  findings: z.number().int(),
  meanDays: z.number(),
  medianDays: z.number(),
  /** Nine in ten took so long or less. */
  p90Days: z.number(),
});

/** The time to remediate by severity and month of the fix: whole issues that were really fixed, by the issue's clock. */
export const remediationSchema = z.object({
  /** The moment that the findings are told of; null before the first sync. */
  asOf: z.iso.datetime().nullable(),
  /** Of months that ended before it nothing is known; null = there was none yet. */
  firstSyncAt: z.iso.datetime().nullable(),
  /** The first day of each month that the days touch, in order of time. */
  months: z.array(
    z.object({
      month: daySchema,
      all: remediationFigureSchema.nullable(),
      bySeverity: z.partialRecord(severitySchema, remediationFigureSchema),
    }),
  ),
  /** Over all those months. */
  all: remediationFigureSchema.nullable(),
  bySeverity: z.partialRecord(severitySchema, remediationFigureSchema),
});
export type Remediation = z.infer<typeof remediationSchema>;

/** Which part of all findings, and the moment that their ages are told of; absent = now. */
export const openAgeQuerySchema = trendScopeSchema.extend({ asOf: asOfSchema.optional() });
export type OpenAgeQuery = z.infer<typeof openAgeQuerySchema>;

/**
 * How old what is open is, youngest first; `toDays` is null for the oldest. An age is whole days by the clock of the
 * finding's issue: the findings of all ages are all that are open.
 */
export const openAgeSchema = z.object({
  /** The moment that it is told of; null before the first sync. */
  asOf: z.iso.datetime().nullable(),
  buckets: z.array(
    z.object({
      fromDays: z.number().int(),
      toDays: z.number().int().nullable(),
      /** For the list: the first days of its issues' clocks lie in [openedFrom, openedTo); null = without a bound. */
      openedFrom: daySchema.nullable(),
      openedTo: daySchema.nullable(),
      findings: z.number().int(),
      bySeverity: z.partialRecord(severitySchema, z.number().int()),
      /** Open issues of that age, those included that are suppressed as a whole. */
      issues: z.number().int(),
    }),
  ),
});
export type OpenAge = z.infer<typeof openAgeSchema>;
