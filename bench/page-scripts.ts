import { gzipSync } from "node:zlib";
import type { BrowserContext, Response } from "@playwright/test";
import type { BenchResult } from "./bench-result.ts";

/** Of scripts, compressed, in thousands of bytes. */
const BUDGET_KB = 200;
const PAGES: [name: string, path: string, goalKb: number | null][] = [
  ["Findings", "/findings?status=active", BUDGET_KB],
  ["Overview", "/overview", null],
  ["Trends", "/trends", null],
  ["Scans", "/scans", null],
  ["Coverage", "/coverage", null],
  ["Settings", "/settings/sources", null],
];

/** The scripts that a browser without anything of ours fetches for each page, until nothing more comes. */
export async function benchPageScripts(context: BrowserContext): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const [name, path, goalKb] of PAGES) {
    const bytes = await scriptBytesOf(context, path);
    results.push({
      name: `${name}: scripts of a cold load, gzipped`,
      figure: bytes / 1000,
      unit: "KB",
      reference: "",
      ratio: null,
      goal: goalKb === null ? "" : `≤ ${goalKb} KB`,
      isMet: goalKb === null ? null : bytes / 1000 <= goalKb,
    });
  }
  return results;
}

async function scriptBytesOf(context: BrowserContext, path: string): Promise<number> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const bodies: Promise<number>[] = [];
  const measure = (response: Response) => {
    if (new URL(response.url()).pathname.endsWith(".js"))
      bodies.push(response.body().then((body) => gzipSync(body).byteLength));
  };
  page.on("response", measure);
  await page.goto(path, { waitUntil: "networkidle" });
  page.off("response", measure);
  const sizes = await Promise.all(bodies);
  await page.close();
  return sizes.reduce((sum, size) => sum + size, 0);
}
