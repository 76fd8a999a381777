import { beforeAll, expect, test } from "vitest";
import { type FindingQuery, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { appDatabase } from "#testing/app-database.ts";
import { makeOrganisation } from "#testing/organisation.ts";
import { database } from "../database.ts";
import { listFindings } from "./list-findings.ts";
import { findRowsByValue } from "./rows-by-value.ts";
import { findFrequent } from "./search-lists.ts";

appDatabase();

/** So many that some words are in thousands of files, and some values in more than are sorted. */
const FINDINGS = 22_000;

beforeAll(async () => {
  await makeOrganisation({ findings: FINDINGS, accounts: 3 });
  await database().pool.query("ANALYZE");
}, 300_000);

/** The worst two hundred that match, by a plain look at every finding. */
async function lookPlainly(condition: string): Promise<string[]> {
  const { rows } = await database().pool.query<{ id: string }>(
    `SELECT id FROM finding WHERE ${condition} ORDER BY rank DESC, id DESC LIMIT 200`,
  );
  return rows.map(({ id }) => id);
}

async function firstPages(query: FindingQuery): Promise<string[]> {
  const asked = { limit: 100, ...query };
  const first = await listFindings(findingFilterSchema.parse(asked));
  if (first.nextCursor === null) return first.items.map(({ id }) => id);
  const second = await listFindings(findingFilterSchema.parse({ ...asked, cursor: first.nextCursor }));
  return [...first.items, ...second.items].map(({ id }) => id);
}

test.each([
  ["module", { paths: true, manyFiles: true }],
  ["file-1", { paths: true, manyFiles: false }],
])("a search for %s, which is in many files, begins with the worst of all", async (q, { paths, manyFiles }) => {
  const found = await findFrequent(findingFilterSchema.parse({ q }));
  expect([found?.isInMany.paths, found?.isInManyFiles]).toEqual([paths, manyFiles]);
  expect(await firstPages({ q })).toEqual(await lookPlainly(`path LIKE '%${q}%'`));
});

test.each<[FindingQuery, string]>([
  [{ packageVersion: "1.3" }, "package_version = '1.3'"],
  [{ packageVersion: "1.3", score: "2..2.5" }, "package_version = '1.3' AND score BETWEEN 2 AND 2.5"],
  [{ packageFixedIn: "2.0" }, "package_fixed_in = '2.0'"],
  [{ score: "2..2.5" }, "score BETWEEN 2 AND 2.5"],
  [{ score: "0..10" }, "score BETWEEN 0 AND 10"],
  [{ path: "src/*/file-7.py" }, "path LIKE 'src/%/file-7.py'"],
  [{ packageManager: "OS" }, "package_manager = 'OS'"],
  [{ type: "code" }, "type = 'code'"],
  [{ score: "7.01..7.09" }, "false"],
  [{ packageVersion: "0.0.0-none" }, "false"],
  [{ path: "nowhere/*" }, "false"],
  [{ packageManager: "COBOL" }, "false"],
])("what has %j is found as a plain look finds it", async (query, condition) => {
  expect(await firstPages({ ...query, status: "active" })).toEqual(
    await lookPlainly(`${condition} AND status = 'active'`),
  );
});

test("few are found by the dictionary, and where it leads to many the list is walked", async () => {
  const isFound = async (query: FindingQuery) =>
    (await findRowsByValue(findingFilterSchema.parse(query), ["active"])) !== null;
  expect(await isFound({ score: "2..2.5" })).toBe(true);
  expect(await isFound({ packageVersion: "0.0.0-none" })).toBe(true);
  expect(await isFound({ score: "0..10" })).toBe(false);
  expect(await isFound({ severity: "high" })).toBe(false);
});
