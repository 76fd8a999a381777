import { spawn } from "node:child_process";
import { once } from "node:events";
import { type BenchResult, median } from "./bench-result.ts";
import { BENCH_TOKEN, databaseUrlOf, type Instance } from "./instance.ts";
import { requestsPerSecond } from "./load.ts";

const ROUNDS = 3;
const GOAL = 0.5;

/** The list's first page over HTTP, against the barest server that answers the same rows; round by round in turn. */
export async function benchListPage(instance: Instance): Promise<BenchResult[]> {
  const bare = await startBareServer(databaseUrlOf(instance));
  try {
    const path = "/api/v1/findings?status=active&limit=50";
    const ours: number[] = [];
    const reference: number[] = [];
    await requestsPerSecond(`${instance.url}${path}`, BENCH_TOKEN, 3); // warm
    for (let round = 0; round < ROUNDS; round += 1) {
      reference.push(await requestsPerSecond(`${bare.url}${path}`, BENCH_TOKEN, 5));
      ours.push(await requestsPerSecond(`${instance.url}${path}`, BENCH_TOKEN, 5));
    }
    const ratio = median(ours.map((figure, round) => figure / (reference[round] ?? Number.NaN)));
    const text = `a minimal Node + pg server (${Math.round(median(reference))} requests/s)`;
    return [
      {
        name: "List page through HTTP, 20,000 findings",
        figure: median(ours),
        unit: "requests/s",
        reference: text,
        ratio,
        goal: `≥ ${GOAL} ×`,
        isMet: ratio >= GOAL,
      },
    ];
  } finally {
    await bare.stop();
  }
}

async function startBareServer(databaseUrl: string): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ["bench/bare-server.ts"], {
    env: { ...process.env, DATABASE_URL: databaseUrl, BENCH_TOKEN },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  return {
    url: String(line).trim(),
    stop: async () => {
      child.kill();
      await once(child, "exit");
    },
  };
}
