import type { Trends } from "#lib/domain/trends.ts";

/**
 * A trend whose days after the moment it is told of are not known. There are none but while the sample lives through its
 * year: its clock is behind ours.
 */
export function withToldDays(trends: Trends): Trends {
  const lastDay = trends.asOf?.slice(0, 10) ?? "";
  return { ...trends, days: trends.days.map((day) => (day.day > lastDay ? { ...day, known: false } : day)) };
}
