import { formatCount } from "#components/ui/numbers.ts";

const HOURS = 24;
const PRECISE_BELOW = 10;

/** A duration of `days` in the unit that says most: "5 h", "2.5 d", "12 d". */
export function formatDays(days: number): string {
  if (days < 1) return `${Math.round(days * HOURS)} h`;
  return days < PRECISE_BELOW ? `${Number(days.toFixed(1))} d` : `${formatCount(Math.round(days))} d`;
}
