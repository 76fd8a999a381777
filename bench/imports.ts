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

const RESULTS = 500_000;
const FEW_RESULTS = 50_000; // enough for a rate; the database is measured by write-path
const REFERENCE = "JSON.parse of the same file";

type Passage = { seconds: number; peakMebibytes: number };

/** A report of half a million results read alone; a tenth of it brought into an empty database, and brought in again. */
export async function benchImports(): Promise<BenchResult[]> {
  const dir = mkdtempSync(join(tmpdir(), "sightline-bench-"));
  const server = await openServer(parseConfig({ DATA_DIR: dir }));
  try {
    const [many, few] = [join(dir, "many.sarif"), join(dir, "few.sarif")];
    const megabytes = (await writeReport(many, RESULTS)) / 1e6;
    await writeReport(few, FEW_RESULTS);
    const parsed = go("parse", many);
    const read = go("read", many);
    const readFew = go("read", few);
    const first = go("import", few, server.urls.appUrl);
    const again = go("import", few, server.urls.appUrl);
    await requireExactRollups(server.urls.appUrl);
    return [
      toResult("reading", { figure: megabytes / read.seconds, unit: "MB/s" }, read.seconds / parsed.seconds, 20),
      toMemory(`memory of reading ${Math.round(megabytes)} MB`, read, parsed),
      {
        ...toMemory("memory of reading ten times as much", read, readFew),
        reference: "the peak for a tenth of the results",
        goal: "≤ 1.5 ×",
        isMet: read.peakMebibytes <= 1.5 * readFew.peakMebibytes,
      },
      { ...NO_RATIO, name: "first import", figure: FEW_RESULTS / first.seconds, unit: "results/s" },
      { ...NO_RATIO, name: "the same again", figure: FEW_RESULTS / again.seconds, unit: "results/s" },
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

function toResult(
  name: string,
  measured: Pick<BenchResult, "figure" | "unit">,
  ratio: number,
  most: number,
): BenchResult {
  return { name, ...measured, reference: REFERENCE, ratio, goal: `≤ ${most} ×`, isMet: ratio <= most };
}

function toMemory(name: string, { peakMebibytes }: Passage, parsed: Passage): BenchResult {
  return toResult(name, { figure: peakMebibytes, unit: "MiB" }, peakMebibytes / parsed.peakMebibytes, 0.5);
}

async function requireExactRollups(url: string): Promise<void> {
  openDatabase(url);
  const differences = await verifyRollups();
  await closeDatabase();
  if (differences.length > 0) throw new Error(`The rollups differ from a recount in ${differences.length} places`);
}
