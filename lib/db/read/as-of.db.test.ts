import { beforeAll, expect, test } from "vitest";
import {
  type FindingQuery,
  findingConditionsSchema,
  findingFilterSchema,
  findingSortSchema,
} from "#lib/domain/finding-filter.ts";
import { aPerson } from "#testing/a-person.ts";
import { appDatabase } from "#testing/app-database.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { toFindingsCsv } from "./finding-csv.ts";
import { getFindingFacets } from "./finding-facets.ts";
import { countFindings, listFindings } from "./list-findings.ts";

appDatabase();

const january = (day: number) => new Date(Date.UTC(2026, 0, day));
const THEN = "2026-01-12";

const staying = Array.from({ length: 20 }, (_, n) =>
  anObservedFinding({
    title: `staying ${n}`,
    type: "network",
    cve: `CVE-2025-${2000 + (n % 5)}`,
    epss: n % 3 === 0 ? null : n / 20,
    region: n % 2 === 0 ? "eu-west-1" : "us-east-1",
    firstObservedAt: january(1 + (n % 9)),
    updatedAt: january(10),
  }),
);
const rescored = anObservedFinding({ title: "rescored", severity: "low", score: 2, updatedAt: january(10) });
const closing = anObservedFinding({ title: "closing", type: "network", severity: "critical", updatedAt: january(10) });
const muted = anObservedFinding({ title: "muted", status: "suppressed", updatedAt: january(10) });

// On the 10th all of these are read; on the 20th one is rescored, one is gone, one is heard again, and one is new.
beforeAll(async () => {
  const connectionId = await aConnection();
  await wholePass(connectionId, january(10).toISOString(), [...staying, rescored, closing, muted]);
  await wholePass(connectionId, january(20).toISOString(), [
    ...staying,
    { ...rescored, severity: "critical", score: 9.9, updatedAt: january(20) },
    { ...muted, status: "active", updatedAt: january(20) },
    anObservedFinding({ title: "new", updatedAt: january(20) }),
  ]);
});

async function titles(query: FindingQuery): Promise<string[]> {
  const { items } = await listFindings(findingFilterSchema.parse({ limit: 200, ...query }));
  return items.map(({ title }) => title).filter((title) => !title.startsWith("staying"));
}

test("a list shows status, severity and rank of then, and says of when it is", async () => {
  expect(await titles({ status: "active" })).toEqual(["rescored", "new", "muted"]);
  expect(await titles({ status: "active", asOf: THEN })).toEqual(["closing", "rescored"]);
  const { asOf, items, total } = await listFindings(findingFilterSchema.parse({ severity: "low", asOf: THEN }));
  expect([asOf, total]).toEqual(["2026-01-12T23:59:59.999Z", { count: 1, exact: true }]);
  expect(items[0]).toMatchObject({ title: "rescored", score: 2, updatedAt: january(10).toISOString() });
  const closed = await listFindings(findingFilterSchema.parse({ q: "closing", asOf: THEN }));
  expect(closed.items[0]).toMatchObject({ status: "active", closedAt: null, closedReason: null });
  expect((await listFindings(findingFilterSchema.parse({}))).asOf).toBeNull();
});

test.each(findingSortSchema.options)(
  "as of then, sorted by %s, each finding stands on exactly one page",
  async (sort) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listFindings(findingFilterSchema.parse({ sort, asOf: THEN, limit: 6, cursor }));
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([23, 23]);
    const whole = await listFindings(findingFilterSchema.parse({ sort, asOf: THEN, limit: 200 }));
    expect(seen).toEqual(whole.items.map(({ id }) => id));
  },
);

const FILTERS: FindingQuery[] = [
  { status: "active" },
  { status: "suppressed" },
  { status: "active,closed", region: "us-east-1" },
  { severity: "critical" },
  { cve: "CVE-2025-2003", status: "active" },
  { q: "staying 1" },
  { status: "active", accountId: "111122223333", severity: "high,low" },
];

test.each(FILTERS)(
  "as of then, %o gives the same number in the list, the count, the file and the facets",
  async (query) => {
    const asked = { ...query, asOf: THEN };
    const { items } = await listFindings(findingFilterSchema.parse({ ...asked, limit: 200 }));
    expect(items.length).toBeGreaterThan(0);
    expect(await countFindings(findingConditionsSchema.parse(asked))).toEqual({ count: items.length, exact: true });
    let csv = "";
    for await (const part of toFindingsCsv(findingFilterSchema.parse(asked))) csv += part;
    expect(csv.trimEnd().split("\r\n")).toHaveLength(items.length + 1);
    const { asOf, resourceType } = await getFindingFacets(findingConditionsSchema.parse(asked));
    expect([asOf, resourceType.reduce((sum, { count }) => sum + count, 0)]).toEqual([
      "2026-01-12T23:59:59.999Z",
      items.length,
    ]);
  },
);

test("whose a finding was then is told by its version, not by its issue of today", async () => {
  const { id, userName } = await aPerson();
  await database().pool.query(
    `UPDATE finding_version v SET assignee_id = $1 FROM finding f
     WHERE f.account_id = v.account_id AND f.id = v.finding_id AND f.title = 'closing' AND v.status = 'active'`,
    [id],
  );
  expect(await titles({ assignee: userName, asOf: THEN })).toEqual(["closing"]);
  expect(await titles({ assignee: userName })).toEqual([]);
});
