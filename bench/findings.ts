import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { closeDatabase, database, openDatabase } from "#lib/db/database.ts";
import { getFindingFacets } from "#lib/db/read/finding-facets.ts";
import { listFindingGroups } from "#lib/db/read/finding-groups.ts";
import { LIST_COLUMNS, LIST_JOINS } from "#lib/db/read/finding-row.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { type FindingQuery, findingConditionsSchema, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { findingGroupsQuerySchema, type GroupKey } from "#lib/domain/finding-groups.ts";
import { parseConfig } from "#local/config.ts";
import { openDatabase as openServer } from "#local/database.ts";
import { type BenchResult, median } from "./bench-result.ts";
import { cveName, detectorName, makeOrganisation, PACKAGE_WORDS, packageName } from "./findings-rows.ts";

const ACCOUNTS = 1_000;
const ROUNDS = 9;
/** As often a statement is planned anew before its plan is kept. */
const WARM_ROUNDS = 6;
/** What is slow enough to be counted in seconds is asked less often. */
const FEW_ROUNDS = 3;

/** The findings list over a large organisation, on an embedded PostgreSQL of its own, against SQL that is named. */
export async function benchFindings(findings: number): Promise<BenchResult[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "sightline-bench-"));
  const server = await openServer(parseConfig({ DATA_DIR: dataDir }));
  try {
    openDatabase(server.urls.appUrl);
    await makeOrganisation({ findings, accounts: ACCOUNTS });
    const owner = new pg.Client(server.urls.ownerUrl);
    await owner.connect();
    await owner.query("VACUUM ANALYZE"); // as autovacuum does, which the bench would not wait for
    await owner.end();
    return [
      await calibrate(),
      ...(await benchPages()),
      ...(await benchFilters()),
      ...(await benchCounts()),
      ...(await benchSearch()),
      await measureSize(findings),
    ];
  } finally {
    await closeDatabase();
    await server.cluster?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const SAME_PAGE = `SELECT ${LIST_COLUMNS.text} FROM (
    SELECT * FROM finding WHERE status = $1 AND (NOT is_sample OR NOT EXISTS (
      SELECT FROM setting WHERE key = 'sample' AND value->>'hidden' = 'true')) ORDER BY rank DESC, id DESC LIMIT $2
  ) AS f ${LIST_JOINS.text} ORDER BY f.rank DESC, f.id DESC`;
const SAME_COUNT = `SELECT coalesce(sum(n), 0)::int AS count FROM finding_cube WHERE status = $1 AND (NOT is_sample OR NOT EXISTS (
    SELECT FROM setting WHERE key = 'sample' AND value->>'hidden' = 'true'))`;
const LIVE_FACETS = `SELECT severity, source, type, account_id, fix_available, exploit_available, known_exploited, count(*)
  FROM finding WHERE status = 'active' GROUP BY GROUPING SETS (severity, source, type, account_id, fix_available, exploit_available, known_exploited)`;
const liveGroups = (
  keys: string,
) => `SELECT ${keys}, max(rank), count(*), count(*) FILTER (WHERE severity = 'critical') AS critical,
    count(*) FILTER (WHERE severity = 'high') AS high, count(*) FILTER (WHERE severity = 'medium') AS medium,
    count(*) FILTER (WHERE severity = 'low') AS low FROM finding WHERE status = 'active' GROUP BY ${keys} ORDER BY 2 DESC LIMIT 50`;

async function calibrate(): Promise<BenchResult> {
  const ms = await timeOf(() => database().pool.query({ name: "one", text: "SELECT 1" }));
  return printed("Calibration: prepared SELECT 1", ms);
}

const list = (query: FindingQuery) => () => listFindings(findingFilterSchema.parse({ status: "active", ...query }));

async function benchPages(): Promise<BenchResult[]> {
  const same = async () => {
    const [page] = await Promise.all([
      database().pool.query({ name: "same-page", text: SAME_PAGE, values: ["active", 51] }),
      database().pool.query({ name: "same-count", text: SAME_COUNT, values: ["active"] }),
    ]);
    return page;
  };
  const first = await compare(same, list({}));
  let cursor = (await listFindings(findingFilterSchema.parse({ status: "active", limit: 200 }))).nextCursor;
  for (let page = 1; page < 200 && cursor !== null; page += 1)
    cursor = (await listFindings(findingFilterSchema.parse({ status: "active", limit: 200, cursor }))).nextCursor;
  const deep = await timeOf(list({ limit: 200, cursor: cursor ?? undefined }));
  const firstOf200 = await timeOf(list({ limit: 200 }));
  const sorts = [];
  for (const sort of ["newest", "oldest", "epss", "due"] as const)
    sorts.push(printed(`First page, sorted by ${sort}`, await timeOf(list({ sort }))));
  return [
    judged(
      "First page with its count",
      first.ourMs,
      `the same rows and count by prepared node-postgres (${first.theirMs.toFixed(1)} ms)`,
      {
        ratio: 1 / first.ratio,
        goal: "≤ 2 ×",
        isMet: 1 / first.ratio <= 2,
      },
    ),
    judged("Page behind 40,000 rows", deep, `the first page of 200 (${firstOf200.toFixed(1)} ms)`, {
      ratio: deep / firstOf200,
      goal: "≤ 1.5 ×",
      isMet: deep / firstOf200 <= 1.5,
    }),
    printed("First page of every status", await timeOf(list({ status: "active,suppressed,closed" }))),
    ...sorts,
  ];
}

const FILTERS: Record<string, FindingQuery> = {
  severity: { severity: "low" },
  account: { accountId: "100000000007" },
  CVE: { cve: cveName(0) },
  detector: { detectorId: detectorName(1_004) },
  package: { packageName: packageName(5) },
  scan: { scanName: "shop-7" },
  resource: { resourceId: "arn:aws:image:eu-west-1:100000000003:3" },
  fix: { fixAvailable: "no" },
  "known exploited": { knownExploited: "yes" },
  "left-out severities": { "-severity": "low,info" },
};

async function benchFilters(): Promise<BenchResult[]> {
  const first = await timeOf(list({}));
  const results: BenchResult[] = [];
  for (const [name, query] of Object.entries(FILTERS)) {
    const ms = await timeOf(list(query));
    results.push(
      judged(`First page by ${name}`, ms, `the first page of all (${first.toFixed(1)} ms)`, {
        ratio: ms / first,
        goal: "≤ 2 ×",
        isMet: ms / first <= 2,
      }),
    );
  }
  const sparse = { severity: "low", accountId: "100000000100", fixAvailable: "no", exploitAvailable: "yes" };
  const all = "counting every row of the table";
  const scan = await timeOf(() => database().pool.query("SELECT count(title) FROM finding"), FEW_ROUNDS);
  const nothing = await timeOf(list({ region: "mars-1" }), FEW_ROUNDS);
  return [
    ...results,
    printed("Four sparse filters together", await timeOf(list(sparse))),
    judged("A filter without a match", nothing, `${all} (${Math.round(scan)} ms)`, {
      ratio: nothing / scan,
      goal: "≤ 3 ×",
      isMet: nothing / scan <= 3,
    }),
  ];
}

const GROUPS: Partial<Record<GroupKey, { keys: string; goal: number | null }>> = {
  cve: { keys: "vulnerability_id", goal: null },
  resource: { keys: "account_id, resource_id", goal: 20 },
  issue: { keys: "account_id, issue_id", goal: 20 },
  account: { keys: "account_id", goal: null },
  package: { keys: "package_name", goal: null },
};

async function benchCounts(): Promise<BenchResult[]> {
  const facets = (query: FindingQuery) => () =>
    getFindingFacets(findingConditionsSchema.parse({ status: "active", ...query }));
  const org = await compare(() => database().pool.query(LIVE_FACETS), facets({}), FEW_ROUNDS);
  const results = [
    judged(
      "Facets of the organisation",
      org.ourMs,
      `live SQL over the findings (${Math.round(org.theirMs)} ms), times quicker`,
      {
        ratio: org.ratio,
        goal: "",
        isMet: null,
      },
    ),
    printed("Facets of one account", await timeOf(facets({ accountId: "100000000500" }))),
  ];
  for (const [by, { keys, goal }] of Object.entries(GROUPS)) {
    const ours = () => listFindingGroups(findingGroupsQuerySchema.parse({ status: "active", by }));
    const { ourMs, theirMs, ratio } = await compare(() => database().pool.query(liveGroups(keys)), ours, FEW_ROUNDS);
    results.push(
      judged(`Groups by ${by}`, ourMs, `live SQL over the findings (${Math.round(theirMs)} ms), times quicker`, {
        ratio,
        goal: goal === null ? "" : `≥ ${goal} ×`,
        isMet: goal === null ? null : ratio >= goal,
      }),
    );
  }
  return results;
}

/** 200 fixed words by how many findings have them. */
const TERMS: Record<string, string[]> = {
  rare: Array.from({ length: 50 }, (_, number) => cveName(9_000 + number * 5)),
  middle: Array.from({ length: 50 }, (_, number) => packageName(number * 37)),
  dense: Array.from({ length: 50 }, (_, number) => PACKAGE_WORDS[number % 10] ?? ""),
  none: Array.from({ length: 50 }, (_, number) => `nothing-${number}`),
};
const SEQUENTIAL = "SELECT count(*) FROM finding WHERE title ILIKE '%nothing-1%' OR package_name ILIKE '%nothing-1%'";

async function benchSearch(): Promise<BenchResult[]> {
  const scan = await timeOf(() => database().pool.query(SEQUENTIAL), FEW_ROUNDS);
  const results: BenchResult[] = [];
  for (const [density, terms] of Object.entries(TERMS)) {
    for (const q of terms.slice(0, WARM_ROUNDS)) await list({ q })();
    const times: number[] = [];
    for (const q of terms) times.push(await msOf(list({ q })));
    const p95 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
    results.push(
      judged(
        `Search for a word, ${density}, p95 of ${terms.length}`,
        p95,
        `ILIKE over the findings (${Math.round(scan)} ms), times quicker`,
        {
          ratio: scan / p95,
          goal: "≥ 5 ×",
          isMet: scan / p95 >= 5,
        },
      ),
    );
  }
  return results;
}

async function measureSize(findings: number): Promise<BenchResult> {
  const { rows } = await database().pool.query<{ bytes: string }>(
    "SELECT pg_database_size(current_database()) AS bytes",
  );
  const gigabytes = (Number(rows[0]?.bytes) / 1024 ** 3 / findings) * 1_000_000;
  return {
    ...NO_RATIO,
    name: "Database per million findings, raw aside",
    figure: gigabytes,
    unit: "GB",
    goal: "",
    isMet: null,
  };
}

/** Both in turn, after rounds to warm up. `ratio` is how many times quicker ours is. */
async function compare(theirs: () => Promise<unknown>, ours: () => Promise<unknown>, rounds = ROUNDS) {
  const measured: { ourMs: number; theirMs: number }[] = [];
  for (let round = 0; round < WARM_ROUNDS; round += 1) await ours();
  for (let round = 0; round < rounds; round += 1)
    measured.push({ theirMs: await msOf(theirs), ourMs: await msOf(ours) });
  return {
    ratio: median(measured.map(({ ourMs, theirMs }) => theirMs / ourMs)),
    ourMs: median(measured.map(({ ourMs }) => ourMs)),
    theirMs: median(measured.map(({ theirMs }) => theirMs)),
  };
}

async function timeOf(work: () => Promise<unknown>, rounds = ROUNDS): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < WARM_ROUNDS + rounds; round += 1) times.push(await msOf(work));
  return median(times.slice(WARM_ROUNDS));
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

const NO_RATIO = { reference: "", ratio: null };
type Verdict = Pick<BenchResult, "ratio" | "goal" | "isMet">;

function judged(name: string, figure: number, reference: string, verdict: Verdict): BenchResult {
  return { name, figure, unit: "ms", reference, ...verdict };
}

function printed(name: string, figure: number): BenchResult {
  return { ...NO_RATIO, name, figure, unit: "ms", goal: "", isMet: null };
}
