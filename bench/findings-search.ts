import { database } from "#lib/db/database.ts";
import { cveName, PACKAGE_WORDS, packageName } from "#testing/organisation.ts";
import type { BenchResult } from "./bench-result.ts";
import { list } from "./findings-lists.ts";
import { judged, msOf, percentile, quicker, timeOfSlow, WARM_ROUNDS, within } from "./measure.ts";

/** 250 fixed words by how many findings have them. */
const TERMS: Record<string, string[]> = {
  rare: Array.from({ length: 50 }, (_, number) => cveName(9_000 + number * 5)),
  middle: Array.from({ length: 50 }, (_, number) => packageName(number * 37)),
  dense: Array.from({ length: 50 }, (_, number) => PACKAGE_WORDS[number % 10] ?? ""),
  none: Array.from({ length: 50 }, (_, number) => `nothing-${number}`),
  "in paths": Array.from({ length: 50 }, (_, number) =>
    number % 2 === 0 ? `file-${number % 31}` : `module-${number * 19}`,
  ),
};
const GOAL_MS = 50;
const SEQUENTIAL = "SELECT count(*) FROM finding WHERE title ILIKE '%nothing-1%' OR package_name ILIKE '%nothing-1%'";

/** A word at a time, by density. */
export async function benchSearch(oneMs: number): Promise<BenchResult[]> {
  const scan = await timeOfSlow(() => database().pool.query(SEQUENTIAL));
  const results: BenchResult[] = [];
  const every: number[] = [];
  const toResult = (name: string, times: number[]) => {
    const p95 = percentile(times, 0.95);
    const reference = `ILIKE over the findings (${Math.round(scan)} ms), times quicker`;
    return judged(`Search for a word, ${name}, p95 of ${times.length}`, p95, reference, quicker(scan / p95, 5));
  };
  for (const [density, terms] of Object.entries(TERMS)) {
    for (const q of terms.slice(0, WARM_ROUNDS)) await list({ q })();
    const times: number[] = [];
    for (const q of terms) times.push(await msOf(list({ q })));
    every.push(...times);
    results.push(toResult(density, times));
  }
  const p95 = percentile(every, 0.95);
  const inMs = judged(`Search for a word, any, in milliseconds, p95`, p95, "", within(p95, GOAL_MS, oneMs));
  return [...results, toResult("any", every), inMs];
}
