import { setTimeout as sleep } from "node:timers/promises";
import { getFindingFacets } from "#lib/db/read/finding-facets.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { findingConditionsSchema, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import type { BenchResult } from "./bench-result.ts";
import { atMost, judged, percentile } from "./measure.ts";

const USERS = 5;
const VISITS = 30;
/** Nobody opens the next list before having looked at this one. */
const LOOK_MS = 300;
const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;

/** Five people who open the findings of a severity, against one by themselves. */
export async function benchFiveUsers(): Promise<BenchResult[]> {
  await visit(0); // warm
  const alone = await visit(0);
  const together = (await Promise.all(Array.from({ length: USERS }, (_, user) => visit(user)))).flat();
  const [oneMs, fiveMs] = [percentile(alone, 0.5), percentile(together, 0.5)];
  const reference = `one by themselves (${oneMs.toFixed(1)} ms)`;
  return [judged("Five users opening findings, each", fiveMs, reference, atMost(fiveMs / oneMs, 2))];
}

/** How long each visit took: a list with its count and its facets. */
async function visit(user: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < VISITS; round += 1) {
    await sleep(LOOK_MS);
    const filter = { status: "active", severity: SEVERITIES[(user + round) % SEVERITIES.length] };
    const from = performance.now();
    await Promise.all([
      listFindings(findingFilterSchema.parse(filter)),
      getFindingFacets(findingConditionsSchema.parse(filter)),
    ]);
    times.push(performance.now() - from);
  }
  return times;
}
