import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { toFindingsCsv } from "#lib/db/read/finding-csv.ts";
import { listFixes } from "#lib/db/read/fixes.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { fixesQuerySchema } from "#lib/domain/fix.ts";
import { parseConfig } from "#local/config.ts";
import { openDatabase as openServer } from "#local/database.ts";
import { type BenchResult, median } from "./bench-result.ts";
import { makeOrganisation } from "./findings-rows.ts";

const ACCOUNTS = 1_000;
const ROUNDS = 9;
const FIXES_GOAL_MS = 150;
/** What was held at most while the second half came, against the first: a list that is kept would be twice as much. */
const GROWTH_GOAL = 1.2;
const MIB = 1024 ** 2;

/** Every finding of a large organisation as CSV, and its fixes, on an embedded PostgreSQL of its own. */
export async function benchExport(findings: number): Promise<BenchResult[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "sightline-bench-"));
  const server = await openServer(parseConfig({ DATA_DIR: dataDir }));
  try {
    openDatabase(server.urls.appUrl);
    await makeOrganisation({ findings, accounts: ACCOUNTS });
    const owner = new pg.Client(server.urls.ownerUrl);
    await owner.connect();
    await owner.query("VACUUM ANALYZE"); // as autovacuum does, which the bench would not wait for
    await owner.end();
    return [...(await measureFixes()), ...(await measureFile(findings))];
  } finally {
    await closeDatabase();
    await server.cluster?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureFixes(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const [name, query] of [
    ["First page of fixes", {}],
    ["First page of the fixes of one account", { accountId: "100000000000" }],
    ["First page of the fixes of what is known exploited", { knownExploited: "yes" }],
  ] as const) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const startedAt = performance.now();
      await listFixes(fixesQuerySchema.parse(query));
      times.push(performance.now() - startedAt);
    }
    const figure = median(times);
    const goal = `≤ ${FIXES_GOAL_MS} ms`;
    results.push({ name, figure, unit: "ms", reference: "", ratio: null, goal, isMet: figure <= FIXES_GOAL_MS });
  }
  return results;
}

/** The file is read as slowly as it is made: nothing but what is on its way may be held. */
async function measureFile(findings: number): Promise<BenchResult[]> {
  const startedAt = performance.now();
  let [rows, early, late] = [-1, 0, 0]; // the first line names the columns
  for await (const part of toFindingsCsv(findingFilterSchema.parse({}))) {
    rows += part.split("\r\n").length - 1;
    const heldMib = process.memoryUsage().rss / MIB;
    if (rows <= findings / 2) early = Math.max(early, heldMib);
    else late = Math.max(late, heldMib);
  }
  if (rows !== findings) throw new Error(`The file has ${rows} rows instead of ${findings}`);
  const seconds = (performance.now() - startedAt) / 1000;
  const nothing = { reference: "", ratio: null, goal: "", isMet: null };
  const growth = late / early;
  return [
    { ...nothing, name: "Every finding as CSV", figure: findings / seconds, unit: "rows/s" },
    {
      name: "Memory at most in the second half of the file",
      figure: late,
      unit: "MiB",
      reference: `the first half (${Math.round(early)} MiB)`,
      ratio: growth,
      goal: `≤ ${GROWTH_GOAL} ×`,
      isMet: growth <= GROWTH_GOAL,
    },
  ];
}
