import { Worker } from "node:worker_threads";
import { database } from "#lib/db/database.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { type FindingQuery, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import type { BenchResult } from "./bench-result.ts";
import { atMost, judged, percentile } from "./measure.ts";

const CLIENTS = 32;
const SECONDS = 10;

/** What people look at: everything, one severity, one account. */
const QUERIES: FindingQuery[] = [
  {},
  { severity: "high" },
  ...Array.from({ length: 14 }, (_, number) => ({ accountId: `${100_000_000_000 + number * 61}` })),
];

/** 32 clients on the list, by themselves and while a sync writes into the same tables. */
export async function benchClients(databaseUrl: string): Promise<BenchResult[]> {
  await readFor(2);
  const quiet = await readFor(SECONDS);
  const stop = await startWriting(databaseUrl);
  const busy = await readFor(SECONDS);
  const written = await stop();
  const [quietMs, busyMs] = [percentile(quiet, 0.975), percentile(busy, 0.975)];
  const wrote = `while ${written.toLocaleString("en")} findings were written`;
  const throughput = busy.length / quiet.length;
  return [
    judged(
      `${CLIENTS} clients, p97.5 ${wrote}`,
      busyMs,
      `the same clients by themselves (${quietMs.toFixed(0)} ms)`,
      atMost(busyMs / quietMs, 4),
    ),
    {
      name: `${CLIENTS} clients, pages a second ${wrote}`,
      figure: busy.length / SECONDS,
      unit: "pages/s",
      reference: `the same clients by themselves (${Math.round(quiet.length / SECONDS)} pages/s)`,
      ratio: throughput,
      goal: "≥ 0.5 ×",
      isMet: throughput >= 0.5,
    },
  ];
}

/** How long each page took that clients asked for within that time. */
async function readFor(seconds: number): Promise<number[]> {
  const until = performance.now() + seconds * 1000;
  const times: number[] = [];
  const read = async (_: unknown, client: number) => {
    for (let page = client; performance.now() < until; page += 1) {
      const from = performance.now();
      await listFindings(findingFilterSchema.parse({ status: "active", ...QUERIES[page % QUERIES.length] }));
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, read));
  return times;
}

/** A sync in a thread of its own, once it writes. Whoever stops it learns how many findings it has written. */
async function startWriting(databaseUrl: string): Promise<() => Promise<number>> {
  await database().pool.query(
    "INSERT INTO connection (id, source, name, region) SELECT gen_random_uuid(), 'inspector', 'bench', 'eu-west-1'",
  );
  const writer = new Worker(new URL("./write-on.ts", import.meta.url), { workerData: databaseUrl });
  const told = () =>
    new Promise<number>((resolve, reject) => {
      writer.once("message", resolve).once("error", reject);
    });
  await told();
  return async () => {
    const written = told();
    writer.postMessage("stop");
    return await written;
  };
}
