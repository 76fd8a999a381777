import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeDatabase, database, openDatabase } from "#lib/db/database.ts";
import { toFindingsCsv } from "#lib/db/read/finding-csv.ts";
import { getFindingFacets } from "#lib/db/read/finding-facets.ts";
import { listFixes } from "#lib/db/read/fixes.ts";
import { findingConditionsSchema, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { fixesQuerySchema } from "#lib/domain/fix.ts";
import { parseConfig } from "#local/config.ts";
import { openDatabase as openServer } from "#local/database.ts";
import { makeOrganisation } from "#testing/organisation.ts";
import type { BenchResult } from "./bench-result.ts";
import { benchFiveUsers } from "./five-users.ts";
import { compare, judged, quicker, timeOf, within } from "./measure.ts";
import { withoutIndexes } from "./without-indexes.ts";

const ACCOUNTS = 1_000;
const FIXES_GOAL_MS = 60;
/** What was held at most while the second half came, against the first: a list that is kept would be twice as much. */
const GROWTH_GOAL = 1.2;
const MIB = 1024 ** 2;

/** Every finding of a large organisation as CSV, its fixes, and several people at once, on an embedded PostgreSQL of its own. */
export async function benchExport(findings: number): Promise<BenchResult[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "sightline-bench-"));
  const server = await openServer(parseConfig({ DATA_DIR: dataDir }));
  try {
    openDatabase(server.urls.appUrl);
    await withoutIndexes(server.urls.ownerUrl, () => makeOrganisation({ findings, accounts: ACCOUNTS }));
    await requireFiltered();
    return [...(await measureFixes()), ...(await benchFiveUsers()), ...(await measureFile(findings))];
  } finally {
    await closeDatabase();
    await server.cluster?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureFixes(): Promise<BenchResult[]> {
  const oneMs = await timeOf(() => database().pool.query({ name: "one", text: "SELECT 1" }));
  const results: BenchResult[] = [];
  for (const [name, query] of [
    ["First page of fixes", {}],
    ["First page of the fixes of one account", { accountId: "100000000000" }],
    ["First page of the fixes of what is critical", { severity: "critical" }],
    ["First page of the fixes of what is known exploited", { knownExploited: "yes" }],
  ] as const) {
    const figure = await timeOf(() => firstPage(query));
    results.push(judged(name, figure, "", within(figure, FIXES_GOAL_MS, oneMs)));
  }
  // No count is kept by it, and it leaves nothing out.
  const counted = { firstObservedFrom: "2000-01-01T00:00:00Z" };
  const { ourMs, theirMs, ratio } = await compare(
    () => firstPage(counted),
    () => firstPage({}),
  );
  const reference = `the same counted from the findings (${theirMs.toFixed(0)} ms)`;
  return [...results, judged("First page of fixes by their counts", ourMs, reference, quicker(ratio, 5))];
}

const firstPage = (query: object) => listFixes(fixesQuerySchema.parse(query));

/** What narrows the list narrows its file: each finding of the list is a row of it, and no other. */
async function requireFiltered(): Promise<void> {
  const query = { status: "active", severity: "critical,high", fixAvailable: "yes" };
  let rows = -1;
  for await (const part of toFindingsCsv(findingFilterSchema.parse(query))) rows += part.split("\r\n").length - 1;
  const [{ count = 0 } = {}] = (await getFindingFacets(findingConditionsSchema.parse(query))).fixAvailable.filter(
    ({ value }) => value === "yes",
  );
  if (rows !== count) throw new Error(`The file of a filter has ${rows} rows instead of ${count}`);
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
