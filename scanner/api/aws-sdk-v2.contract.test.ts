import { randomUUID } from "node:crypto";
import CodeGuruSecurity from "aws-sdk/clients/codegurusecurity.js";
import { expect, test, vi } from "vitest";
import { testDatabase } from "#testing/database.ts";
import type { FakeArchive } from "#testing/fake-engine.ts";
import { anEngineFinding, SCANNER_KEY, scannerService } from "#testing/scanner-service.ts";

vi.hoisted(() => {
  process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = "1";
});

// An independent client of the same API, written by AWS from the same model, with signing code of its own.
const service = scannerService(testDatabase());
const client = () =>
  new CodeGuruSecurity({ endpoint: service.url, region: "eu-west-1", credentials: SCANNER_KEY, maxRetries: 0 });

async function upload(scanName: string, archive: FakeArchive): Promise<string> {
  const { s3Url, requestHeaders, codeArtifactId } = await client().createUploadUrl({ scanName }).promise();
  // As the scripts for CI do: all the headers that were returned, and a type of their own.
  const headers = { ...requestHeaders, "content-type": "application/zip" };
  const response = await fetch(s3Url, { method: "PUT", headers, body: JSON.stringify(archive) });
  expect(response.status).toBe(200);
  return codeArtifactId;
}

async function scanned(scanName: string, archive: FakeArchive): Promise<CodeGuruSecurity.GetScanResponse> {
  const codeArtifactId = await upload(scanName, archive);
  const { runId } = await client().createScan({ scanName, resourceId: { codeArtifactId } }).promise();
  const getScan = () => client().getScan({ scanName, runId }).promise();
  await expect.poll(async () => (await getScan()).scanState, { timeout: 20_000 }).not.toBe("InProgress");
  return getScan();
}

test("the whole life of a scan", async () => {
  const scanName = "svc:api.$x-1_2";
  const both = [anEngineFinding(), anEngineFinding({ fingerprint: "f2", startLine: 50, endLine: 51 })];
  const first = await scanned(scanName, { findings: both });
  expect(first).toMatchObject({ scanName, scanState: "Successful", numberOfRevisions: 0 });
  expect(first.createdAt).toBeInstanceOf(Date);
  const { findings = [] } = await client().getFindings({ scanName, status: "Open" }).promise();
  expect(findings.map((finding) => finding.severity)).toEqual(["High", "High"]);

  const second = await scanned(scanName, { findings: both.slice(0, 1) });
  expect(second.numberOfRevisions).toBe(1);
  const { findings: closed = [] } = await client().getFindings({ scanName, status: "Closed" }).promise();
  expect(closed).toMatchObject([{ status: "Closed", vulnerability: { filePath: { startLine: 50 } } }]);

  await scanned(scanName, { findings: both });
  const { findings: reopened = [] } = await client().getFindings({ scanName, status: "Open" }).promise();
  expect(reopened.map(({ id }) => id).sort()).toEqual(findings.map(({ id }) => id).sort());

  const pages = await client().listScans({ maxResults: 1 }).promise();
  expect(pages.summaries).toMatchObject([{ scanName, scanState: "Successful" }]);
  const findingIdentifiers = [{ scanName, findingId: findings[0]?.id ?? "" }];
  const batch = await client().batchGetFindings({ findingIdentifiers }).promise();
  expect(batch).toMatchObject({ findings: [{ id: findings[0]?.id }], failedFindings: [] });
});

test("tags, account configuration and metrics", async () => {
  const { scanNameArn: resourceArn = "" } = await scanned("tagged", { findings: [anEngineFinding()] });
  await client()
    .tagResource({ resourceArn, tags: { "a key": "1", gone: "2" } })
    .promise();
  await client()
    .untagResource({ resourceArn, tagKeys: ["gone", "never"] })
    .promise();
  expect((await client().listTagsForResource({ resourceArn }).promise()).tags).toEqual({ "a key": "1" });
  expect((await client().getAccountConfiguration().promise()).encryptionConfig).toEqual({});
  await client().updateAccountConfiguration({ encryptionConfig: {} }).promise();
  const date = new Date();
  const { metricsSummary } = await client().getMetricsSummary({ date }).promise();
  expect(metricsSummary?.openFindings?.high).toBeGreaterThan(0);
  const { findingsMetrics } = await client().listFindingsMetrics({ startDate: date, endDate: date }).promise();
  expect(findingsMetrics).toHaveLength(1);
});

test("every modelled error arrives under its name and status", async () => {
  const codeArtifactId = await upload("errors", {});
  const input = { scanName: "errors", resourceId: { codeArtifactId } };
  await client().createScan(input).promise();
  const anonymous = new CodeGuruSecurity({
    endpoint: service.url,
    region: "us-east-1",
    credentials: { ...SCANNER_KEY, accessKeyId: "NOBODY" },
    maxRetries: 0,
  });
  const failures: [() => Promise<unknown>, string, number][] = [
    [() => client().getScan({ scanName: "none" }).promise(), "ResourceNotFoundException", 404],
    [
      () => client().getScan({ scanName: "errors", runId: randomUUID().toUpperCase() }).promise(),
      "ValidationException",
      400,
    ],
    [() => client().createScan(input).promise(), "ConflictException", 409],
    [() => anonymous.listScans().promise(), "UnrecognizedClientException", 403],
  ];
  for (const [failure, code, statusCode] of failures)
    await expect(failure()).rejects.toMatchObject({ code, statusCode, message: expect.stringMatching(/./) });
});

test("a presigned link reads what it was made for, and nothing else", async () => {
  // The types of the client leave its documented `presign` out.
  const request = client().listScans({ maxResults: 3 }) as unknown as { presign(expiresSeconds: number): string };
  const link = request.presign(60);
  expect((await fetch(link)).status).toBe(200);
  expect((await fetch(link.replace("maxResults=3", "maxResults=4"))).status).toBe(403);
  expect((await fetch(link, { method: "DELETE" })).status).toBe(403);
});
