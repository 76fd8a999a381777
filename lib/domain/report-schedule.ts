import { addDays } from "./day.ts";

/** How often, and which of its days: of the week (1 = Monday), of the month, or of the quarter's first month. */
export type Rhythm = { every: "week" | "month" | "quarter"; day: number; hour: number; timeZone: string };

const HOUR_MS = 3_600_000;
/** No rhythm is longer than a quarter. */
const MOST_DAYS = 100;

/** Whether there is a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * The first moment after `after` at which the clock of the time zone shows the hour on one of the rhythm's days. An hour
 * that the clock leaves out in spring is the one after it; of one that it shows twice in autumn it is the first.
 */
export function nextRun({ every, day, hour, timeZone }: Rhythm, after: Date): Date {
  let local = addDays(dayThere(after, timeZone), -1);
  for (let count = 0; count < MOST_DAYS; count += 1) {
    if (isDayOf(local, { every, day })) {
      const at = toInstantOf(local, hour, timeZone);
      if (at > after) return at;
    }
    local = addDays(local, 1);
  }
  throw new Error(`No day ${day} in a ${every}`);
}

function isDayOf(date: string, { every, day }: Pick<Rhythm, "every" | "day">): boolean {
  if (every === "week") return (new Date(date).getUTCDay() || 7) === day;
  if (Number(date.slice(8, 10)) !== day) return false;
  return every === "month" || Number(date.slice(5, 7)) % 3 === 1;
}

/** The instant at which the clock shows this hour on this date: looked for around it, the earliest first. */
function toInstantOf(date: string, hour: number, timeZone: string): Date {
  const wanted = `${date}T${String(hour).padStart(2, "0")}`;
  const around = Date.parse(`${wanted}:00:00Z`);
  // Clocks are at most 14 hours ahead and 12 behind, in steps of a quarter of an hour.
  for (let step = -14 * 4; step <= 13 * 4; step += 1) {
    const at = new Date(around + (step * HOUR_MS) / 4);
    if (toClock(at, timeZone) >= `${wanted}:00`) return at;
  }
  throw new Error(`${timeZone} has a clock like no other`);
}

/** The day that a calendar of the time zone shows. */
export const dayThere = (at: Date, timeZone: string): string => toClock(at, timeZone).slice(0, 10);

/** What the clock of a time zone shows: 2026-03-29T09:00. */
function toClock(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}`;
}
