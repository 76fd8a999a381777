const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Whole units between two instants, the largest that fits: "6 h", "12 d". */
function span(durationMs: number): string {
  if (durationMs < HOUR) return `${Math.max(1, Math.floor(durationMs / MINUTE))} min`;
  if (durationMs < DAY) return `${Math.floor(durationMs / HOUR)} h`;
  return `${Math.floor(durationMs / DAY)} d`;
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const dayAndYear = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** A calendar day in UTC: "24 Dec", with the year when it is another one. */
export function formatDay(at: Date, now: Date): string {
  return (at.getUTCFullYear() === now.getUTCFullYear() ? day : dayAndYear).format(at);
}

/** Relative below 30 days ("6 h ago", "in 3 d"), the day after that. */
export function formatRelative(at: Date, now: Date): string {
  const distanceMs = now.getTime() - at.getTime();
  if (Math.abs(distanceMs) < MINUTE) return "now";
  if (Math.abs(distanceMs) >= 30 * DAY) return formatDay(at, now);
  return distanceMs > 0 ? `${span(distanceMs)} ago` : `in ${span(-distanceMs)}`;
}

/** How old something is: "12 d", "3 h". */
export const formatAge = (since: Date, now: Date): string => span(Math.max(0, now.getTime() - since.getTime()));

/** A bare clock time, always with its zone: "06:12 UTC". */
export const formatClock = (at: Date): string => `${at.toISOString().slice(11, 16)} UTC`;

/** A clock time where it lies in the last day, the day and the time otherwise. */
export function formatAsOf(at: Date, now: Date): string {
  return now.getTime() - at.getTime() < DAY ? formatClock(at) : `${formatDay(at, now)}, ${formatClock(at)}`;
}

// Making one costs more than a row of a list; a page has a zone or two.
const exactFormats = new Map<string, Intl.DateTimeFormat>();

/** The exact instant in the reader's zone, with the zone's name. */
export function formatExact(at: Date, timeZone: string): string {
  const format =
    exactFormats.get(timeZone) ??
    new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long", timeZone });
  exactFormats.set(timeZone, format);
  return format.format(at);
}
