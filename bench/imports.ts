import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { parseConfig } from "#local/config.ts";
import { openDatabase as openServer } from "#local/database.ts";
import { writeReport } from "./a-report.ts";
import type { BenchResult } from "./bench-result.ts";
import { peakMemoryOf } from "./memory.ts";

const RESULTS = 500_000;
const FEW_RESULTS = 50_000;
const PARSED = "JSON.parse of the same file";
const FEW = "the peak for a tenth of the results";

type Passage = { seconds: number; peakMebibytes: number; counts?: { new: number; closed: number; unchanged: number } };

/** A report of half a million results read, brought in by the import that the worker runs, and brought in again. */
export async function benchImports(): Promise<BenchResult[]> {
  const dir = mkdtempSync(join(tmpdir(), "sightline-bench-"));
  const server = await openServer(parseConfig({ DATA_DIR: dir }));
  try {
    const { appUrl } = server.urls;
    const [many, few] = [join(dir, "many.sarif"), join(dir, "few.sarif")];
    const megabytes = (await writeReport(many, RESULTS)) / 1e6;
    await writeReport(few, FEW_RESULTS);
    const parsed = go("parse", many);
    const read = go("read", many);
    const readFew = go("read", few);
    const importedFew = go("import", few, appUrl);
    const copied = go("copy", many, appUrl);
    const imported = go("import", many, appUrl);
    const again = go("import", many, appUrl);
    requireCounts(imported, { new: RESULTS, closed: 0, unchanged: 0 });
    requireCounts(again, { new: 0, closed: 0, unchanged: RESULTS });
    await requireExactRollups(appUrl);
    const ofPostgres = peakMemoryOf(process.pid).find(({ name }) => name === "PostgreSQL")?.mebibytes ?? Number.NaN;
    return [
      judged("reading", { figure: megabytes / read.seconds, unit: "MB/s" }, PARSED, [
        read.seconds / parsed.seconds,
        20,
      ]),
      toMemory(`memory of reading ${Math.round(megabytes)} MB`, read, PARSED, [parsed, 0.5]),
      toMemory("memory of reading ten times as much", read, FEW, [readFew, 1.5]),
      toMemory("memory of importing ten times as much", imported, FEW, [importedFew, 1.5]),
      { ...NO_RATIO, name: "PostgreSQL's largest process", figure: ofPostgres, unit: "MiB" },
      toRate("import of 500,000 results", imported, copied),
      toRate("the same again, which changes nothing", again, copied),
    ];
  } finally {
    await server.cluster?.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

const NO_RATIO = { reference: "", ratio: null, goal: "", isMet: null };

function go(way: string, path: string, databaseUrl = ""): Passage {
  const script = fileURLToPath(new URL("./read-report-once.ts", import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [script, way, path, databaseUrl], { encoding: "utf8" }));
}

/** `at`: how many times the reference it is, and may be. */
function judged(
  name: string,
  measured: Pick<BenchResult, "figure" | "unit">,
  reference: string,
  at: [ratio: number, most: number],
): BenchResult {
  const [ratio, most] = at;
  return { name, ...measured, reference, ratio, goal: `≤ ${most} ×`, isMet: ratio <= most };
}

function toMemory(
  name: string,
  { peakMebibytes: figure }: Passage,
  reference: string,
  [other, most]: [Passage, number],
): BenchResult {
  return judged(name, { figure, unit: "MiB" }, reference, [figure / other.peakMebibytes, most]);
}

function toRate(name: string, { seconds }: Passage, copied: Passage): BenchResult {
  const reference = "COPY of the same rows from Node into an unindexed table, which reads no report";
  return {
    ...NO_RATIO,
    name,
    figure: RESULTS / seconds,
    unit: "results/s",
    reference,
    ratio: copied.seconds / seconds,
  };
}

function requireCounts({ counts }: Passage, expected: Passage["counts"]): void {
  const [found, wanted] = [JSON.stringify(counts), JSON.stringify(expected)];
  if (found !== wanted) throw new Error(`The import counts ${found} instead of ${wanted}`);
}

async function requireExactRollups(url: string): Promise<void> {
  openDatabase(url);
  const differences = await verifyRollups();
  await closeDatabase();
  if (differences.length > 0) throw new Error(`The rollups differ from a recount in ${differences.length} places`);
}
