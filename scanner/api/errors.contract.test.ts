import { randomUUID } from "node:crypto";
import pg from "pg";
import { describe, expect, test } from "vitest";
import {
  BatchGetFindingsCommand,
  CancelScanCommand,
  CreateScanCommand,
  CreateUploadUrlCommand,
  GetAccountConfigurationCommand,
  GetFindingsCommand,
  GetMetricsSummaryCommand,
  GetScanCommand,
  ListFindingsMetricsCommand,
  ListScansCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAccountConfigurationCommand,
} from "#lib/sources/codeguru/commands.ts";
import {
  ConflictException,
  InternalServerException,
  ResourceNotFoundException,
  ValidationException,
} from "#lib/sources/codeguru/errors.ts";
import { testDatabase } from "#testing/database.ts";
import { anEngineFinding, scanArchiveNow, scannerService, startScan, uploadArchive } from "#testing/scanner-service.ts";

const database = testDatabase();
const service = scannerService(database);
const client = () => service.client();
const resourceArn = "arn:aws:codeguru-security:us-east-1:000000000000:scans/none";

describe("an input that the model forbids is a ValidationException that names the field", () => {
  test.each<[string, () => Promise<unknown>]>([
    ["scanName", () => client().send(new GetScanCommand({ scanName: "a/b" }))],
    ["scanName", () => client().send(new GetScanCommand({ scanName: "a b" }))],
    ["scanName", () => client().send(new CreateUploadUrlCommand({ scanName: "x".repeat(141) }))],
    ["scanName", () => client().send(new CreateUploadUrlCommand({ scanName: ".." }))],
    ["runId", () => client().send(new GetScanCommand({ scanName: "a", runId: "1" }))],
    [
      "resourceId.codeArtifactId",
      () => client().send(new CreateScanCommand({ scanName: "a", resourceId: { codeArtifactId: "1" } })),
    ],
    ["maxResults", () => client().send(new GetFindingsCommand({ scanName: "a", maxResults: 1001 }))],
    ["maxResults", () => client().send(new ListScansCommand({ maxResults: 0 }))],
    ["nextToken", () => client().send(new ListScansCommand({ nextToken: "made-up" }))],
    ["findingIdentifiers", () => client().send(new BatchGetFindingsCommand({ findingIdentifiers: [] }))],
    ["date", () => client().send(new GetMetricsSummaryCommand({ date: new Date("2019-01-01") }))],
    [
      "startDate",
      () =>
        client().send(
          new ListFindingsMetricsCommand({ startDate: new Date("2099-01-01"), endDate: new Date("2099-01-02") }),
        ),
    ],
    ["resourceArn", () => client().send(new ListTagsForResourceCommand({ resourceArn: "arn:aws:s3:::bucket" }))],
    ["tags.", () => client().send(new TagResourceCommand({ resourceArn, tags: { "": "empty" } }))],
    [
      "encryptionConfig.kmsKeyArn",
      () => client().send(new UpdateAccountConfigurationCommand({ encryptionConfig: { kmsKeyArn: "key" } })),
    ],
  ])("%s", async (field, call) => {
    const failure = await call().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ValidationException);
    expect(failure).toMatchObject({ reason: "fieldValidationFailed", $metadata: { httpStatusCode: 400 } });
    expect(failure).toHaveProperty("fieldList", [{ name: field, message: expect.any(String) }]);
  });
});

describe("what is not there is a ResourceNotFoundException that names it", () => {
  const id = randomUUID();
  test.each<[string, string, () => Promise<unknown>]>([
    ["Scan", "none", () => client().send(new GetScanCommand({ scanName: "none" }))],
    ["ScanRun", id, () => client().send(new GetScanCommand({ scanName: "none", runId: id }))],
    ["ScanRun", id, () => client().send(new CancelScanCommand({ scanName: "none", runId: id }))],
    ["Scan", "none", () => client().send(new GetFindingsCommand({ scanName: "none" }))],
    [
      "CodeArtifact",
      id,
      () => client().send(new CreateScanCommand({ scanName: "none", resourceId: { codeArtifactId: id } })),
    ],
    ["Scan", resourceArn, () => client().send(new ListTagsForResourceCommand({ resourceArn }))],
    ["Scan", resourceArn, () => client().send(new TagResourceCommand({ resourceArn, tags: { a: "b" } }))],
    ["Scan", resourceArn, () => client().send(new UntagResourceCommand({ resourceArn, tagKeys: ["a"] }))],
  ])("%s %s", async (resourceType, resourceId, call) => {
    const failure = await call().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ResourceNotFoundException);
    expect(failure).toMatchObject({ resourceType, resourceId, $metadata: { httpStatusCode: 404 } });
  });
});

test("a KMS key is refused, since nothing here would encrypt with it", async () => {
  const kmsKeyArn = `arn:aws:kms:us-east-1:000000000000:key/${randomUUID()}`;
  const update = client().send(new UpdateAccountConfigurationCommand({ encryptionConfig: { kmsKeyArn } }));
  await expect(update).rejects.toMatchObject({ name: "ResourceNotFoundException", resourceId: kmsKeyArn });
  const answer = await client().send(new UpdateAccountConfigurationCommand({ encryptionConfig: {} }));
  expect(answer.encryptionConfig).toEqual({});
  expect((await client().send(new GetAccountConfigurationCommand({}))).encryptionConfig).toEqual({});
});

test("a scan of an artifact that was never uploaded is refused", async () => {
  const { codeArtifactId } = await client().send(new CreateUploadUrlCommand({ scanName: "empty" }));
  const creation = client().send(new CreateScanCommand({ scanName: "empty", resourceId: { codeArtifactId } }));
  await expect(creation).rejects.toMatchObject({ name: "ValidationException" });
  await expect(client().send(new GetScanCommand({ scanName: "empty" }))).rejects.toThrow(ResourceNotFoundException);
});

test("an artifact is scanned once, and only under the name it was uploaded for", async () => {
  const codeArtifactId = await uploadArchive(client(), "mine", {});
  const resourceId = { codeArtifactId };
  await expect(client().send(new CreateScanCommand({ scanName: "other", resourceId }))).rejects.toThrow(
    ResourceNotFoundException,
  );
  await client().send(new CreateScanCommand({ scanName: "mine", resourceId }));
  const again = client().send(new CreateScanCommand({ scanName: "mine", resourceId }));
  await expect(again).rejects.toThrow(ConflictException);
  await expect(again).rejects.toMatchObject({ resourceType: "CodeArtifact", resourceId: codeArtifactId });
});

test("a scan keeps its type", async () => {
  await startScan(client(), "typed", {});
  const codeArtifactId = await uploadArchive(client(), "typed", {});
  const input = { scanName: "typed", resourceId: { codeArtifactId }, scanType: "Express" as const };
  await expect(client().send(new CreateScanCommand(input))).rejects.toMatchObject({
    name: "ConflictException",
    resourceId: "typed",
  });
});

test("BatchGetFindings says of each finding why it is missing", async () => {
  await scanArchiveNow(client(), "batch", { findings: [anEngineFinding()] });
  const { findings = [] } = await client().send(new GetFindingsCommand({ scanName: "batch" }));
  const findingId = findings[0]?.id ?? "";
  const answer = await client().send(
    new BatchGetFindingsCommand({
      findingIdentifiers: [
        { scanName: "batch", findingId },
        { scanName: "batch", findingId },
        { scanName: "batch", findingId: randomUUID() },
        { scanName: "batch", findingId: "x" },
        { scanName: "none", findingId },
      ],
    }),
  );
  expect(answer.findings.map(({ id }) => id)).toEqual([findingId]);
  expect(answer.failedFindings.map(({ errorCode }) => errorCode)).toEqual([
    "DUPLICATE_IDENTIFIER",
    "ITEM_DOES_NOT_EXIST",
    "INVALID_FINDING_ID",
    "INVALID_SCAN_NAME",
  ]);
});

test("tags come with the scan, are added, replaced and removed, and have a limit", async () => {
  const codeArtifactId = await uploadArchive(client(), "tags:$", {});
  const input = { scanName: "tags:$", resourceId: { codeArtifactId }, tags: { team: "a", keep: "1" } };
  const { scanNameArn: arn = "" } = await client().send(new CreateScanCommand(input));
  await client().send(new TagResourceCommand({ resourceArn: arn, tags: { team: "b", "a b": "c" } }));
  await client().send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ["keep", "a b", "never"] }));
  expect((await client().send(new ListTagsForResourceCommand({ resourceArn: arn }))).tags).toEqual({ team: "b" });
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`key${index}`, ""]));
  await expect(client().send(new TagResourceCommand({ resourceArn: arn, tags: many }))).rejects.toThrow(
    ValidationException,
  );
  expect((await client().send(new ListTagsForResourceCommand({ resourceArn: arn }))).tags).toEqual({ team: "b" });
});

test("a failure inside is an InternalServerException that tells nothing but its id", async () => {
  const store = new pg.Client({ connectionString: database.scannerUrl });
  await store.connect();
  await store.query("ALTER TABLE scanner.finding_event RENAME TO gone");
  const failure = await client()
    .send(new GetMetricsSummaryCommand({ date: new Date() }))
    .catch((error: unknown) => error);
  await store.query("ALTER TABLE scanner.gone RENAME TO finding_event");
  await store.end();
  expect(failure).toBeInstanceOf(InternalServerException);
  expect(failure).toMatchObject({
    $metadata: { httpStatusCode: 500 },
    error: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(String(failure)).not.toContain("finding_event");
});
