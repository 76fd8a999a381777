import { beforeAll, expect, test } from "vitest";
import { type FindingQuery, findingConditionsSchema, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { appDatabase } from "#testing/app-database.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection, saveFindings } from "#testing/saved-findings.ts";
import { database } from "../database.ts";
import { toFindingsCsv } from "./finding-csv.ts";
import { getFindingFacets } from "./finding-facets.ts";
import { getFinding } from "./get-finding.ts";
import { countFindings, listFindings } from "./list-findings.ts";

appDatabase();

const ACCOUNTS = ["111122223333", "444455556666", "777788889999"];
const TYPES = ["package", "network", "code"];
const STATUSES = ["suppressed", "closed"] as const;
const FIXES = ["yes", "no", "partial", null] as const;

/** 300 findings that differ in everything a filter can ask for, the same in every run. */
const observed: ObservedFinding[] = Array.from({ length: 300 }, (_, n) =>
  anObservedFinding({
    accountId: ACCOUNTS[(n >> 2) % 3]!,
    region: n % 4 === 0 ? "us-east-1" : "eu-west-1",
    type: TYPES[n % 3]!,
    severity: SEVERITIES[(n * 7) % 6]!,
    score: n % 6 === 0 ? null : ((n * 13) % 100) / 10,
    status: STATUSES[n % 11] ?? "active",
    cve: `CVE-2025-${1000 + (n % 40)}`,
    epss: n % 9 === 0 ? null : ((n % 40) * 25) / 1000,
    title: n % 10 === 0 ? `100%_sure <b>bold</b> ${n}` : `Finding ${n}`,
    fixAvailable: FIXES[n % 4]!,
    exploitAvailable: n % 3 === 0 ? "yes" : "no",
    firstObservedAt: new Date(Date.UTC(2026, 0, 1 + (n % 25), n % 24)),
    updatedAt: new Date(Date.UTC(2026, 0, 27)),
    resource: {
      name: `service-${n % 17}`,
      type: n % 2 === 0 ? "AWS_EC2_INSTANCE" : "AWS_LAMBDA_FUNCTION",
      lineage: `function:service-${n % 17}`,
    },
  }),
);

beforeAll(() => saveFindings(observed, { now: new Date("2026-01-28T00:00:00Z") }));

async function everyPage(query: FindingQuery) {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await listFindings(findingFilterSchema.parse({ ...query, cursor }));
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return items;
}

test("the list begins with the worst, and every finding stands on exactly one page", async () => {
  const items = await everyPage({ limit: 7 });
  expect(items).toHaveLength(300);
  expect(new Set(items.map(({ id }) => id)).size).toBe(300);
  const order = items.map(({ rank, id }) => `${String(rank).padStart(6, "0")} ${id}`);
  expect(order).toEqual([...order].sort().reverse());
  expect(items[0]?.severity).toBe("critical");
});

test.each(["newest", "oldest", "epss", "due"] as const)(
  "sorted by %s, paging neither repeats nor loses a row",
  async (sort) => {
    const items = await everyPage({ sort, limit: 11 });
    expect(new Set(items.map(({ id }) => id)).size).toBe(300);
    const whole = await listFindings(findingFilterSchema.parse({ sort, limit: 200 }));
    expect(items.slice(0, 200).map(({ id }) => id)).toEqual(whole.items.map(({ id }) => id));
  },
);

test.each(["rank", "newest", "oldest", "epss", "due"] as const)(
  "sorted by %s, walking back from any page meets the same pages",
  async (sort) => {
    const query = { sort, limit: 70 } as const;
    const ahead = [await listFindings(findingFilterSchema.parse(query))];
    for (let cursor = ahead[0]!.nextCursor; cursor !== null; cursor = ahead.at(-1)!.nextCursor)
      ahead.push(await listFindings(findingFilterSchema.parse({ ...query, cursor })));
    const back = [ahead.at(-1)!];
    for (let cursor = back[0]!.prevCursor; cursor !== null; cursor = back[0]!.prevCursor)
      back.unshift(await listFindings(findingFilterSchema.parse({ ...query, cursor })));
    expect(back.map(({ items }) => items.map(({ id }) => id))).toEqual(
      ahead.map(({ items }) => items.map(({ id }) => id)),
    );
    expect(ahead).toHaveLength(5);
    expect(ahead[0]!.prevCursor).toBeNull();
    expect(back[1]!.nextCursor).not.toBeNull();
  },
);

test("newest and oldest go by when a finding was first observed, EPSS puts unknown last", async () => {
  const times = (await everyPage({ sort: "newest" })).map(({ firstObservedAt }) => firstObservedAt);
  expect(times).toEqual([...times].sort().reverse());
  expect((await everyPage({ sort: "oldest" })).map(({ firstObservedAt }) => firstObservedAt)).toEqual(
    [...times].sort(),
  );
  const epss = (await everyPage({ sort: "epss" })).map((finding) => finding.epss ?? -1);
  expect(epss).toEqual([...epss].sort((a, b) => b - a));
});

const FILTERS: [string, FindingQuery, (finding: ObservedFinding) => boolean][] = [
  ["severity", { severity: "critical,low" }, ({ severity }) => severity === "critical" || severity === "low"],
  ["status", { status: "active" }, ({ status }) => status === "active"],
  ["type", { type: ["code", "network"] }, ({ type }) => type !== "package"],
  ["account", { accountId: ACCOUNTS[1] }, ({ accountId }) => accountId === ACCOUNTS[1]],
  ["region", { region: "us-east-1" }, ({ region }) => region === "us-east-1"],
  ["resource type", { resourceType: "AWS_EC2_INSTANCE" }, ({ resource }) => resource.type === "AWS_EC2_INSTANCE"],
  ["resource id", { resourceId: observed[5]!.resource.id }, ({ resource }) => resource.id === observed[5]!.resource.id],
  ["CVE", { cve: "CVE-2025-1003,CVE-2025-1004" }, ({ vulnerability }) => /100[34]$/.test(vulnerability.name)],
  ["fix", { fixAvailable: "partial" }, ({ fixAvailable }) => fixAvailable === "partial"],
  [
    "exploit",
    { exploitAvailable: "yes", status: "active" },
    (f) => f.exploitAvailable === "yes" && f.status === "active",
  ],
  ["first observed from", { firstObservedFrom: "2026-01-20" }, (f) => f.firstObservedAt >= new Date("2026-01-20")],
  [
    "first observed to",
    { firstObservedTo: "2026-01-20T12:00:00Z" },
    (f) => f.firstObservedAt < new Date("2026-01-20T12:00:00Z"),
  ],
  ["words in a title of its own", { q: "BOLD 17" }, ({ type, title }) => type !== "package" && /bold.*17/.test(title)],
  ["a resource's name", { q: "SERVICE-16" }, ({ resource }) => resource.name === "service-16"],
  ["LIKE's own characters", { q: "100%_sure" }, ({ type, title }) => type !== "package" && title.startsWith("100%_s")],
  ["nothing that matches", { q: "no such thing" }, () => false],
];

test.each(FILTERS)(
  "filtering by %s, list, count and CSV agree with a plain look at the findings",
  async (_, query, matches) => {
    const expected = observed
      .filter(matches)
      .map(({ title }) => title)
      .sort();
    const items = await everyPage({ ...query, limit: 50 });
    expect(items.map(({ title }) => title).sort()).toEqual(expected);
    expect(await countFindings(findingConditionsSchema.parse(query))).toEqual({ count: expected.length, exact: true });
    let csv = "";
    for await (const part of toFindingsCsv(findingFilterSchema.parse(query))) csv += part;
    expect(
      csv
        .trimEnd()
        .split("\r\n")
        .slice(1)
        .map((line) => line.split(",")[0]),
    ).toEqual(items.map(({ id }) => id));
  },
);

test.each(FILTERS)("with %s asked for, each facet counts what matches the other filters", async (_, query, __) => {
  const facets = await getFindingFacets(findingConditionsSchema.parse(query));
  for (const facet of ["severity", "status", "accountId", "region", "fixAvailable"] as const) {
    for (const { value, count } of facets[facet] ?? []) {
      const asked = { ...query, [facet]: value };
      expect([facet, value, count]).toEqual([facet, value, (await everyPage({ ...asked, limit: 200 })).length]);
    }
  }
});

test("facets name severities worst first and keep a value that was asked for at 0", async () => {
  const facets = await getFindingFacets(
    findingConditionsSchema.parse({ region: "us-east-1", accountId: "000000000001" }),
  );
  expect(facets.accountId?.find(({ value }) => value === "000000000001")?.count).toBe(0);
  const all = await getFindingFacets(findingConditionsSchema.parse({}));
  expect(all.severity?.map(({ value }) => value)).toEqual(SEVERITIES);
});

test("a cursor of another filter, another sort or of nobody is refused by name", async () => {
  const { nextCursor } = await listFindings(findingFilterSchema.parse({ limit: 5 }));
  const cursor = nextCursor ?? "";
  const asked: FindingQuery[] = [
    { cursor, severity: "low" },
    { cursor, sort: "newest" },
    { cursor: "nonsense" },
    { cursor: Buffer.from('["x","1 OR 1=1","y"]').toString("base64url") },
  ];
  for (const query of asked) {
    const listing = listFindings(findingFilterSchema.parse(query));
    await expect(listing).rejects.toMatchObject({ code: "invalid-input", faults: [{ field: "cursor" }] });
  }
});

test("a cell that a spreadsheet would run comes out as text", async () => {
  await saveFindings([anObservedFinding({ title: '=HYPERLINK("http://evil.test","x")', cve: "CVE-2025-9999" })]);
  let csv = "";
  for await (const part of toFindingsCsv(findingFilterSchema.parse({ cve: "CVE-2025-9999" }))) csv += part;
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.test"",""x"")"`);
  expect(csv).not.toMatch(/[,\n]=/);
});

test("a finding opens with its packages, scores, history and what its source sent", async () => {
  const { items } = await listFindings(findingFilterSchema.parse({ status: "active", limit: 1 }));
  const finding = await getFinding(items[0]!.id);
  expect(finding.detail.packages[0]).toMatchObject({ name: "tomcat-embed-core", fixedIn: "10.1.35" });
  expect(finding.vulnerability.cvss[0]?.score).toBe(9.8);
  expect(finding.timeline.map(({ kind }) => kind)).toContain("opened");
  expect(finding.raw).toHaveProperty("made");
  expect(finding.sameFix?.findings).toBeGreaterThan(0);
});

test("findings of one exposure each keep their own words", async () => {
  const exposures = ["i-1", "i-2"].map((instance) =>
    anObservedFinding({
      type: "network",
      title: `Port 22 of ${instance}`,
      description: `Anyone can reach port 22 of ${instance}.`,
      vulnerability: { name: "tcp/22", kind: "exposure", description: "" },
    }),
  );
  await saveFindings(exposures);
  const { items } = await listFindings(findingFilterSchema.parse({ q: "Port 22 of" }));
  const opened = await Promise.all(items.map(({ id }) => getFinding(id)));
  expect(opened.map(({ description }) => description).sort()).toEqual([
    "Anyone can reach port 22 of i-1.",
    "Anyone can reach port 22 of i-2.",
  ]);
});

test("a finding that is not there is said so", async () => {
  await expect(getFinding("01990000-0000-7000-8000-000000000000")).rejects.toMatchObject({ code: "not-found" });
});

test("hidden, the sample takes part in no list, count or facet", async () => {
  const cve = "CVE-2025-8888";
  await saveFindings([anObservedFinding({ cve, accountId: "999900001111" })], {
    connectionId: await aConnection({ isSample: true }),
  });
  const count = async () => (await countFindings(findingConditionsSchema.parse({ cve }))).count;
  expect(await count()).toBe(1);
  await database().prisma.setting.create({ data: { key: "sample", value: { hidden: true } } });
  expect(await count()).toBe(0);
  const facets = await getFindingFacets(findingConditionsSchema.parse({}));
  expect(facets.accountId?.map(({ value }) => value)).not.toContain("999900001111");
  await database().prisma.setting.delete({ where: { key: "sample" } });
});
