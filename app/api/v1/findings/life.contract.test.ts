import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyRule } from "#lib/db/write/exceptions/apply-rule.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { keepExceptions } from "#lib/usecases/keep-exceptions.ts";
import { apiDatabase, BOOTSTRAP_TOKEN, bearer } from "#testing/api.ts";
import { type ApiServer, apiServer } from "#testing/api-server.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { wholePass } from "#testing/sync-passes.ts";

const urls = apiDatabase();
const start = apiServer(urls);
let server: ApiServer;
let dir: string;
let connectionId: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sightline-life-"));
  await openQueue(urls.url);
  server = await start(dir);
  connectionId = await aConnection();
});
afterAll(async () => {
  await closeQueue();
  await rm(dir, { recursive: true, force: true });
});

async function call(path: string, body?: unknown) {
  const headers = { ...bearer(BOOTSTRAP_TOKEN), "content-type": "application/json" };
  const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await fetch(`${server.url}/api/v1/${path}`, init);
  const text = await answer.text();
  expect(answer.ok, text).toBe(true);
  return JSON.parse(text);
}

const HOUR_MS = 3_600_000;
const NOW = Date.now();
const ago = (hours: number) => new Date(NOW - hours * HOUR_MS);
const tomorrow = new Date(NOW + 24 * HOUR_MS).toISOString();
const save = (at: Date, ...findings: ReturnType<typeof anObservedFinding>[]) =>
  wholePass(connectionId, at.toISOString(), findings);

const image = (digest: string, over: Parameters<typeof anObservedFinding>[0] = {}) =>
  anObservedFinding({
    cve: "CVE-2026-40000",
    resource: { id: `arn:aws:ecr:eu-west-1:111122223333:repository/shop/sha256:${digest}`, lineage: "image:shop" },
    ...over,
  });

test("a rebuilt image has the age of the one before it: one issue, one clock", async () => {
  const first = image("a1", { firstObservedAt: ago(20 * 24), updatedAt: ago(20 * 24) });
  await save(ago(20 * 24), first);
  const [before] = (await call("findings?cve=CVE-2026-40000")).items;
  await save(ago(30), image("b2", { firstObservedAt: ago(30), updatedAt: ago(30) }));
  const { items } = await call("findings?cve=CVE-2026-40000&status=active");
  expect(items).toMatchObject([{ issueId: before.issueId, resource: { id: expect.stringContaining("sha256:b2") } }]);
  expect(items[0].id).not.toBe(before.id);
  const { issue } = await call(`findings/${items[0].id}`);
  expect(issue).toMatchObject({ id: before.issueId, openedAt: before.firstObservedAt });
  const { buckets } = await call("trends/age");
  const aged = buckets.filter(({ findings }: { findings: number }) => findings > 0);
  expect(aged).toMatchObject([{ findings: 1, issues: 1 }]);
  expect(Date.parse(aged[0].openedTo)).toBeLessThan(ago(24 * 3).getTime());
});

/** Wherever the number of what is open is told as it is now. */
async function openEverywhere() {
  const { total } = await call("findings?status=active");
  const { region } = await call("findings/facets?status=active");
  const { items } = await call("findings/groups?by=account&status=active");
  const { matrix } = await call("overview");
  const sum = (counts: number[]) => counts.reduce((whole, n) => whole + n, 0);
  return {
    list: total.count,
    facets: sum(region.map(({ count }: { count: number }) => count)),
    groups: sum(items.map((group: { total: { count: number } }) => group.total.count)),
    tile: matrix.total.open,
  };
}
const everywhere = (n: number) => ({ list: n, facets: n, groups: n, tile: n });

test("what is suppressed leaves the list, its facets, its groups and the tile at once, and comes back to all", async () => {
  await save(ago(20), anObservedFinding(), anObservedFinding(), anObservedFinding());
  expect(await openEverywhere()).toEqual(everywhere(3));
  const [hidden] = (await call("findings?status=active")).items;
  const decide = async (act: object) => {
    const { id: draftId } = await call("triage/drafts", {
      act: { ...act, reason: undefined },
      findingIds: [hidden.id],
    });
    await call("triage/decisions", { draftId, act });
  };
  await decide({ kind: "suppress", grounds: "accepted-risk", until: tomorrow, reason: "Behind the gateway." });
  expect(await openEverywhere()).toEqual(everywhere(2));
  await decide({ kind: "unsuppress" });
  expect(await openEverywhere()).toEqual(everywhere(3));
  expect((await call("findings?status=active")).items).toContainEqual(expect.objectContaining({ id: hidden.id }));
  expect(await verifyRollups()).toEqual([]);
});

test("what an exception held comes back when it has run out, with all that happened", async () => {
  await save(ago(10), anObservedFinding({ accountId: "222222222222", severity: "low" }));
  const worker = (at: Date) => applyRule(rule.id, new AbortController().signal, () => at);
  const listed = async () => (await call("findings?accountId=222222222222")).items;
  const rule = await call("exceptions", {
    filter: { accountId: "222222222222" },
    grounds: "accepted-risk",
    until: tomorrow,
    reason: "Until the gateway is there.",
  });
  await worker(new Date());
  expect(await listed()).toMatchObject([{ status: "suppressed", suppression: { by: "rule" } }]);
  const past = new Date(NOW + 25 * HOUR_MS);
  await keepExceptions(past);
  await worker(past);
  const [back] = await listed();
  expect(back).toMatchObject({ status: "active", suppression: null });
  const { timeline } = await call(`findings/${back.id}`);
  expect(timeline).toMatchObject([
    { kind: "unsuppressed", cause: "expiry", ruleId: rule.id },
    { kind: "suppressed", cause: "rule", ruleId: rule.id },
    { kind: "opened", cause: "scope-added" },
  ]);
  const ended = await call(`exceptions/${rule.id}`);
  expect(ended).toMatchObject({ state: "ended", version: { reason: "Until the gateway is there." } });
  expect(await verifyRollups()).toEqual([]);
});
