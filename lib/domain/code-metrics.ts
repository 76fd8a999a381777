import { z } from "zod";
import { daySchema } from "./day-schema.ts";
import { manyOf } from "./filter-schemas.ts";
import { severitySchema } from "./severity.ts";

/** The numbers that CodeGuru Security's dashboard had, by its definitions: code scans only, informational ones left out. */
export const codeMetricsQuerySchema = z.strictObject({
  from: daySchema.optional(), // 7 days up to `to` unless said
  to: daySchema.optional(),
  severity: manyOf(severitySchema),
});
export type CodeMetricsQuery = z.infer<typeof codeMetricsQuerySchema>;

/**
 * A number now, and what it was at the same place a period before, null = there was no code scan then; a change in percent
 * is `value / before`.
 */
const figureSchema = z.object({ value: z.number(), before: z.number().nullable() });
const scanCountSchema = z.object({ scanName: z.string(), findings: z.number().int() });

/** What is open: as of now, compared with a week ago. */
export const codeFindingsOverviewSchema = z.object({
  open: figureSchema,
  critical: figureSchema,
  distribution: z.partialRecord(severitySchema, z.number().int()),
  /** The detectors with the most open findings, at most 5. */
  topVulnerabilities: z.array(
    z.object({ detectorId: z.string(), title: z.string(), findings: z.number().int(), before: z.number().int() }),
  ),
  /** At most 3 each. */
  mostOpen: z.array(scanCountSchema),
  mostCritical: z.array(scanCountSchema),
});

/** What was fixed in the days asked for, compared with as many days before. Times are from first detection to closing. */
export const codeFixOverviewSchema = z.object({
  from: daySchema,
  to: daySchema,
  /** The moment that the last day is told of; null before the first sync. */
  asOf: z.iso.datetime().nullable(),
  closed: figureSchema,
  opened: figureSchema,
  averageDaysToClose: z.object({ value: z.number().nullable(), before: z.number().nullable() }),
  averageDaysBySeverity: z.partialRecord(severitySchema, z.number()),
  /** `known` is false before the first code scan, and on days to come: the numbers are then no zeros. */
  days: z.array(
    z.object({
      day: daySchema,
      open: z.number().int(),
      opened: z.number().int(),
      closed: z.number().int(),
      known: z.boolean(),
    }),
  ),
});

/** A figure and what it is compared with. */
export type CodeFigure = z.infer<typeof figureSchema>;

export const codeMetricsSchema = z.object({ findings: codeFindingsOverviewSchema, fixes: codeFixOverviewSchema });
export type CodeMetrics = z.infer<typeof codeMetricsSchema>;
