import { beforeAll, expect, test } from "vitest";
import type { Finding } from "#lib/domain/finding.ts";
import { type FindingQuery, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { appDatabase } from "#testing/app-database.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { saveFindings } from "#testing/saved-findings.ts";
import { listFindings } from "./list-findings.ts";
import { findFrequent } from "./search-lists.ts";

appDatabase();

const FINDINGS = 3_000;
const packagesNamed = (...names: string[]) =>
  names.map((name) => ({ name, version: "1", fixedIn: null, manager: "OS", path: null, remediation: null }));

const CODE = {
  startLine: 1,
  endLine: 1,
  detectorId: "rule",
  detectorName: "A rule",
  detectorTags: [],
  ruleId: null,
  snippet: [],
  steps: [],
  suggestedFixes: [],
};

type What = NonNullable<Parameters<typeof anObservedFinding>[0]>;

/** Of ten: five of a package with `dense` in its name, two that have such a package beside another, two of code. */
const WHAT: ((number: number) => What)[] = [
  ...Array.from({ length: 5 }, () => (number: number) => ({
    cve: `CVE-2026-${1_000 + (number % 70)}`,
    packages: packagesNamed(`dense-${number % 40}`),
  })),
  ...Array.from({ length: 2 }, () => (number: number) => ({
    cve: `CVE-2026-${2_000 + (number % 30)}`,
    packages: packagesNamed(`plain-${number % 5}`, `dense-${number % 40}`),
  })),
  ...Array.from({ length: 2 }, () => (number: number) => ({
    type: "code",
    vulnerability: { name: `rule/${number % 9}`, kind: "detector" as const, title: "A rule" },
    packages: [],
    code: { ...CODE, path: `src/wide/${number % 50}.ts` },
  })),
  (number) => ({ cve: `CVE-2026-${3_000 + (number % 20)}`, packages: packagesNamed("plain") }),
];

const observed = Array.from({ length: FINDINGS }, (_, number) => {
  const { type = "package", ...what } = WHAT[number % WHAT.length]?.(number) ?? {};
  const word = type === "code" && number % 3 === 0 ? "Dense matter" : "Matter";
  return anObservedFinding({
    ...what,
    type,
    title: `${word} ${number}`,
    severity: SEVERITIES[(number * 7) % SEVERITIES.length],
    score: (number % 13) / 2,
    status: number % 11 === 0 ? "closed" : "active",
    resource: { name: number % 2 === 0 ? `wide-host-${number % 1_400}` : `host-${number}` },
  });
});
const byTitle = new Map(observed.map((one) => [one.title, one]));

beforeAll(() => saveFindings(observed));

function occurs({ title }: Finding, word: string): boolean {
  const one = byTitle.get(title);
  if (one === undefined) return false;
  const texts = [
    one.vulnerability.name,
    one.vulnerability.title,
    one.resource.name,
    ...one.packages.map(({ name }) => name),
    ...(one.type === "package" ? [] : [one.title, one.code?.path ?? ""]),
  ];
  return texts.some((text) => text.toLowerCase().includes(word));
}

async function everyPage(query: FindingQuery): Promise<Finding[]> {
  const items: Finding[] = [];
  let cursor: string | undefined;
  do {
    const page = await listFindings(findingFilterSchema.parse({ ...query, limit: 200, cursor }));
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

const SCOPES: FindingQuery[] = [
  { status: "active" },
  { status: "active,closed", severity: "high,low,info" },
  { "-severity": "critical", type: "package,code" },
];

test.each([
  ["dense", {}],
  ["wide", {}],
  ["dense -plain", {}],
  ["wide dense", {}],
  ...SCOPES.flatMap((scope): [string, FindingQuery][] => [
    ["dense", scope],
    ["wide", scope],
  ]),
])("a search for %s finds in order what a look at every finding does (%j)", async (q, scope) => {
  const expected = (await everyPage(scope)).filter((finding) =>
    q.split(" ").every((word) => occurs(finding, word.replace("-", "")) !== word.startsWith("-")),
  );
  expect(expected.length).toBeGreaterThan(200);
  expect((await everyPage({ ...scope, q })).map(({ title }) => title)).toEqual(expected.map(({ title }) => title));
  const { total } = await listFindings(findingFilterSchema.parse({ ...scope, q }));
  expect(total).toEqual({ count: expected.length, exact: true });
});

test("these words are found in many, and others are not", async () => {
  const isFrequent = async (q: string) => (await findFrequent(findingFilterSchema.parse({ q }))) !== null;
  expect(await Promise.all(["dense", "wide"].map(isFrequent))).toEqual([true, true]);
  expect(await Promise.all(["dense-3", "CVE-2026-1001", "nothing"].map(isFrequent))).toEqual([false, false, false]);
});

test("the page before is the page that was there", async () => {
  const query = { q: "dense", status: "active", limit: 200 };
  const first = await listFindings(findingFilterSchema.parse(query));
  const second = await listFindings(findingFilterSchema.parse({ ...query, cursor: first.nextCursor }));
  const back = await listFindings(findingFilterSchema.parse({ ...query, cursor: second.prevCursor }));
  expect(back.items.map(({ id }) => id)).toEqual(first.items.map(({ id }) => id));
});
