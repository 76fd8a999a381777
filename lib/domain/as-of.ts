import { z } from "zod";
import { endOfDay, toDay } from "./day.ts";
import { daySchema } from "./day-schema.ts";

/** A moment to look back to: an instant, or a UTC day, which means its end (today: the newest moment that is settled). */
export const asOfSchema = z.union([
  daySchema,
  z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString()),
]);

/** The instant that an `asOf` means. */
export function toInstant(asOf: string): Date {
  return asOf.length === 10 ? endOfDay(asOf) : new Date(asOf);
}

/** Whether it is still to come: today is not, tomorrow and an instant after `now` are. */
export function isToCome(asOf: string, now: Date): boolean {
  return asOf.length === 10 ? asOf > toDay(now) : new Date(asOf) > now;
}
