import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding } from "@aws-sdk/client-inspector2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { packageOnAzure } from "#lib/sources/inspector/fixtures/findings.ts";
import { toObservedFinding } from "#lib/sources/inspector/map-finding.ts";
import { sarifReport } from "#lib/sources/sarif/sarif-report.ts";
import { localStorage } from "#lib/storage/local-storage.ts";
import { importReport } from "#lib/usecases/import-report.ts";
import { aSarifLog, type SarifPlace } from "#testing/a-sarif-log.ts";
import { apiDatabase, BOOTSTRAP_TOKEN, bearer } from "#testing/api.ts";
import { type ApiServer, apiServer } from "#testing/api-server.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { saveFindings } from "#testing/saved-findings.ts";

const urls = apiDatabase();
const start = apiServer(urls);
let server: ApiServer;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sightline-rows-"));
  await openQueue(urls.url);
  server = await start(dir);
});
afterAll(async () => {
  await closeQueue();
  await rm(dir, { recursive: true, force: true });
});

async function call(path: string, body?: unknown, contentType = "application/json") {
  const headers = { ...bearer(BOOTSTRAP_TOKEN), ...(body === undefined ? {} : { "content-type": contentType }) };
  const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await fetch(`${server.url}/api/v1/${path}`, init);
  const text = await answer.text();
  expect(answer.ok, text).toBe(true);
  return answer.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text;
}

type Row = { id: string; issueId: string; location: { startLine: number } | null; firstObservedAt: string };
const listed = async (query: Record<string, string>): Promise<Row[]> =>
  (await call(`findings?${new URLSearchParams(query)}`)).items;

/** Brings a report in, and works it off as the worker does. Returns what its run counted. */
async function bring(name: string, places: SarifPlace[]) {
  const { runId } = await call(`imports?name=${name}`, aSarifLog(places), "application/sarif+json");
  const means = { readReport: sarifReport, storage: localStorage(join(dir, "archives")), clock: () => new Date() };
  await importReport({ runId }, { ...means, signal: new AbortController().signal });
  return (await call(`scans/${name}/runs/${runId}`)).counts;
}

const place = (line: number, over: Partial<SarifPlace> = {}): SarifPlace => {
  return { rule: "R1", path: "src/app.js", line, code: `eval(x${line})`, ...over };
};

test("what a person decided stays on its finding when the report comes again, and when its code has moved", async () => {
  const code = (line: number) => [place(line, { code: "eval(a)" }), place(line + 4, { code: "eval(b)" })];
  await bring("kept", code(5));
  const [hidden, shown] = await listed({ scanName: "kept", status: "active" });
  const act = { kind: "suppress", grounds: "false-alarm", until: "fix", reason: "Only in tests." };
  const draft = await call("triage/drafts", { act: { kind: "suppress", until: "fix" }, findingIds: [hidden?.id] });
  await call("triage/decisions", { draftId: draft.id, act });
  const before = await call(`findings/${hidden?.id}`);
  expect(before.suppressions).toMatchObject([{ by: "person", reason: "Only in tests." }]);

  for (const line of [5, 45]) {
    // What is suppressed is not open, and so not counted.
    expect(await bring("kept", code(line))).toEqual({ new: 0, closed: 0, unchanged: 1 });
    expect(await listed({ scanName: "kept", status: "active" })).toMatchObject([{ id: shown?.id }]);
    const after = await call(`findings/${hidden?.id}`);
    expect(after).toMatchObject({ status: "suppressed", suppressions: before.suppressions });
    expect(after.timeline).toEqual(before.timeline);
    expect(after.location.startLine - before.location.startLine).toBe(line - 5);
  }
  expect(await verifyRollups()).toEqual([]);
});

test("every place is a row, also where a file breaks one rule twice with the same words", async () => {
  const places = Array.from({ length: 9 }, (_, i) => place(i + 1, { rule: `R${i % 5}`, code: "eval(input)" }));
  expect(await bring("places", places)).toEqual({ new: 9, closed: 0, unchanged: 0 });
  const rows = await listed({ scanName: "places", status: "active" });
  expect(rows.map(({ location }) => location?.startLine).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const { items } = await call("findings/groups?by=detector&scanName=places&status=active");
  const totals = items.map(({ total }: { total: { count: number } }) => total.count);
  expect(totals.sort()).toEqual([1, 2, 2, 2, 2]);
});

test("a CVE in two images is two rows of one group, whose conditions open just these", async () => {
  const cve = "CVE-2026-10001";
  const inImage = (name: string) => anObservedFinding({ cve, resource: { name, lineage: `image:${name}` } });
  await saveFindings([inImage("shop/one"), inImage("shop/two")]);
  const { items } = await call(`findings/groups?by=cve&status=active&cve=${cve}`);
  expect(items).toMatchObject([{ label: cve, total: { count: 2, exact: true } }]);
  const rows = await listed({ status: "active", ...items[0].conditions });
  expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
  expect(new Set(rows.map(({ issueId }) => issueId)).size).toBe(2);
});

test("a kind of resource and a cloud that nobody knew are stored, listed, counted, told, and filtered by", async () => {
  const type = "AWS_QUANTUM_BOX";
  const [resource] = packageOnAzure.resources ?? [];
  const resources = [{ ...resource, type, provider: "MARS", region: "olympus-1", id: "box-1" }];
  // The SDK's unions are today's words; the wire may hold tomorrow's.
  await saveFindings([toObservedFinding({ ...packageOnAzure, resources } as Finding, null)]);
  const query = { status: "active", resourceType: type };
  const rows = await listed(query);
  expect(rows).toMatchObject([{ region: "olympus-1", resource: { type, id: "box-1" } }]);
  const { resourceType } = await call("findings/facets?status=active");
  expect(resourceType).toContainEqual(expect.objectContaining({ value: type, count: 1 }));
  expect(await call(`findings/${rows[0]?.id}`)).toMatchObject({ resourceDetails: { provider: "MARS" } });
  expect(await call(`findings.csv?${new URLSearchParams(query)}`)).toContain("box-1");
});
