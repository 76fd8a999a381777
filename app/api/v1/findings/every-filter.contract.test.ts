import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { lineageId } from "#lib/db/identity.ts";
import { rebuildRollups } from "#lib/db/write/rebuild-rollups.ts";
import { type FieldName, findingConditionsSchema, LIST_FIELD_NAMES } from "#lib/domain/finding-filter.ts";
import { findingGroupPageSchema } from "#lib/domain/finding-groups.ts";
import { findingFacetsSchema, findingPageSchema } from "#lib/domain/finding-page.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { apiDatabase, BOOTSTRAP_TOKEN, bearer } from "#testing/api.ts";
import { type ApiServer, apiServer } from "#testing/api-server.ts";
import { EXCEPTIONS, saveEveryKind } from "#testing/every-kind.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { randomFrom } from "#testing/random.ts";
import { saveFindings } from "#testing/saved-findings.ts";

const start = apiServer(apiDatabase());
let server: ApiServer;
let dir: string;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.now();
const ago = (ms: number) => new Date(NOW - ms).toISOString();

/** One that lies where its resource does. */
let one: ObservedFinding;
let issueId: string;
let all: string[];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sightline-filters-"));
  const observed = await saveEveryKind(400, randomFrom(8), new Date(NOW - 3 * HOUR_MS));
  const later = { firstObservedAt: new Date(NOW - DAY_MS), updatedAt: new Date(NOW - HOUR_MS) };
  const ended = observed.slice(0, 60).map((finding) => ({ ...finding, ...later, status: "closed" as const }));
  await saveFindings([...ended, ...Array.from({ length: 9 }, () => anObservedFinding(later))], {
    now: new Date(NOW - HOUR_MS),
  });
  await database().pool.query("UPDATE issue_clock SET is_fix = true WHERE closed_at IS NOT NULL");
  await rebuildRollups();
  one =
    observed.find(({ type, status }, n) => n >= 60 && type === "package" && status === "active") ?? anObservedFinding();
  server = await start(dir);
  all = await listed({});
  issueId = findingPageSchema.parse(JSON.parse(await text("findings", {}))).items[0]?.issueId ?? "";
}, 120_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

type Query = Record<string, string>;

async function text(path: string, query: Query): Promise<string> {
  const address = `${server.url}/api/v1/${path}?${new URLSearchParams(query)}`;
  const answer = await fetch(address, { headers: bearer(BOOTSTRAP_TOKEN) });
  const told = await answer.text();
  expect(answer.status, `${address} ${told}`).toBe(200);
  return told;
}

/** Every page of the list, forwards; each says the same total as there are rows. */
async function listed(query: Query): Promise<string[]> {
  const ids: string[] = [];
  const totals = new Set<number>();
  let cursor: string | null = "";
  while (cursor !== null) {
    const asked: Query = { ...query, limit: "150", ...(cursor && { cursor }) };
    const page = findingPageSchema.parse(JSON.parse(await text("findings", asked)));
    ids.push(...page.items.map(({ id }) => id));
    totals.add(page.total.count);
    cursor = page.nextCursor;
  }
  expect([...totals]).toEqual([ids.length]);
  return ids;
}

/** A facet follows all filters but its own. */
async function facetSum(query: Query): Promise<number> {
  const facets = findingFacetsSchema.parse(JSON.parse(await text("findings/facets", query)));
  const facet = "region" in query || "-region" in query ? facets.severity : facets.region;
  return facet.reduce((sum, { count }) => sum + count, 0);
}

async function groupSum(query: Query): Promise<number> {
  const groups = findingGroupPageSchema.parse(JSON.parse(await text("findings/groups", { ...query, by: "account" })));
  return groups.items.reduce((sum, { total }) => sum + total.count, 0);
}

async function csvIds(query: Query): Promise<string[]> {
  const [, ...lines] = (await text("findings.csv", query)).trimEnd().split("\r\n");
  return lines.map((line) => line.split(",")[0] ?? "");
}

async function jsonlIds(query: Query): Promise<string[]> {
  const rows = (await text("findings.jsonl", query)).trimEnd().split("\n");
  return rows.slice(0, -1).map((row) => JSON.parse(row).id);
}

async function sarifCount(query: Query): Promise<number> {
  return JSON.parse(await text("findings.sarif", query)).runs[0].results.length;
}

/** For each field what some of the findings have, and some have not. */
const ASKED: Record<FieldName, () => Query | string> = {
  severity: () => "critical,low",
  status: () => "active",
  source: () => "inspector",
  type: () => "code",
  accountId: () => "111122223333",
  region: () => "us-east-1,eu-central-1",
  resourceType: () => "AWS_LAMBDA_FUNCTION",
  resourceId: () => one.resource.id,
  tag: () => "team=red",
  image: () => "team/app-1,team/app-2",
  function: () => "worker-3",
  repository: () => "acme/site-1,acme/site-2",
  scanName: () => "shop",
  team: () => "red",
  path: () => "src/api/*",
  cve: () => one.vulnerability.name,
  cwe: () => "CWE-79",
  detectorId: () => "python/detector-1@v1.0,python/detector-2@v1.0",
  packageName: () => "openssl",
  packageVersion: () => "1.2",
  packageFixedIn: () => "1.9",
  packageManager: () => "NPM",
  fixAvailable: () => "yes",
  exploitAvailable: () => "yes",
  knownExploited: () => "yes",
  epss: () => "0.3..0.5",
  score: () => "7..",
  age: () => "30..200",
  assignee: () => "mira",
  due: () => "overdue",
  overdueDays: () => "2..",
  suppressedBy: () => "rule",
  exception: () => EXCEPTIONS[0],
  issueId: () => issueId,
  lineageId: () => lineageId(one.accountId, one.resource.lineage),
  q: () => '"left-pad" -CVE-2025-1003',
  firstObservedFrom: () => ago(100 * DAY_MS),
  firstObservedTo: () => ago(100 * DAY_MS),
  updatedFrom: () => ago(2 * HOUR_MS),
  updatedTo: () => ago(2 * HOUR_MS),
  movement: () => "not-reported,suppressed",
  moved: () => "suppressed",
  movedFrom: () => ({ movement: "not-reported", movedFrom: ago(2 * HOUR_MS) }),
  movedTo: () => ({ movement: "not-reported", movedTo: ago(2 * HOUR_MS) }),
  issueOpenedFrom: () => ago(100 * DAY_MS),
  issueOpenedTo: () => ago(100 * DAY_MS),
  issueFixedFrom: () => ago(2 * HOUR_MS),
  issueFixedTo: () => ago(0),
  asOf: () => ago(2 * HOUR_MS),
};

function toQuery(name: FieldName): Query {
  const asked = ASKED[name]();
  return typeof asked === "string" ? { [name]: asked } : asked;
}

async function expectAgreement(query: Query): Promise<string[]> {
  const ids = await listed(query);
  expect(await csvIds(query)).toEqual(ids);
  expect(await jsonlIds(query)).toEqual(ids);
  expect([await facetSum(query), await groupSum(query), await sarifCount(query)]).toEqual(Array(3).fill(ids.length));
  return ids;
}

const NAMES = findingConditionsSchema.keyof().options.filter((name): name is FieldName => !name.startsWith("-"));

test.each(NAMES)(
  "by %s the list, its total, its facets, its groups and its files tell the same findings",
  async (name) => {
    const kept = await expectAgreement(toQuery(name));
    expect(kept.length).toBeGreaterThan(0);
    // Inspector is the only source here.
    if (name !== "source") expect(kept.length).toBeLessThan(all.length);
    if (!LIST_FIELD_NAMES.some((field) => field === name)) return;
    const left = await expectAgreement({ [`-${name}`]: String(ASKED[name]()) });
    expect([...kept, ...left].toSorted()).toEqual(all.toSorted());
  },
);
