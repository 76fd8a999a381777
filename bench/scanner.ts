import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { zipOf } from "../scanner/engine/archive/zip-fixture.ts";
import { planFile } from "../scanner/engine/files/plan-file.ts";
import { parseSource } from "../scanner/engine/syntax/parse-source.ts";
import type { BenchResult } from "./bench-result.ts";
import { type Corpus, type CorpusFile, type Half, halfOf, type LabelledCase, readCorpus } from "./scan-corpus.ts";

const MIN_LINES_TO_TIME = 100_000;
const GOALS = { recallPercent: 85, ratioToParsing: 0.15, peakMiB: 400, speedUp: 1.4 };
const FALSE_POSITIVE_PERCENT = { marked: 8, listed: 10 }; // of corpora with marks in their code, of OWASP Benchmark's

type Found = { path: string; startLine: number; detectorId: string };
type Measured = { seconds: number; peakMiB: number; linesScanned: number; found: Found[] };

/** Corpora of code, each by itself where it lies, and those with marks in their code together, whatever the language. */
export async function benchScanners(folders: string[]): Promise<BenchResult[]> {
  if (folders.length === 0) process.stdout.write("  skipped: name one or more folders of code to scan\n");
  const results: BenchResult[] = [];
  const marked: Judged[] = [];
  for (const folder of folders) {
    const ofFolder = await benchScanner(folder);
    results.push(...ofFolder.results);
    marked.push(...ofFolder.judged.filter(({ detectors }) => detectors === null));
  }
  const together = (["even", "odd"] as const).flatMap((half) => halfAccuracy("all marked corpora", half, marked));
  return [...results, ...together];
}

/**
 * Scans the code in a folder as one archive: how much of what is labelled vulnerable is found, how much of what is
 * labelled safe is reported, how fast, and in how much memory. Nothing is written into the folder.
 */
async function benchScanner(dir: string): Promise<{ results: BenchResult[]; judged: Judged[] }> {
  const corpus = readCorpus(dir);
  const name = basename(dir);
  const work = mkdtempSync(join(tmpdir(), "sightline-bench-"));
  try {
    const archive = join(work, "corpus.zip");
    const entries = corpus.files.map(({ path, content }) => ({ name: path, content }));
    writeFileSync(archive, zipOf({ entries }));
    const single = scanOnce(archive, 1);
    const judged = judge(corpus, single.found);
    const speed = await speedOf(name, corpus.files, single, () => scanOnce(archive, 2));
    return { results: [...accuracyOf(name, judged), ...speed], judged };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function scanOnce(archive: string, workers: number): Measured {
  const script = join(import.meta.dirname, "scan-once.ts");
  const output = execFileSync(process.execPath, [script, archive, String(workers)], { maxBuffer: 256 * 1024 ** 2 });
  // Written by scan-once.ts alone.
  return JSON.parse(output.toString("utf8")) as Measured;
}

function judge({ cases }: Corpus, found: Found[]): Judged[] {
  const byPath = Map.groupBy(found, ({ path }) => path);
  return cases.map((each) => ({
    ...each,
    half: halfOf(each.path),
    isStruck: (byPath.get(each.path) ?? []).some((finding) => answers(finding, each)),
  }));
}

function accuracyOf(name: string, judged: Judged[]): BenchResult[] {
  const halves = (["even", "odd"] as const).flatMap((half) => halfAccuracy(name, half, judged));
  const rules = [...Map.groupBy(judged, ({ rule }) => rule)].sort(([a], [b]) => a.localeCompare(b));
  return [...halves, ...rules.map(([rule, ofRule]) => ruleAccuracy(`${name}, ${rule}`, ofRule))];
}

type Judged = LabelledCase & { half: Half; isStruck: boolean };

function answers({ startLine, detectorId }: Found, { startLine: from, endLine, detectors }: LabelledCase): boolean {
  const slug = detectorId.replace(/^[^/]*\/|@.*$/gu, "");
  return startLine >= from && startLine <= endLine && (detectors?.includes(slug) ?? true);
}

/** Rules were tuned on the even half, so only the odd one has goals. */
function halfAccuracy(name: string, half: Half, judged: Judged[]): BenchResult[] {
  const ofHalf = judged.filter((each) => each.half === half);
  const least = GOALS.recallPercent;
  const most = FALSE_POSITIVE_PERCENT[ofHalf.some(({ detectors }) => detectors !== null) ? "listed" : "marked"];
  const share = (isVulnerable: boolean) => {
    const labelled = ofHalf.filter((each) => each.isVulnerable === isVulnerable);
    return labelled.length === 0 ? [] : [(100 * labelled.filter(({ isStruck }) => isStruck).length) / labelled.length];
  };
  const line = (what: string, figure: number, goal: string, isMet: boolean): BenchResult => ({
    name: `${what}, ${name}, ${half} half of ${judged.length} cases`,
    figure,
    unit: "%",
    reference: "",
    ratio: null,
    goal: half === "odd" ? goal : "",
    isMet: half === "odd" ? isMet : null,
  });
  return [
    ...share(true).map((figure) => line("recall", figure, `≥ ${least} %`, figure >= least)),
    ...share(false).map((figure) => line("false positives", figure, `≤ ${most} %`, figure <= most)),
  ];
}

/** Both halves in one line, since a rule has few cases: how many were answered rightly, and of which kind. */
function ruleAccuracy(name: string, ofRule: Judged[]): BenchResult {
  const count = (isVulnerable: boolean, half: Half) => {
    const labelled = ofRule.filter((each) => each.isVulnerable === isVulnerable && each.half === half);
    return `${labelled.filter(({ isStruck }) => isStruck).length} of ${labelled.length}`;
  };
  const told = (half: Half) => `${half} half: found ${count(true, half)}, reported wrongly ${count(false, half)}`;
  const right = ofRule.filter(({ isVulnerable, isStruck }) => isVulnerable === isStruck).length;
  return {
    name: `right, ${name} (${told("even")}; ${told("odd")})`,
    figure: (100 * right) / ofRule.length,
    unit: "%",
    reference: "",
    ratio: null,
    goal: "",
    isMet: null,
  };
}

async function speedOf(
  name: string,
  files: CorpusFile[],
  single: Measured,
  scanWithTwo: () => Measured,
): Promise<BenchResult[]> {
  const memory: BenchResult = {
    name: `peak memory of a scan, ${name}`,
    figure: single.peakMiB,
    unit: "MiB",
    reference: "",
    ratio: null,
    goal: `≤ ${GOALS.peakMiB}`,
    isMet: single.peakMiB <= GOALS.peakMiB,
  };
  // In a small folder the time is that of the start.
  if (single.linesScanned < MIN_LINES_TO_TIME) return [memory];
  const rate = single.linesScanned / 1_000 / single.seconds;
  const parsing = await parsingRate(files);
  const speedUp = single.seconds / scanWithTwo().seconds;
  return [
    {
      name: `scan on one core, ${name}`,
      figure: rate,
      unit: "kloc/s",
      reference: "parsing alone",
      ratio: rate / parsing,
      goal: `≥ ${GOALS.ratioToParsing} ×`,
      isMet: rate / parsing >= GOALS.ratioToParsing,
    },
    {
      name: `two workers, ${name}`,
      figure: speedUp,
      unit: "times one worker",
      reference: "",
      ratio: null,
      goal: `≥ ${GOALS.speedUp}`,
      isMet: speedUp >= GOALS.speedUp,
    },
    memory,
  ];
}

/** Thousands of lines a second, of the same files, only parsed. */
async function parsingRate(files: CorpusFile[]): Promise<number> {
  let lines = 0;
  const start = performance.now();
  for (const { path, content } of files) {
    const { grammar } = planFile(path, content.length);
    if (grammar === null) continue;
    const text = content.toString("utf8");
    lines += text.split("\n").length;
    await parseSource(text, grammar);
  }
  return lines / (performance.now() - start);
}
