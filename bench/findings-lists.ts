import { database } from "#lib/db/database.ts";
import { LIST_COLUMNS, LIST_JOINS } from "#lib/db/read/finding-row.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { type FindingQuery, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { cveName, detectorName, packageName } from "#testing/organisation.ts";
import type { BenchResult } from "./bench-result.ts";
import { atMost, compare, FEW_ROUNDS, judged, printed, timeOf, timeOfSlow, within } from "./measure.ts";

const SAME_PAGE = `SELECT ${LIST_COLUMNS.text} FROM (
    SELECT * FROM finding WHERE status = $1 AND (NOT is_sample OR NOT EXISTS (
      SELECT FROM setting WHERE key = 'sample' AND value->>'hidden' = 'true')) ORDER BY rank DESC, id DESC LIMIT $2
  ) AS f ${LIST_JOINS.text} ORDER BY f.rank DESC, f.id DESC`;
const SAME_COUNT = `SELECT coalesce(sum(n), 0)::int AS count FROM organisation_cube WHERE status = $1 AND (NOT is_sample OR NOT EXISTS (
    SELECT FROM setting WHERE key = 'sample' AND value->>'hidden' = 'true'))`;

/** The page of active findings that a query asks for. */
export const list = (query: FindingQuery) => () =>
  listFindings(findingFilterSchema.parse({ status: "active", ...query }));

/** First and deep pages, and sorts. */
export async function benchPages(): Promise<BenchResult[]> {
  const same = async () => {
    const [page] = await Promise.all([
      database().pool.query({ name: "same-page", text: SAME_PAGE, values: ["active", 51] }),
      database().pool.query({ name: "same-count", text: SAME_COUNT, values: ["active"] }),
    ]);
    return page;
  };
  const first = await compare(same, list({}));
  let { nextCursor: cursor } = await list({ limit: 200 })();
  for (let page = 1; page < 200 && cursor !== null; page += 1) {
    ({ nextCursor: cursor } = await list({ limit: 200, cursor })());
  }
  const deep = await timeOf(list({ limit: 200, cursor: cursor ?? undefined }));
  const firstOf200 = await timeOf(list({ limit: 200 }));
  const sorts: BenchResult[] = [];
  for (const sort of ["newest", "oldest", "epss", "due"] as const)
    sorts.push(printed(`First page, sorted by ${sort}`, await timeOf(list({ sort }))));
  return [
    judged(
      "First page with its count",
      first.ourMs,
      `the same rows and count by prepared node-postgres (${first.theirMs.toFixed(1)} ms)`,
      atMost(1 / first.ratio, 2),
    ),
    judged(
      "Page behind 40,000 rows",
      deep,
      `the first page of 200 (${firstOf200.toFixed(1)} ms)`,
      atMost(deep / firstOf200, 1.5),
    ),
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
  team: { team: "team-3" },
  "no package": { type: "code" },
  resource: { resourceId: "arn:aws:image:eu-west-1:100000000003:3" },
  fix: { fixAvailable: "no" },
  "known exploited": { knownExploited: "yes" },
  "left-out severities": { "-severity": "low,info" },
};

/** What nothing has, by fields with and without an index of their own. */
const UNMATCHED: Record<string, FindingQuery> = {
  "an unknown tag": { tag: "colour=none" },
  "a package version": { packageVersion: "0.0.0-none" },
  "a fixed version": { packageFixedIn: "0.0.0-none" },
  "a file": { path: "nowhere/*" },
  "a score between two tenths": { score: "7.01..7.09", fixAvailable: "yes" },
  "an assignee": { assignee: "nobody-of-that-name" },
};
const UNMATCHED_GOAL_MS = 1_000;
const SPARSE_GOAL_MS = 100;

/** One filter at a time, four together, and one that nothing matches. */
export async function benchFilters(oneMs: number): Promise<BenchResult[]> {
  const first = await timeOf(list({}));
  const results: BenchResult[] = [];
  for (const [name, query] of Object.entries(FILTERS)) {
    const ms = await timeOf(list(query));
    results.push(
      judged(`First page by ${name}`, ms, `the first page of all (${first.toFixed(1)} ms)`, atMost(ms / first, 2)),
    );
  }
  const sparse = { severity: "low", accountId: "100000000100", fixAvailable: "no", exploitAvailable: "yes" };
  const scan = await timeOfSlow(() => database().pool.query("SELECT count(title) FROM finding"));
  const nothing = await timeOf(list({ region: "mars-1", due: "overdue" }), FEW_ROUNDS);
  const together = await timeOf(list(sparse));
  for (const [name, query] of Object.entries(UNMATCHED)) {
    const ms = await timeOf(list(query), FEW_ROUNDS);
    results.push(judged(`A filter without a match: ${name}`, ms, "", within(ms, UNMATCHED_GOAL_MS, oneMs)));
  }
  return [
    ...results,
    judged("Four sparse filters together", together, "", within(together, SPARSE_GOAL_MS, oneMs)),
    judged(
      "A filter without a match",
      nothing,
      `counting every row of the table (${Math.round(scan)} ms)`,
      atMost(nothing / scan, 3),
    ),
  ];
}
