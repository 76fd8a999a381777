import { type BenchResult, median } from "./bench-result.ts";

const ROUNDS = 9;
/** As often a statement is planned anew before its plan is kept. */
export const WARM_ROUNDS = 6;
/** What is slow enough to be counted in seconds is asked less often. */
export const FEW_ROUNDS = 3;

/** Both in turn, after rounds to warm up. `ratio` is how many times quicker ours is. */
export async function compare(theirs: () => Promise<unknown>, ours: () => Promise<unknown>, rounds = ROUNDS) {
  const measured: { ourMs: number; theirMs: number }[] = [];
  for (let round = 0; round < WARM_ROUNDS; round += 1) await ours();
  for (let round = 0; round < rounds; round += 1)
    measured.push({ theirMs: await msOf(theirs), ourMs: await msOf(ours) });
  return {
    ratio: median(measured.map(({ ourMs, theirMs }) => theirMs / ourMs)),
    ourMs: median(measured.map(({ ourMs }) => ourMs)),
    theirMs: median(measured.map(({ theirMs }) => theirMs)),
  };
}

/** The median of some rounds, after others to warm up. */
export async function timeOf(work: () => Promise<unknown>, rounds = ROUNDS): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < WARM_ROUNDS + rounds; round += 1) times.push(await msOf(work));
  return median(times.slice(WARM_ROUNDS));
}

/** The same of what reads everything: a few times, none of them to warm up. */
export async function timeOfSlow(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < FEW_ROUNDS; round += 1) times.push(await msOf(work));
  return median(times);
}

export async function msOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** The value below which that share of them lies. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

type Verdict = Pick<BenchResult, "ratio" | "goal" | "isMet">;

export function judged(name: string, figure: number, reference: string, verdict: Verdict): BenchResult {
  return { name, figure, unit: "ms", reference, ...verdict };
}

export function printed(name: string, figure: number, unit = "ms"): BenchResult {
  return { reference: "", ratio: null, name, figure, unit, goal: "", isMet: null };
}

/** That ours takes at most so many times as long. */
export function atMost(ratio: number, times: number): Verdict {
  return { ratio, goal: `≤ ${times} ×`, isMet: ratio <= times };
}

/** That ours is at least so many times quicker. */
export function quicker(ratio: number, times: number): Verdict {
  return { ratio, goal: `≥ ${times} ×`, isMet: ratio >= times };
}

/** What a prepared SELECT 1 takes on the machine that goals in milliseconds are meant for. */
const CALIBRATED_MS = 0.1;

/** That it takes at most so long, on a machine whose SELECT 1 takes `oneMs`: a slower or busier one is given more. */
export function within(ms: number, goalMs: number, oneMs: number): Verdict {
  const slower = Math.max(1, oneMs / CALIBRATED_MS);
  return {
    ratio: null,
    goal: `≤ ${goalMs} ms at a SELECT 1 of ${CALIBRATED_MS} ms (here ${oneMs.toFixed(2)})`,
    isMet: ms <= goalMs * slower,
  };
}
