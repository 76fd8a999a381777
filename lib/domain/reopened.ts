import { z } from "zod";
import { daySchema } from "./day-schema.ts";

/**
 * How often what was closed came back, by month: `reopened` and `closed` are movements of the month (fixed, resource
 * gone, or no longer reported), `share` is the first of the second; null where nothing closed.
 */
export const reopenedRateSchema = z.object({
  /** The moment that the last month is told of; null before the first sync. */
  asOf: z.iso.datetime().nullable(),
  firstSyncAt: z.iso.datetime().nullable(),
  /** The first day of each month that the days touch, in order of time; months are told as a whole. */
  months: z.array(
    z.object({
      month: daySchema,
      reopened: z.number().int(),
      closed: z.number().int(),
      share: z.number().nullable(),
    }),
  ),
});
export type ReopenedRate = z.infer<typeof reopenedRateSchema>;
