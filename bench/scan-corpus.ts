import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { SECURITY_RULES } from "./security-rules.ts";

/** A piece of code of which somebody has said whether it is vulnerable. `detectors` null: any finding counts. */
export type LabelledCase = {
  path: string;
  startLine: number;
  endLine: number;
  isVulnerable: boolean;
  rule: string; // the corpus' own name of the weakness
  detectors: readonly string[] | null;
};

export type CorpusFile = { path: string; content: Buffer };

/** Code that somebody has labelled, as it lies in a folder. Half of it is for tuning, the other half for judging. */
export type Corpus = { files: CorpusFile[]; cases: LabelledCase[] };

const CODE = /\.(?:py|js|jsx|mjs|cjs|ts|tsx|java)$/u;
const FACT = /\{fact rule=([\w-]+)@\S+ defects=(\d)\}/u;

/** OWASP Benchmark's categories and the detectors that answer for them. */
const CATEGORIES: Record<string, string[]> = {
  cmdi: ["os-command-injection"],
  codeinj: ["code-injection"],
  deserialization: ["insecure-deserialization"],
  hash: ["weak-hash"],
  crypto: ["weak-cipher"],
  ldapi: ["ldap-injection"],
  pathtraver: ["path-traversal"],
  redirect: ["open-redirect"],
  securecookie: ["insecure-cookie"],
  sqli: ["sql-injection"],
  trustbound: ["trust-boundary"],
  weakrand: ["weak-random"],
  xpathi: ["xpath-injection"],
  xss: ["cross-site-scripting"],
  xxe: ["xml-external-entity"],
};

/** Reads all code under a folder, and its labels: OWASP Benchmark's table of results, or marks in the code. */
export function readCorpus(dir: string): Corpus {
  const paths = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const files = paths
    .filter((path) => CODE.test(path))
    .map((path) => ({ path: relative(dir, path), content: readFileSync(path) }));
  const tables = paths.filter((path) => /expectedresults-[\d.]+\.csv$/u.test(path));
  const listed = tables.flatMap((table) => listedCases(readFileSync(table, "utf8"), files));
  return { files, cases: [...listed, ...files.flatMap(markedCases)] };
}

function listedCases(table: string, files: CorpusFile[]): LabelledCase[] {
  const byName = new Map(files.map(({ path }) => [path.replace(/^.*\/|\.\w+$/gu, ""), path]));
  return table.split(/\r?\n/u).flatMap((line) => {
    const [name = "", category = "", isVulnerable] = line.split(",").map((cell) => cell.trim());
    // What no detector answers for is missed, not left out.
    const [path, detectors] = [byName.get(name), CATEGORIES[category] ?? []];
    if (path === undefined) return [];
    return [
      {
        path,
        startLine: 1,
        endLine: Number.POSITIVE_INFINITY,
        isVulnerable: isVulnerable === "true",
        rule: category,
        detectors,
      },
    ];
  });
}

/** `{fact rule=ID@v1.0 defects=1}` to `{/fact}`. */
function markedCases({ path, content }: CorpusFile): LabelledCase[] {
  const cases: LabelledCase[] = [];
  let open: { rule: string; startLine: number; isVulnerable: boolean } | null = null;
  for (const [index, line] of content.toString("utf8").split("\n").entries()) {
    const [, rule, defects] = FACT.exec(line) ?? [];
    if (rule !== undefined) open = { rule, startLine: index + 1, isVulnerable: defects === "1" };
    if (!line.includes("{/fact}") || open === null) continue;
    if (SECURITY_RULES.has(open.rule)) cases.push({ ...open, path, endLine: index + 1, detectors: null });
    open = null;
  }
  return cases;
}

export type Half = "even" | "odd";

/** By a hash of the path: rules are tuned on the even half alone. */
export function halfOf(path: string): Half {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return (createHash("sha256").update(name).digest()[0] ?? 0) % 2 === 0 ? "even" : "odd";
}
