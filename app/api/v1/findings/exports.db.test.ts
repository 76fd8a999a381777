import { beforeAll, expect, test } from "vitest";
import { database, openDatabase } from "#lib/db/database.ts";
import { toFindingsJsonl } from "#lib/db/read/finding-jsonl.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { EXPORT_COLUMNS } from "#lib/domain/export-columns.ts";
import { type Finding, findingSchema } from "#lib/domain/finding.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { countSarifResults } from "#lib/domain/read-sarif.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { apiDatabase, aSignedInPerson, ask, type Signed } from "#testing/api.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { inChunks } from "#testing/sarif-findings.ts";
import { sarifFaults } from "#testing/sarif-schema.ts";
import { aConnection, saveFindings } from "#testing/saved-findings.ts";
import { wholePass } from "#testing/sync-passes.ts";
import * as csv from "../findings.csv/route.ts";
import * as jsonl from "../findings.jsonl/route.ts";
import * as sarif from "../findings.sarif/route.ts";

const urls = apiDatabase();
const MANY = 2_345; // more than two pages
let signed: Signed;

beforeAll(async () => {
  signed = await aSignedInPerson("viewer");
  const many = Array.from({ length: MANY }, (_, n) =>
    anObservedFinding({
      cve: `CVE-2026-${10_000 + (n % 50)}`,
      severity: SEVERITIES[n % SEVERITIES.length] ?? "low",
      score: n % 7 === 0 ? null : (n % 100) / 10,
      accountId: `11112222333${n % 3}`,
      status: n % 11 === 0 ? "suppressed" : "active",
    }),
  );
  const connectionId = await aConnection();
  await wholePass(connectionId, "2026-01-06T00:00:00Z", many);
  await wholePass(connectionId, "2026-01-07T00:00:00Z", many.slice(10));
  await saveFindings([
    anObservedFinding({
      type: "code",
      severity: "info",
      title: '=cmd|" /C calc"!A0',
      vulnerability: { kind: "detector", name: "python/eval@v1.0", title: "" },
      code: {
        path: "../src/a b%.py",
        startLine: 0,
        endLine: 0,
        detectorId: "python/eval@v1.0",
        detectorName: "Eval",
        detectorTags: [],
        ruleId: null,
        snippet: [],
        steps: [],
        suggestedFixes: [],
      },
    }),
  ]);
}, 60_000);

async function get(route: typeof jsonl.GET, query: string) {
  const answer = await ask(route, `/api/v1/findings.any?${query}`, { headers: signed.headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

async function listed(query: Record<string, string>): Promise<Finding[]> {
  const filter = findingFilterSchema.parse({ ...query, limit: 200 });
  const items: Finding[] = [];
  let cursor: string | undefined;
  do {
    const page = await listFindings({ ...filter, cursor });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

const toRows = (text: string): unknown[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
const toQuery = (query: Record<string, string>) => String(new URLSearchParams(query));

test.each<Record<string, string>>([
  {},
  { status: "active", sort: "newest" },
  { status: "closed,suppressed", sort: "epss" },
  { severity: "critical", accountId: "111122223331", sort: "oldest" },
  { cve: "CVE-2026-10007", sort: "due" },
  { status: "active", asOf: "2026-01-06T12:00:00.000Z" },
  { q: "no such thing" },
])("JSON Lines are exactly the list of %o, and say when they are whole", async (query) => {
  const { text, headers } = await get(jsonl.GET, toQuery(query));
  const list = await listed(query);
  const rows = toRows(text);
  expect(rows.pop()).toEqual({ end: true, count: list.length, asOf: query.asOf ?? null });
  expect(rows).toEqual(list);
  expect(headers.get("content-type")).toContain("application/jsonl");
  expect(headers.get("content-disposition")).toMatch(
    /^attachment; filename="findings-[\d-]*(as-of-2026-01-06)?.*\.jsonl"$/,
  );
});

test.each<Record<string, string>>([
  { sort: "rank" },
  { sort: "newest", status: "active" },
  { sort: "due", asOf: "2026-01-06T12:00:00.000Z" },
])("a file that broke off goes on behind its last whole line: %o", async (query) => {
  const whole = toRows((await get(jsonl.GET, toQuery(query))).text);
  const brokenOff = whole.slice(0, 1_500);
  const { id } = findingSchema.parse(brokenOff.at(-1));
  const rest = toRows((await get(jsonl.GET, toQuery({ ...query, after: id }))).text);
  expect([...brokenOff, ...rest.slice(0, -1)]).toEqual(whole.slice(0, -1));
});

test("CSV goes on the same way", async () => {
  const whole = (await get(csv.GET, "status=active")).text.split("\r\n");
  const id = whole[1_200]?.split(",")[0] ?? "";
  const rest = (await get(csv.GET, `status=active&after=${id}`)).text.split("\r\n");
  expect(rest.slice(1)).toEqual(whole.slice(1_201));
});

test("a list that breaks off does not end as a whole one does", async () => {
  const parts = toFindingsJsonl(findingFilterSchema.omit({ limit: true, cursor: true }).parse({}));
  const first = await parts.next();
  const { pool } = database();
  openDatabase("postgresql://nobody@127.0.0.1:1/nowhere");
  await expect(parts.next()).rejects.toThrow();
  openDatabase(urls.url);
  await pool.end();
  expect(String(first.value)).not.toContain('"end"');
});

test.each(["", "status=active", "status=closed", "q=nothing+like+it", "asOf=2026-01-06T12:00:00.000Z"])(
  "SARIF of the list %s is valid by the official schema, and holds all of it",
  async (query) => {
    const { text, headers } = await get(sarif.GET, query);
    const log = JSON.parse(text);
    expect(sarifFaults(log)).toEqual([]);
    const count = (await listed(Object.fromEntries(new URLSearchParams(query)))).length;
    expect(log.runs[0].results).toHaveLength(count);
    expect(log.runs[0].properties.count).toBe(count);
    expect(await countSarifResults(inChunks(text))).toBe(count);
    for (const { ruleId, ruleIndex } of log.runs[0].results)
      expect(log.runs[0].tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(headers.get("content-type")).toBe("application/sarif+json");
  },
);

test("SARIF says what is suppressed and what is gone", async () => {
  const results = async (query: string) => JSON.parse((await get(sarif.GET, query)).text).runs[0].results;
  expect((await results("status=closed"))[0]).toMatchObject({ baselineState: "absent" });
  expect((await results("status=suppressed"))[0]).toMatchObject({ suppressions: [{ kind: "external" }] });
  const [active] = await results("status=active");
  expect(active).not.toHaveProperty("baselineState");
  expect(active).not.toHaveProperty("suppressions");
});

test.each([
  ["a finding that there is not", "after=0195a3c0-0000-7000-8000-000000000000", "after"],
  ["what is no id", "after=7", "after"],
  ["a moment to come", "asOf=2999-01-01T00:00:00Z", "asOf"],
  ["a name that there is not", "limit=5", "limit"],
])("is a problem, not a short file: %s", async (_, query, field) => {
  for (const { GET } of [csv, jsonl, sarif]) {
    const { status, text } = await get(GET, query);
    expect([status, JSON.parse(text).errors[0].field]).toEqual([400, field]);
  }
});

test("a CSV has the columns that are asked for, in their order, and all of them where none are", async () => {
  const query = "cve=CVE-2026-10007&columns=severity,account_id&columns=id";
  const [head, ...lines] = (await get(csv.GET, query)).text.trimEnd().split("\r\n");
  expect(head).toBe("severity,account_id,id");
  const list = await listed({ cve: "CVE-2026-10007" });
  expect(lines).toEqual(list.map(({ severity, accountId, id }) => [severity, accountId, id].join(",")));
  expect((await get(csv.GET, "cve=CVE-2026-10007")).text.split("\r\n")[0]).toBe(EXPORT_COLUMNS.join(","));
});

test("a column that does not exist is named, and only CSV has columns to choose", async () => {
  const unknown = await get(csv.GET, "columns=severity,colour");
  expect([unknown.status, JSON.parse(unknown.text).errors]).toMatchObject([
    400,
    [{ field: expect.stringMatching(/^columns/) }],
  ]);
  for (const route of [jsonl.GET, sarif.GET]) expect((await get(route, "columns=id")).status).toBe(400);
});
