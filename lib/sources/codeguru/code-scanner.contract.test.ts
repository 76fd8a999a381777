import { Readable } from "node:stream";
import { expect, test } from "vitest";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { SourceError } from "#lib/sources/source.ts";
import { testDatabase } from "#testing/database.ts";
import type { FakeArchive } from "#testing/fake-engine.ts";
import { anEngineFinding, SCANNER_KEY, scannerService } from "#testing/scanner-service.ts";
import type { CodeGuruSecurityClientConfig } from "./client-config.ts";
import { codeScanner } from "./code-scanner.ts";

const service = scannerService(testDatabase());
const { signal } = new AbortController();
const scanner = (config: CodeGuruSecurityClientConfig = {}) => codeScanner(service.client(config));

function toArchive(content: FakeArchive) {
  const bytes = Buffer.from(JSON.stringify(content));
  return { sizeBytes: bytes.length, open: () => Readable.from([bytes]) };
}

async function findingsOf(name: string): Promise<ObservedFinding[]> {
  const findings: ObservedFinding[] = [];
  for await (const page of scanner().observeFindings({ name, signal })) findings.push(...page);
  return findings;
}

/** Starts a scan and waits for its end. */
async function scan(name: string, token: string, content: FakeArchive) {
  const wireRunId = await scanner().startScan({ name, token, archive: toArchive(content), signal });
  const observe = () => scanner().observeScan({ name, wireRunId, signal });
  await expect.poll(async () => (await observe()).state, { timeout: 20_000 }).not.toBe("running");
  return observe();
}

async function failureOf(attempt: Promise<unknown>): Promise<SourceError["failure"]> {
  const error = await attempt.catch((caught: unknown) => caught);
  if (error instanceof SourceError) return error.failure;
  throw error;
}

test("an archive comes back as findings in the product's words, and closes by the scanner's word", async () => {
  expect(await scan("app", "token-1", { findings: [anEngineFinding()] })).toMatchObject({
    state: "succeeded",
    stage: "finished",
    failure: null,
  });
  const [finding] = await findingsOf("app");
  expect(finding).toMatchObject({
    accountId: "000000000000",
    type: "code",
    status: "active",
    severity: "high",
    scanName: "app",
    code: { path: "app.py", startLine: 10, steps: [{ label: "source" }, { label: "sink" }] },
  });
  await scan("app", "token-2", { findings: [] });
  expect(await findingsOf("app")).toMatchObject([{ sourceId: finding?.sourceId, status: "closed" }]);
});

test("a token whose answer was lost finds its run, although the archive was sent again", async () => {
  const start = () => scanner().startScan({ name: "lost", token: "same", archive: toArchive({}), signal });
  const first = await start();
  expect(await start()).toBe(first);
});

test("a refused archive is not worth another try, one that broke the engine is", async () => {
  const refuse = { code: "encrypted", message: "It is encrypted." };
  expect((await scan("bad", "bad-1", { refuse })).failure).toEqual({ ...refuse, isRetryable: false });
  expect((await scan("bad", "bad-2", { crash: "x" })).failure).toMatchObject({
    code: "internal-error",
    isRetryable: true,
  });
});

test("a cancelled scan says so", async () => {
  const name = "cancel";
  const wireRunId = await scanner().startScan({ name, token: name, archive: toArchive({ wait: true }), signal });
  await scanner().cancelScan({ name, wireRunId, signal });
  const { state, failure } = await scanner().observeScan({ name, wireRunId, signal });
  expect([state, failure?.code]).toEqual(["failed", "cancelled"]);
});

test("a wrong key, a scanner that is away and an unknown scan are told apart", async () => {
  const observe = (config: CodeGuruSecurityClientConfig) =>
    failureOf(scanner(config).observeScan({ name: "none", wireRunId: "0".repeat(8), signal }));
  const stranger = await observe({ credentials: { ...SCANNER_KEY, accessKeyId: "STRANGER" } });
  expect(stranger).toMatchObject({ code: "access-denied" });
  expect(await observe({ endpoint: "http://127.0.0.1:9" })).toMatchObject({ code: "unreachable" });
  expect(await observe({})).toMatchObject({ code: "bad-answer" });
});
