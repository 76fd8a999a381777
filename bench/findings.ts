import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeDatabase, database, openDatabase } from "#lib/db/database.ts";
import { copyRows } from "#lib/db/write/copy-rows.ts";
import { parseConfig } from "#local/config.ts";
import { openDatabase as openServer } from "#local/database.ts";
import { makeOrganisation } from "#testing/organisation.ts";
import type { BenchResult } from "./bench-result.ts";
import { benchDatabaseSize, RULERS } from "./database-size.ts";
import { benchClients } from "./findings-clients.ts";
import { benchCounts } from "./findings-counts.ts";
import { benchGroups } from "./findings-groups.ts";
import { benchFilters, benchPages } from "./findings-lists.ts";
import { benchSearch } from "./findings-search.ts";
import { benchWriters } from "./findings-writers.ts";
import { atMost, judged, msOf, printed, timeOf } from "./measure.ts";
import { withoutIndexes } from "./without-indexes.ts";

const ACCOUNTS = 1_000;
const COPIED = 50_000;
/** How many times quicker than reading everything, is asked of so many. */
const LARGE = 1_000_000;

/** What is measured of a list of one size, by the name that `--only` takes. `oneMs` is what the machine takes for nothing. */
const PARTS: Record<string, (given: { appUrl: string; oneMs: number }) => Promise<BenchResult[]>> = {
  pages: benchPages,
  filters: ({ oneMs }) => benchFilters(oneMs),
  counts: ({ oneMs }) => benchCounts(oneMs),
  groups: ({ oneMs }) => benchGroups(oneMs),
  search: ({ oneMs }) => benchSearch(oneMs),
  clients: ({ appUrl }) => benchClients(appUrl),
};
/** What must take about as long however many findings there are. */
const SAME_AT_ANY_SIZE = /^First page (with its count|by )|^Page behind/;

/** `sizes`: how many findings. `only`: some of the parts. `keep`: a folder whose databases are used again, if given. */
export type FindingsBench = { sizes: number[]; only: string[]; keep?: string | undefined };

/** The findings list over large organisations, each on an embedded PostgreSQL of its own, against SQL that is named. */
export async function benchFindings({ sizes, only, keep }: FindingsBench): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  const isAsked = (part: string) => only.length === 0 || only.includes(part);
  const pages = new Map<number, BenchResult[]>();
  for (const size of sizes) {
    const ofSize = await onDatabase(size, keep, async (urls) => {
      const { oneMs, results: parts } = await calibrate();
      for (const [name, run] of Object.entries(PARTS)) {
        if (isAsked(name)) parts.push(...(await run({ ...urls, oneMs })));
      }
      return parts;
    });
    pages.set(
      size,
      ofSize.filter(({ name }) => SAME_AT_ANY_SIZE.test(name)),
    );
    const told = size >= LARGE ? ofSize : ofSize.map(unjudged);
    results.push(...told.map((result) => ({ ...result, name: `${toSize(size)}: ${result.name}` })));
    process.stdout.write(`  ${toSize(size)} measured\n`);
  }
  if (isAsked("writers")) {
    const ofWriters = async () => benchWriters((await calibrate()).oneMs);
    results.push(...(await onDatabase(0, undefined, ofWriters)));
  }
  for (const ruler of isAsked("size") ? RULERS : []) {
    results.push(...(await onDatabase(0, undefined, () => benchDatabaseSize(ruler))));
  }
  return [...results, ...growth(pages)];
}

function unjudged(result: BenchResult): BenchResult {
  return result.goal.startsWith("≥") ? { ...result, goal: "", isMet: null } : result;
}

/** Pages of the largest against those of the smallest. */
function growth(pages: Map<number, BenchResult[]>): BenchResult[] {
  const [least, most] = [Math.min(...pages.keys()), Math.max(...pages.keys())];
  if (least === most) return [];
  return (pages.get(most) ?? []).flatMap(({ name, figure: large }) => {
    const small = pages.get(least)?.find((page) => page.name === name)?.figure;
    if (small === undefined) return [];
    const reference = `that of ${toSize(least)} (${small.toFixed(1)} ms)`;
    return [judged(`${toSize(most)} against ${toSize(least)}: ${name}`, large, reference, atMost(large / small, 2))];
  });
}

const toSize = (findings: number) => (findings >= 1_000_000 ? `${findings / 1_000_000} M` : `${findings / 1_000} k`);

type Urls = { appUrl: string; ownerUrl: string };

async function onDatabase(
  findings: number,
  keep: string | undefined,
  run: (urls: Urls) => Promise<BenchResult[]>,
): Promise<BenchResult[]> {
  const dataDir = keep === undefined ? mkdtempSync(join(tmpdir(), "sightline-bench-")) : join(keep, `${findings}`);
  mkdirSync(dataDir, { recursive: true });
  const server = await openServer(parseConfig({ DATA_DIR: dataDir }));
  try {
    openDatabase(server.urls.appUrl);
    return [...(await fill(server.urls, findings, join(dataDir, "filled"))), ...(await run(server.urls))];
  } finally {
    await closeDatabase();
    await server.cluster?.stop();
    if (keep === undefined) rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Filled once: `mark` says that it was. One that was filled in part has accounts already, and fails. */
async function fill({ ownerUrl }: Urls, findings: number, mark: string): Promise<BenchResult[]> {
  if (findings === 0 || existsSync(mark)) return [];
  const ms = await msOf(() => withoutIndexes(ownerUrl, () => makeOrganisation({ findings, accounts: ACCOUNTS })));
  writeFileSync(mark, "");
  const { rows } = await database().pool.query<{ bytes: string }>(
    "SELECT pg_database_size(current_database()) AS bytes",
  );
  return [
    printed("Made and indexed", ms / 1000, "s"),
    printed(
      "Database per million findings, raw and history aside",
      (Number(rows[0]?.bytes) / 1024 ** 3 / findings) * 1_000_000,
      "GiB",
    ),
  ];
}

/** What the machine does meanwhile: milliseconds are to be read against these. */
async function calibrate(): Promise<{ oneMs: number; results: BenchResult[] }> {
  const oneMs = await timeOf(() => database().pool.query({ name: "one", text: "SELECT 1" }));
  const client = await database().pool.connect();
  try {
    await client.query("CREATE TEMP TABLE bench_copied (number int4, title text, region text)");
    const rows = Array.from({ length: COPIED }, (_, number) => ({
      number,
      title: `A title as findings have them, number ${number}`,
      region: "eu-west-1",
    }));
    const copyMs = await msOf(() =>
      copyRows(client, "bench_copied", { number: "int4", title: "text", region: "text" }, rows),
    );
    const results = [
      printed("Calibration: prepared SELECT 1", oneMs),
      printed("Calibration: COPY of narrow rows", COPIED / (copyMs / 1000), "rows/s"),
    ];
    return { oneMs, results };
  } finally {
    client.release(true);
  }
}
