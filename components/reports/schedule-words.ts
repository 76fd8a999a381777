import type { Rhythm } from "#lib/domain/report-schedule.ts";

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

export const hourWord = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

/** "Every month on day 1 at 09:00, Europe/Berlin" */
export function rhythmWords({ every, day, hour, timeZone }: Rhythm): string {
  const at = `at ${hourWord(hour)}, ${timeZone}`;
  if (every === "week") return `Every ${WEEKDAYS[day - 1] ?? "week"} ${at}`;
  return `Every ${every} on day ${day} ${at}`;
}
