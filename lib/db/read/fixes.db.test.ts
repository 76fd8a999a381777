import { afterEach, expect, test } from "vitest";
import { type FindingQuery, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { type Fix, fixesQuerySchema } from "#lib/domain/fix.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { CONTAINER_IMAGE_TYPES } from "#lib/domain/resource-type.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { randomFrom } from "#testing/random.ts";
import { saveFindings } from "#testing/saved-findings.ts";
import { database } from "../database.ts";
import { toFixesCsv } from "./fix-csv.ts";
import { listFixes } from "./fixes.ts";
import { listFindings } from "./list-findings.ts";

appDatabase();
afterEach(clearFindings);

const packageOf = (name: string, fixedIn: string | null, manager = "OS", version = "1.0") => ({
  name,
  version,
  fixedIn,
  manager,
  path: null,
  remediation: null,
});
const IMAGE = "AWS_ECR_CONTAINER_IMAGE";
const api = (digest: string) => ({
  id: `api@${digest}`,
  name: `api@${digest}`,
  lineage: "image:1/shop/api",
  type: IMAGE,
});
const invoices = { id: "fn", name: "invoices", lineage: "function:eu-west-1/invoices", type: "AWS_LAMBDA_FUNCTION" };
const host = {
  id: "i-1",
  name: "web-1",
  lineage: "resource:i-1",
  type: "AWS_EC2_INSTANCE",
  details: { awsEc2Instance: { platform: "UBUNTU_22_04" } },
};
const codeAt = (path: string, startLine: number): Partial<ObservedFinding> => ({
  type: "code",
  packages: [],
  lineage: `scan:shop|${path}|print-${startLine}`,
  code: {
    path,
    startLine,
    endLine: startLine,
    detectorId: "python/sql-injection",
    detectorName: "SQL injection",
    detectorTags: [],
    ruleId: null,
    snippet: [],
    steps: [],
    suggestedFixes: [],
  },
});

const fixes = async (query: Record<string, string> = {}) => (await listFixes(fixesQuerySchema.parse(query))).items;
const listOf = async ({ filter }: Pick<Fix, "filter">) => {
  const query: FindingQuery = Object.fromEntries(new URLSearchParams(filter));
  return (await listFindings(findingFilterSchema.parse({ ...query, limit: "200" }))).items;
};

test("a fix of each kind says what is changed, how, and what it closes", async () => {
  await saveFindings([
    anObservedFinding({ resource: api("a"), packages: [packageOf("openssl", "3.0")], fixAvailable: "yes" }),
    anObservedFinding({ resource: api("b"), packages: [packageOf("zlib", "1.3")], fixAvailable: "yes" }),
    anObservedFinding({ resource: api("b"), packages: [packageOf("zlib", null)], fixAvailable: "no" }),
    ...[1, 2, 3].map(() => anObservedFinding({ resource: host, packages: [packageOf("bash", "5.2")] })),
    ...["4.17.20", "4.17.19", "4.17.20", "4.17.20"].map((version) =>
      anObservedFinding({ resource: invoices, packages: [packageOf("lodash", "4.17.21", "NPM", version)] }),
    ),
    anObservedFinding({ title: "Input reaches SQL", ...codeAt("src/db.py", 12), fixAvailable: "no" }),
  ]);
  expect(await fixes()).toMatchObject([
    {
      kind: "package",
      place: "invoices",
      packageName: "lodash",
      packageVersion: null,
      fixedIn: "4.17.21",
      command: "npm install lodash@4.17.21",
      findings: 4,
      resources: 1,
    },
    {
      kind: "package",
      place: "web-1",
      packageVersion: "1.0",
      command: "apt-get install --only-upgrade bash",
      findings: 3,
    },
    { kind: "base-image", place: "shop/api", packageName: null, findings: 2, resources: 2 },
    {
      kind: "code",
      code: { title: "Input reaches SQL", path: "src/db.py", startLine: 12 },
      command: null,
      findings: 1,
    },
  ]);
});

test("what is exploited and what is due is counted with each fix", async () => {
  const observed = [1, 2, 3].map((n) =>
    anObservedFinding({
      cve: `CVE-2026-000${n}`,
      resource: host,
      packages: [packageOf("bash", "5.2")],
      knownExploitedAt: n === 1 ? new Date("2026-01-01T00:00:00Z") : null,
    }),
  );
  await saveFindings(observed);
  const { pool } = database();
  const { rows } = await pool.query<{ issue_id: string }>("SELECT issue_id FROM finding ORDER BY title");
  const due = (at: number, inDays: number) =>
    pool.query("UPDATE issue SET due_at = now() + make_interval(days => $2) WHERE id = $1", [
      rows[at]?.issue_id,
      inDays,
    ]);
  await due(0, -1);
  await due(1, 3);
  await due(2, 30);
  expect(await fixes()).toMatchObject([{ findings: 3, knownExploited: 1, overdue: 1, dueThisWeek: 1 }]);
  expect(await fixes({ due: "overdue" })).toMatchObject([{ findings: 1, overdue: 1, dueThisWeek: 0 }]);
});

const SEED = 20_261_124;

/** Findings of every kind, in a few places, so that fixes are of several sizes and many of the same. */
function manyFindings(): ObservedFinding[] {
  const { below, pick } = randomFrom(SEED);
  return Array.from({ length: 160 }, () => {
    const place = pick([api("a"), api("b"), invoices, host]);
    const severity = pick(["critical", "high", "low"] as const);
    const status = pick(["active", "active", "active", "closed"] as const);
    const knownExploitedAt = below(4) === 0 ? new Date("2026-01-01T00:00:00Z") : null;
    if (below(5) === 0)
      return anObservedFinding({ severity, status, ...codeAt(pick(["a.py", "b.py"]), pick([1, 2, 3])) });
    const packages = [packageOf(pick(["bash", "zlib", "lodash"]), pick(["2.0", "2.1", null]), pick(["OS", "NPM"]))];
    return anObservedFinding({
      resource: place,
      severity,
      status,
      packages,
      knownExploitedAt,
      fixAvailable: pick(["yes", "no", "partial"]),
    });
  });
}

test("whatever narrows the list, each fix opens exactly as many findings as it says, and all are active", async () => {
  await saveFindings(manyFindings());
  const queries: Record<string, string>[] = [
    {},
    { severity: "critical" },
    { "-severity": "low" },
    { packageName: "zlib" },
    { q: "tomcat" },
    { type: "code" },
    { severity: "critical,high" },
    { knownExploited: "yes" },
    { accountId: "111122223333" },
    { fixAvailable: "partial,no" },
    { packageManager: "OS" },
    { "-packageManager": "NPM" },
  ];
  for (const query of queries) {
    const found = await fixes(query);
    expect(found.length).toBeGreaterThan(0);
    for (const fix of found) {
      const list = await listOf(fix);
      expect([fix.filter, list.length]).toEqual([fix.filter, fix.findings]);
      expect(new Set(list.map(({ status }) => status))).toEqual(new Set(["active"]));
    }
  }
});

test("counts that are kept name the same fixes as counting anew does, also once findings were suppressed", async () => {
  const findings = manyFindings();
  await saveFindings(findings);
  await suppressHalf();
  const everything = { firstObservedFrom: "2000-01-01T00:00:00Z" };
  const queries: Record<string, string>[] = [
    {},
    { severity: "critical" },
    { "-severity": "low" },
    { knownExploited: "yes" },
  ];
  for (const query of queries) {
    const kept = await fixes({ ...query, limit: "200" });
    expect(kept.length).toBeGreaterThan(0);
    const counted = await fixes({ ...query, ...everything, limit: "200" });
    const told = (some: Fix[]) => some.map(({ filter: _, ...fix }) => fix);
    expect(told(kept)).toEqual(told(counted));
  }
});

async function suppressHalf(): Promise<void> {
  await database().pool.query(
    "UPDATE finding SET status = 'suppressed' WHERE id IN (SELECT id FROM finding WHERE status = 'active' ORDER BY id LIMIT 40)",
  );
}

test("what is an image of a container is the same to the database as to the words", async () => {
  const { rows } = await database().pool.query(
    `SELECT DISTINCT fix_kind('package', type, 'yes', 'OS', '2.0') AS kind FROM unnest($1::text[]) AS type`,
    [CONTAINER_IMAGE_TYPES],
  );
  expect(rows).toEqual([{ kind: "base-image" }]);
});

test("pages hold every fix once, the largest first, however small the pages are", async () => {
  await saveFindings(manyFindings());
  const all = await fixes({ limit: "200" });
  const paged: Fix[] = [];
  let cursor: string | undefined;
  do {
    const page = await listFixes(fixesQuerySchema.parse({ limit: "3", cursor }));
    paged.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const names = (some: Fix[]) => some.map(({ filter }) => filter);
  expect(names(paged).sort()).toEqual(names(all).sort());
  expect(new Set(names(paged)).size).toBe(paged.length);
  expect(all.map(({ findings }) => findings)).toEqual(all.map(({ findings }) => findings).sort((a, b) => b - a));
});

test("a cursor belongs to its filter", async () => {
  await saveFindings(manyFindings());
  const { nextCursor } = await listFixes(fixesQuerySchema.parse({ limit: "2" }));
  await expect(listFixes(fixesQuerySchema.parse({ severity: "high", cursor: nextCursor }))).rejects.toThrow(/cursor/);
  await expect(listFixes(fixesQuerySchema.parse({ cursor: "bm90IG9uZQ" }))).rejects.toThrow(/cursor/);
});

test("the file has every fix of the list, and nothing that a spreadsheet would run", async () => {
  await saveFindings([
    ...manyFindings(),
    anObservedFinding({ resource: host, packages: [packageOf("=cmd()", "2.0", "NPM")] }),
  ]);
  let text = "";
  for await (const part of toFixesCsv(fixesQuerySchema.parse({}))) text += part;
  const lines = text.trimEnd().split("\r\n");
  expect(lines).toHaveLength((await fixes({ limit: "200" })).length + 1);
  expect(lines[0]).toMatch(
    /^kind,place,account_id,.*,findings,resources,known_exploited,overdue,due_this_week,critical,/,
  );
  expect(text).toContain(`"'=cmd()"`);
});
