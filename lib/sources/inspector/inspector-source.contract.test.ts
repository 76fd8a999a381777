import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { SourceError } from "#lib/sources/source.ts";
import { startSample } from "../../../sample/server.ts";
import { inspectorClient } from "./inspector-client.ts";
import { inspectorSource } from "./inspector-source.ts";
import { toEndpointAsOf } from "./sample-organisation.ts";

const REGION = "us-east-1";
const end = new Date("2026-11-01T00:00:00Z");
const sample = await startSample({ port: 0, findings: 3_000, end });
afterAll(() => sample.close());

function openSource(endpoint = sample.url) {
  const access = { region: REGION, roleArn: null, externalId: null, endpoint, isSample: true };
  const client = inspectorClient(access, { connectMs: 1_000, requestMs: 1_000 });
  return { source: inspectorSource(client, REGION), close: () => client.destroy() };
}

let open = openSource();
beforeEach(() => {
  open = openSource();
});
afterEach(() => open.close());

type Fault = Parameters<typeof sample.inject>[0];

const { signal } = new AbortController();

async function observe(since: Date | null = null, onThrottle?: () => void): Promise<ObservedFinding[]> {
  const observed: ObservedFinding[] = [];
  const pass = onThrottle ? { since, signal, onThrottle } : { since, signal };
  for await (const page of open.source.observeFindings(pass)) observed.push(...page);
  return observed;
}

const idsOf = (findings: ObservedFinding[]) => [...new Set(findings.map((finding) => finding.sourceId))].sort();

async function failureOf(faults: Fault[]): Promise<SourceError["failure"]> {
  for (const fault of faults) sample.inject(fault);
  const error: unknown = await observe().catch((caught: unknown) => caught);
  if (!(error instanceof SourceError)) throw error;
  return error.failure;
}

test("a whole listing holds findings of every kind and status, each once", async () => {
  const observed = await observe();
  expect(observed.length).toBeGreaterThan(150);
  expect(idsOf(observed)).toHaveLength(observed.length);
  expect(new Set(observed.map((finding) => finding.status))).toEqual(new Set(["active", "suppressed", "closed"]));
  expect(new Set(observed.map((finding) => finding.type))).toEqual(new Set(["package", "network", "code"]));
});

test("an incremental listing holds exactly what changed since", async () => {
  const since = new Date(end.getTime() - 7 * 86_400_000);
  const changed = await observe(since);
  const expected = (await observe()).filter((finding) => finding.updatedAt >= since);
  expect(idsOf(changed)).toEqual(idsOf(expected));
  expect(changed.length).toBeGreaterThan(0);
});

test("the organisation can be read as it was at an instant", async () => {
  open.close();
  const asOf = new Date("2026-03-01T00:00:00Z");
  open = openSource(toEndpointAsOf(sample.url, asOf));
  const observed = await observe();
  expect(observed.length).toBeGreaterThan(100);
  expect(observed.filter((finding) => finding.updatedAt > asOf)).toEqual([]);
});

test("coverage names the resources of findings, what is not scanned, and the lineage that findings name", async () => {
  const covered = new Map<string, { isScanned: boolean; lineage: string | null }>();
  for await (const page of open.source.observeCoverage({ signal })) {
    for (const { resourceId, isScanned, lineage } of page) covered.set(resourceId, { isScanned, lineage });
  }
  expect(new Set([...covered.values()].map(({ isScanned }) => isScanned))).toEqual(new Set([true, false]));
  const active = (await observe()).filter((finding) => finding.status === "active");
  expect(active.filter(({ resource }) => !covered.has(resource.id))).toEqual([]);
  const differing = active.filter(({ resource }) => {
    const told = covered.get(resource.id)?.lineage;
    return told !== null && told !== resource.lineage;
  });
  expect(differing).toEqual([]);
});

test.each<[string, Fault]>([
  ["a throttle", { kind: "throttle", operation: "ListFindings", page: 2, times: 2 }],
  ["a fault of Inspector's own", { kind: "fail", operation: "ListFindings", page: 2, times: 2 }],
  ["an answer that is cut", { kind: "cut", operation: "ListFindings", page: 3 }],
  ["a request that is never answered", { kind: "hang", operation: "ListFindings", page: 3 }],
  ["a paging token that expires", { kind: "expire-token", operation: "ListFindings", page: 3 }],
  ["a page that is repeated", { kind: "repeat-page", operation: "ListFindings", page: 2 }],
])("%s loses nothing", async (_what, fault) => {
  const expected = idsOf(await observe());
  sample.inject(fault);
  expect(idsOf(await observe())).toEqual(expected);
});

test("what CISA lists as exploited is known, of all its findings alike", async () => {
  const listed = new Map<string, Set<boolean>>();
  for (const { vulnerability, knownExploitedAt } of await observe()) {
    listed.set(vulnerability.name, (listed.get(vulnerability.name) ?? new Set()).add(knownExploitedAt !== null));
  }
  const answers = [...listed.values()];
  expect(answers.filter((said) => said.has(true)).length).toBeGreaterThan(0);
  expect(answers.filter((said) => said.size > 1)).toEqual([]);
});

test("a pass that may not ask what is exploited names the permission", async () => {
  expect(await failureOf([{ kind: "deny", operation: "BatchGetFindingDetails" }])).toMatchObject({
    code: "access-denied",
    permission: "inspector2:BatchGetFindingDetails",
  });
});

test("each answer that asks to slow down is counted", async () => {
  sample.inject({ kind: "throttle", operation: "ListFindings", times: 2 });
  let throttles = 0;
  await observe(null, () => {
    throttles += 1;
  });
  expect(throttles).toBe(2);
});

test("a refusal names the permission that is missing", async () => {
  expect(await failureOf([{ kind: "deny", operation: "ListFindings", page: 2 }])).toEqual({
    code: "access-denied",
    message: "AWS refused inspector2:ListFindings in us-east-1.",
    permission: "inspector2:ListFindings",
  });
});

test("a source that goes on failing is given up with its reason", async () => {
  const failure = await failureOf([{ kind: "cut", operation: "ListFindings", page: 2, times: 5 }]);
  expect(failure.code).toBe("unreachable");
});

test("an endpoint where nobody listens is unreachable", async () => {
  open.close();
  open = openSource("http://127.0.0.1:9");
  expect((await failureOf([])).code).toBe("unreachable");
});

test("a reading that is stopped ends at once", async () => {
  const controller = new AbortController();
  const reading = open.source.observeFindings({ since: null, signal: controller.signal })[Symbol.asyncIterator]();
  await reading.next();
  sample.inject({ kind: "hang", operation: "ListFindings" });
  const next = reading.next();
  controller.abort();
  await expect(next).rejects.toMatchObject({ failure: { code: "cancelled" } });
});
