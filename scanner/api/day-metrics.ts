import type { CountedSeverity, DayCount } from "../store/read-metrics.ts";

export type SeverityValues = { info: number; low: number; medium: number; high: number; critical: number };
export type DayMetrics = {
  day: string;
  newFindings: SeverityValues;
  closedFindings: SeverityValues;
  /** At the end of the day. */
  openFindings: SeverityValues;
  /** Days from first detection to close, over all that were closed up to the end of the day; 0 if none was. */
  meanTimeToClose: SeverityValues;
};

const KEYS = { Critical: "critical", High: "high", Medium: "medium", Low: "low" } satisfies Record<
  CountedSeverity,
  keyof SeverityValues
>;
export const DAY_MS = 24 * 3600_000;

export function noFindings(): SeverityValues {
  return { info: 0, low: 0, medium: 0, high: 0, critical: 0 };
}

export function severityKey(severity: CountedSeverity): keyof SeverityValues {
  return KEYS[severity];
}

/** The UTC day of an instant, as `2026-11-24`. */
export function toDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The first instant after a day. */
export function endOfDay(day: string): Date {
  return new Date(Date.parse(day) + DAY_MS);
}

/** One row a day from `from` to `to`, both included, out of what happened until then. */
export function toDayMetrics(counts: DayCount[], from: string, to: string): DayMetrics[] {
  const byDay = Map.groupBy(counts, ({ day }) => (day < from ? "before" : day));
  const openSum = noFindings();
  const closedSum = noFindings();
  const daysToClose = noFindings();
  const add = (count: DayCount) => {
    const key = severityKey(count.severity);
    openSum[key] += count.opened + count.reopened - count.closed;
    closedSum[key] += count.closed;
    daysToClose[key] += count.daysToClose;
  };
  byDay.get("before")?.forEach(add);
  const metrics: DayMetrics[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) {
    const day = toDay(new Date(at));
    const today = byDay.get(day) ?? [];
    today.forEach(add);
    metrics.push({
      day,
      newFindings: sumBySeverity(today, ({ opened }) => opened),
      closedFindings: sumBySeverity(today, (count) => count.closed),
      openFindings: { ...openSum },
      meanTimeToClose: divide(daysToClose, closedSum),
    });
  }
  return metrics;
}

function sumBySeverity(counts: DayCount[], toNumber: (count: DayCount) => number): SeverityValues {
  const sums = noFindings();
  for (const count of counts) sums[severityKey(count.severity)] += toNumber(count);
  return sums;
}

function divide(sums: SeverityValues, counts: SeverityValues): SeverityValues {
  const mean = noFindings();
  for (const key of Object.values(KEYS)) mean[key] = counts[key] === 0 ? 0 : sums[key] / counts[key];
  return mean;
}
