import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import type { BenchResult } from "./bench-result.ts";
import { benchBrowser } from "./browser.ts";
import { benchExport } from "./export.ts";
import { benchFindings } from "./findings.ts";
import { benchImports } from "./imports.ts";
import { benchProduct } from "./product.ts";
import { benchScanners } from "./scanner.ts";
import { benchTrends } from "./trends.ts";
import { benchTriage } from "./triage.ts";
import { benchUpload } from "./upload.ts";
import { benchWritePathAlone } from "./write-path-alone.ts";

const { values: options, positionals: given } = parseArgs({
  allowPositionals: true,
  options: {
    findings: { type: "string", default: "1000000" }, // how many the list and trends are measured with
    sizes: { type: "string" }, // several for the list: 100000,10000000
    days: { type: "string", default: "365" }, // over how many days trends go
    accounts: { type: "string", default: "100" }, // and over how many accounts
    only: { type: "string", default: "" }, // parts of a bench: pages,filters,counts,groups,search,clients,writers,size of findings; open,clocks,due,asof,others,pages of trends
    keep: { type: "string" }, // the folder where its databases stay, to be measured again
  },
});

const sizes = (options.sizes ?? options.findings).split(",").map(Number);
const parts = options.only.split(",").filter(Boolean);

const BENCHES: Record<string, (folders: string[]) => Promise<BenchResult[]>> = {
  "write-path": benchWritePathAlone,
  findings: () => benchFindings({ sizes, only: parts, keep: options.keep }),
  export: () => benchExport(Number(options.findings)),
  trends: () =>
    benchTrends({
      findings: Number(options.findings),
      days: Number(options.days),
      accounts: Number(options.accounts),
      only: parts,
      keep: options.keep,
    }),
  triage: benchTriage,
  imports: benchImports,
  product: benchProduct,
  upload: benchUpload,
  browser: () => benchBrowser({ findings: Number(options.findings), keep: options.keep }),
  scanner: benchScanners, // corpora are read where they lie: `scanner FOLDER…`
};

const asked = given.filter((name) => name in BENCHES);
const others = given.filter((name) => !(name in BENCHES));
const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
const folders = others.filter(isFolder);
const unknown = others.filter((path) => !isFolder(path));
if (unknown.length > 0) {
  process.stderr.write(`No such benchmark: ${unknown.join(", ")}. There are: ${Object.keys(BENCHES).join(", ")}\n`);
  process.exit(2);
}

let missed = 0;
for (const [name, run] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stdout.write(`\n${name}\n`);
  const results = await run(folders);
  for (const result of results) process.stdout.write(`  ${toLine(result)}\n`);
  missed += results.filter(({ isMet }) => isMet === false).length;
  if (results.length > 0) save(name, parts.length === 0 ? results : [...kept(name, results), ...results]);
}
process.exit(missed === 0 ? 0 : 1);

function toLine({ name, figure, unit, ratio, reference, goal, isMet }: BenchResult): string {
  const verdict = { true: "met", false: "MISSED", null: "" }[`${isMet}`];
  const against = ratio === null ? "" : `= ${ratio.toFixed(2)} × ${reference}`;
  return [`${name}: ${toFigure(figure)} ${unit}`, against, goal && `goal ${goal}`, verdict].filter(Boolean).join("  ");
}

function toFigure(figure: number): string {
  return figure >= 100 ? Math.round(figure).toLocaleString("en") : figure.toFixed(2);
}

/** What was measured before and is not measured anew: of a bench that is run in parts. */
function kept(name: string, results: BenchResult[]): BenchResult[] {
  const file = `bench/results/${name}.json`;
  if (!existsSync(file)) return [];
  const before: BenchResult[] = JSON.parse(readFileSync(file, "utf8")).results; // written by `save`
  const names = new Set(results.map((result) => result.name));
  return before.filter((result) => !names.has(result.name));
}

/** The last results are kept with the code, with the machine that they were measured on. */
function save(name: string, results: BenchResult[]): void {
  const machine = { cores: cpus().length, memoryGiB: Math.round(totalmem() / 1024 ** 3), node: process.version };
  mkdirSync("bench/results", { recursive: true });
  const measuredAt = new Date().toISOString();
  writeFileSync(`bench/results/${name}.json`, `${JSON.stringify({ measuredAt, machine, results }, null, 2)}\n`);
}
