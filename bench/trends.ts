import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeDatabase, database, openDatabase } from "#lib/db/database.ts";
import { parseConfig } from "#local/config.ts";
import { openDatabase as openServer } from "#local/database.ts";
import type { BenchResult } from "./bench-result.ts";
import { msOf, printed, timeOf } from "./measure.ts";
import { benchOverviewPage } from "./overview-page.ts";
import { benchTrendsPage } from "./trends-page.ts";
import { type Bench, benchAsOf, benchClocks, benchDue, benchOpen, benchOthers } from "./trends-questions.ts";
import { makeYear, type Year } from "./year-of-findings.ts";

/** How large the organisation is: `--findings 10000000 --days 730 --accounts 1000`. */
type Size = Omit<Year, "start">;
/** `only`: some of the parts. `keep`: a folder whose databases are used again, if given. */
export type TrendsBench = Size & { only: string[]; keep?: string | undefined };

const DAY_MS = 86_400_000;

/** What is asked of the database, by the name that `--only` takes. */
const PARTS: Record<string, (bench: Bench) => Promise<BenchResult[]>> = {
  open: benchOpen,
  clocks: benchClocks,
  due: benchDue,
  asof: benchAsOf,
  others: benchOthers,
};

/** Looking back over all the days, on an embedded PostgreSQL of its own. */
export async function benchTrends({ keep, only, ...size }: TrendsBench): Promise<BenchResult[]> {
  const dataDir = keep === undefined ? mkdtempSync(join(tmpdir(), "sightline-bench-")) : join(keep, toFolder(size));
  mkdirSync(dataDir, { recursive: true });
  const server = await openServer(parseConfig({ DATA_DIR: dataDir }));
  const isAsked = (part: string) => only.length === 0 || only.includes(part);
  try {
    openDatabase(server.urls.appUrl);
    await fill(server.urls.ownerUrl, size, join(dataDir, "filled"));
    const bench = { ...size, start: await findFirstDay(), now: new Date() };
    const results = [printed("SELECT 1, prepared: what the milliseconds of the goals are at", await timeOf(selectOne))];
    for (const [name, ask] of Object.entries(PARTS)) if (isAsked(name)) results.push(...(await ask(bench)));
    await closeDatabase();
    await server.cluster?.stop();
    if (!isAsked("pages")) return results;
    return [...results, ...(await benchTrendsPage(dataDir, size.days)), ...(await benchOverviewPage(dataDir))];
  } finally {
    await closeDatabase();
    await server.cluster?.stop();
    if (keep === undefined) rmSync(dataDir, { recursive: true, force: true });
  }
}

const selectOne = () => database().pool.query({ name: "bench-one", text: "SELECT 1" });

/** Filled once: `mark` says that it was. One that was filled in part has accounts already, and fails. */
async function fill(ownerUrl: string, size: Size, mark: string): Promise<void> {
  if (existsSync(mark)) return;
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const ms = await msOf(() => makeYear({ ...size, start: new Date(today - size.days * DAY_MS) }, ownerUrl));
  writeFileSync(mark, "");
  process.stdout.write(`  ${toSizeWords(size)}, made in ${Math.round(ms / 1000)} s\n`);
}

const toFolder = ({ findings, days, accounts }: Size): string => `trends-${findings}-${days}-${accounts}`;

const toSizeWords = ({ findings, days, accounts }: Size): string =>
  `${findings.toLocaleString("en")} findings, ${days} days, ${accounts.toLocaleString("en")} accounts`;

/** One that was kept began on the day on which it was made. */
async function findFirstDay(): Promise<Date> {
  const { rows } = await database().pool.query<{ at: Date }>("SELECT min(first_whole_pass_at) AS at FROM scope");
  if (!rows[0]) throw new Error("A query without groups gave no row");
  return rows[0].at;
}
