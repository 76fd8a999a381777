import { type BenchResult, median } from "./bench-result.ts";
import { startInstance } from "./instance.ts";
import { signIn } from "./overview-page.ts";

const ROUNDS = 7;
const WARM_ROUNDS = 4;
const GOAL = 20;

/** The Trends page as the server renders it, against the page that asks nothing; both on what `dataDir` holds. */
export async function benchTrendsPage(dataDir: string, days: number): Promise<BenchResult[]> {
  const range = days > 365 ? "all" : "1y";
  const instance = await startInstance(dataDir, "off");
  try {
    const cookie = await signIn(instance, "bench-trends");
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < WARM_ROUNDS + ROUNDS; round += 1) {
      bare.push(await msOf(() => getPage(`${instance.url}/definitions`, cookie, "How")));
      ours.push(await msOf(() => getPage(`${instance.url}/trends?range=${range}`, cookie, "Why it moved")));
    }
    const [ourMs, bareMs] = [median(ours.slice(WARM_ROUNDS)), median(bare.slice(WARM_ROUNDS))];
    return [
      {
        name: `Trends page of ${days} days, rendered on the server`,
        figure: ourMs,
        unit: "ms",
        reference: `a page that asks nothing (${Math.round(bareMs)} ms)`,
        ratio: ourMs / bareMs,
        goal: `≤ 400 ms, ≤ ${GOAL} ×`,
        isMet: ourMs / bareMs <= GOAL,
      },
    ];
  } finally {
    await instance.stop();
  }
}

async function getPage(address: string, cookie: string, word: string): Promise<void> {
  const answer = await fetch(address, { headers: { cookie }, redirect: "manual" });
  const html = await answer.text();
  if (answer.status !== 200 || !html.includes(word)) throw new Error(`${address} answered ${answer.status}`);
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
