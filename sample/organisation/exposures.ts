import type { Problem } from "./finding.ts";
import type { Span } from "./life.ts";
import { type Random, randomFrom } from "./random.ts";
import { DAY, HOUR, NEVER, WEEK } from "./time.ts";
import type { Year } from "./workload.ts";

/** A problem that a team has in what it runs: introduced, and sooner or later (or never) repaired. */
export type Exposure = { problem: Problem; spans: Span[] };

/** Half of the exposures of a severity are repaired within this many days. */
const MEDIAN_DAYS_TO_FIX: Record<string, number> = {
  CRITICAL: 21,
  HIGH: 60,
  MEDIUM: 140,
  LOW: 220,
  UNTRIAGED: 120,
  INFORMATIONAL: 240,
};

/** `count` exposures to different problems, a third of them older than the year. */
export function exposuresOf(count: number, pick: () => Problem, random: Random, year: Year): Exposure[] {
  const problems = new Map<string, Problem>();
  // A small pool may not hold as many different problems as asked for.
  for (let tries = 0; problems.size < count && tries < count * 4; tries++) {
    const problem = pick();
    problems.set(problem.key, problem);
  }
  return [...problems.values()].map((problem) => ({ problem, spans: spansOf(problem, random, year) }));
}

function spansOf(problem: Problem, random: Random, year: Year): Span[] {
  const introducedAt = random.chance(0.33)
    ? random.between(year.start - 120 * DAY, year.start)
    : random.between(year.start, year.end - HOUR);
  const from = Math.round(Math.max(introducedAt, listedAt(problem, year)));
  const first = { from, to: swept(from, from + timeToFix(problem, random), random, year) };
  if (first.to === NEVER || !random.chance(0.07)) return [first];
  // A fix that was rolled back, or a merge that brought the old version in again.
  const backAt = Math.round(first.to + random.between(1 * DAY, 16 * DAY));
  return [first, { from: backAt, to: Math.round(backAt + random.between(2 * DAY, 30 * DAY)) }];
}

/** From when on scanners can know a problem: its publication, or for a few the later day its packages are listed. */
function listedAt({ vulnerability }: Problem, year: Year): number {
  if (vulnerability === null) return 0;
  const random = randomFrom(`${year.seed}/listed/${vulnerability.id}`);
  const publishedAt = Date.parse(vulnerability.publishedOn);
  if (!random.chance(0.05)) return publishedAt;
  return Math.max(publishedAt, random.between(year.start + WEEK, year.end - WEEK));
}

/** When a problem is repaired, given that in one fortnight every team repairs a quarter of what it has. */
function swept(from: number, to: number, random: Random, { start }: Year): number {
  const sweptAt = Math.round(start + 34 * WEEK + random.between(0, 2 * WEEK));
  return from < sweptAt && sweptAt < to && random.chance(0.25) ? sweptAt : to;
}

function timeToFix(problem: Problem, random: Random): number {
  if (random.chance(shareNeverFixed(problem))) return NEVER;
  // What is known to be exploited is repaired first.
  const median = problem.vulnerability?.knownExploitedOn ? 9 : medianDaysToFix(problem);
  // An exponential distribution with that median, at least half a day.
  return Math.round(Math.max(0.5, (median * -Math.log(1 - random.next())) / Math.LN2) * DAY);
}

function shareNeverFixed({ fixAvailable, vulnerability }: Problem): number {
  if (fixAvailable === "NO") return 0.8;
  return vulnerability?.knownExploitedOn ? 0.05 : 0.26;
}

function medianDaysToFix({ assessments }: Problem): number {
  return MEDIAN_DAYS_TO_FIX[assessments.at(-1)?.severity ?? "MEDIUM"] ?? 90;
}

/** The exposure of something that is never patched, only replaced: what it has once, it keeps. */
export function untilReplaced(spans: readonly Span[], { bornAt, goneAt }: { bornAt: number; goneAt: number }): Span[] {
  const first = spans.find(({ from, to }) => from < goneAt && bornAt < to);
  return first ? [{ from: first.from, to: NEVER }] : [];
}
