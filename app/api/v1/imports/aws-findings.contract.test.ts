import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { getScanRun } from "#lib/db/read/scans.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { asffPackage, ocsfPackage, ocsfPort } from "#lib/sources/asff/fixtures/findings.ts";
import { readReport } from "#lib/sources/read-report.ts";
import { localStorage } from "#lib/storage/local-storage.ts";
import { importReport } from "#lib/usecases/import-report.ts";
import { apiDatabase, aSignedInPerson, aTokenOf, bearer } from "#testing/api.ts";
import { type ApiServer, apiServer } from "#testing/api-server.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { wholePass } from "#testing/sync-passes.ts";

const urls = apiDatabase();
const start = apiServer(urls);
let server: ApiServer;
let dir: string;
let token: Record<string, string>;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sightline-import-"));
  await openQueue(urls.url);
  server = await start(dir);
  token = bearer(await aTokenOf((await aSignedInPerson("developer")).caller));
});
afterAll(async () => {
  await closeQueue();
  await rm(dir, { recursive: true, force: true });
});

async function send(name: string, list: unknown) {
  const url = `${server.url}/api/v1/imports?name=${name}`;
  const headers = { ...token, "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(list) });
  return { status: answer.status, body: await answer.json() };
}

async function bring(name: string, list: unknown) {
  const { status, body } = await send(name, list);
  expect([status, body]).toMatchObject([202, { name, state: "queued" }]);
  const means = { readReport, storage: localStorage(join(dir, "archives")), clock: () => new Date() };
  await importReport({ runId: body.runId }, { ...means, signal: new AbortController().signal });
  return await getScanRun({ name, runId: body.runId });
}

const asff = (n: number, accountId = "111122223333") => ({
  ...asffPackage,
  AwsAccountId: accountId,
  Id: `arn:aws:inspector2:eu-west-1:${accountId}:finding/${n}`,
  Resources: [
    { Type: "AwsEc2Instance", Id: `arn:aws:ec2:eu-west-1:${accountId}:instance/i-${n}`, Region: "eu-west-1" },
  ],
});
const listed = async (name: string) =>
  (await listFindings(findingFilterSchema.parse({ scanName: name, status: "active" }))).items;

/** All that an import writes, apart from its own runs. */
async function rowsOf(): Promise<unknown> {
  const tables = ["finding", "vulnerability", "resource", "issue", "lifecycle_event", "finding_version", "finding_raw"];
  const selects = tables.map(
    (table) =>
      `SELECT '${table}' AS name, jsonb_agg(t ORDER BY t::text) AS rows FROM (SELECT *, xmin FROM ${table}) AS t`,
  );
  return (await database().pool.query(selects.join(" UNION ALL "))).rows;
}

test("what Security Hub prints becomes findings with their packages, found by the account that they are of", async () => {
  const run = await bring("hub", { Findings: [asff(1), asff(2, "444455556666")], NextToken: "more" });
  expect(run).toMatchObject({ state: "succeeded", counts: { new: 2, closed: 0, unchanged: 0 }, error: null });
  expect(await listed("hub")).toHaveLength(2);
  const { items } = await listFindings(
    findingFilterSchema.parse({ tag: "aws:account=444455556666", status: "active" }),
  );
  expect(items).toMatchObject([
    {
      source: "sarif",
      scanName: "hub",
      cve: "CVE-2025-24813",
      package: { name: "openssl", fixedIn: "1:3.0.2" },
      fixAvailable: "yes",
    },
  ]);
  expect(await verifyRollups()).toEqual([]);
});

test("the same list again, shuffled, writes nothing; what it leaves out is fixed", async () => {
  const list = Array.from({ length: 30 }, (_, n) => asff(n));
  await bring("same", list);
  const before = await rowsOf();
  expect((await bring("same", list.toReversed())).counts).toEqual({ new: 0, closed: 0, unchanged: 30 });
  expect(await rowsOf()).toEqual(before);
  expect((await bring("same", list.slice(1))).counts).toEqual({ new: 0, closed: 1, unchanged: 29 });
});

test("OCSF comes in the same way, as a plain list", async () => {
  expect((await bring("lake", [ocsfPackage, ocsfPort])).counts).toMatchObject({ new: 2 });
  expect((await listed("lake")).map(({ type }) => type).sort()).toEqual(["network", "package"]);
});

test("what Inspector itself is read for is refused, with its place: it would stand in the list twice", async () => {
  await wholePass(await aConnection(), "2026-01-05T00:00:00Z", [anObservedFinding({ accountId: "777788889999" })]);
  const { status, body } = await send("twice", { Findings: [asff(1), asff(2, "777788889999")] });
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([
    { field: "$.Findings[1]", message: expect.stringContaining("account 777788889999 in eu-west-1") },
  ]);
});

test("a list without a finding of Inspector is refused, an empty one says that nothing was found", async () => {
  const others = [{ ...asff(1), ProductArn: "arn:aws:securityhub:eu-west-1::product/aws/guardduty" }];
  expect((await send("others", others)).body.errors).toMatchObject([{ field: "$" }]);
  expect((await bring("empty", { Findings: [] })).counts).toEqual({ new: 0, closed: 0, unchanged: 0 });
  const run = await bring("mixed", [asff(1), ...others]);
  expect(run.skippedFiles).toMatchObject([{ path: "mixed", reason: "other-product" }]);
});
