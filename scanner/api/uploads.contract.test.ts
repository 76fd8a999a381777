import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CreateScanCommand, CreateUploadUrlCommand } from "#lib/sources/codeguru/commands.ts";
import { testDatabase } from "#testing/database.ts";
import { scannerService, waitForRun } from "#testing/scanner-service.ts";

let clock = Date.now();
const service = scannerService(testDatabase(), { uploadIdleMs: 1500, now: () => new Date(clock) });
const announce = (scanName: string) => service.client().send(new CreateUploadUrlCommand({ scanName }));
function put(url: string, headers: Record<string, string>, body: string | AsyncIterable<Uint8Array> = "{}") {
  // Node's fetch takes any async iterable as a body; the DOM's types do not know.
  return fetch(url, { method: "PUT", headers, body, duplex: "half" } as unknown as RequestInit);
}
const filesOnDisk = () => readdirSync(join(service.dataFolder, "artifacts"));

test("a presigned URL takes one upload, with the headers that came with it", async () => {
  const { s3Url, requestHeaders, codeArtifactId } = await announce("once");
  expect((await put(s3Url, {})).status).toBe(403);
  expect((await put(s3Url, { "x-amz-meta-code-artifact-id": "other" })).status).toBe(403);
  const first = await put(s3Url, requestHeaders);
  expect(first.status).toBe(200);
  const checksum = createHash("sha256").update("{}").digest("base64");
  expect(first.headers.get("x-amz-checksum-sha256")).toBe(checksum);
  const again = await put(s3Url, requestHeaders, '{"other":1}');
  expect([again.status, again.headers.get("x-amzn-errortype")]).toEqual([403, "AccessDeniedException"]);
  expect(filesOnDisk()).toEqual([codeArtifactId]);
  await service.client().send(new CreateScanCommand({ scanName: "once", resourceId: { codeArtifactId } }));
  await waitForRun(service.client(), { scanName: "once" });
  await expect.poll(filesOnDisk, { timeout: 10_000 }).toEqual([]);
});

test("of two uploads at once to one URL exactly one is kept", async () => {
  const { s3Url, requestHeaders } = await announce("race");
  const before = filesOnDisk().length;
  const answers = await Promise.all([1, 2, 3].map((n) => put(s3Url, requestHeaders, JSON.stringify({ n }))));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
  expect(filesOnDisk()).toHaveLength(before + 1);
});

test("a URL that was altered, or has expired, takes nothing", async () => {
  const [mine, other] = [await announce("mine"), await announce("other")];
  const swapped = mine.s3Url.replace(mine.codeArtifactId, other.codeArtifactId);
  expect((await put(swapped, other.requestHeaders)).status).toBe(403);
  expect((await put(mine.s3Url.replace("X-Amz-Expires=3600", "X-Amz-Expires=36000"), mine.requestHeaders)).status).toBe(
    403,
  );
  expect((await put(mine.s3Url.replace(/X-Amz-Signature=.*/, ""), mine.requestHeaders)).status).toBe(403);
  clock += 3601_000;
  const late = await put(mine.s3Url, mine.requestHeaders);
  clock -= 3601_000;
  expect([late.status, late.headers.get("x-amzn-errortype")]).toEqual([403, "InvalidSignatureException"]);
});

test("an empty upload and one over the limit are refused and leave nothing", async () => {
  const before = filesOnDisk();
  const { s3Url, requestHeaders } = await announce("sizes");
  expect((await put(s3Url, requestHeaders, "")).status).toBe(400);
  expect(await announceSize(s3Url, requestHeaders, 5 * 1024 ** 3 + 1)).toContain("400 Bad Request");
  expect(filesOnDisk()).toEqual(before);
});

test("a sender that hangs up leaves nothing, and the URL still works", async () => {
  const before = filesOnDisk();
  const { s3Url, requestHeaders, codeArtifactId } = await announce("cut");
  await expect(put(s3Url, requestHeaders, breakingBody())).rejects.toThrow();
  await expect.poll(filesOnDisk, { timeout: 10_000 }).toEqual(before);
  expect((await put(s3Url, requestHeaders)).status).toBe(200);
  expect(filesOnDisk()).toContain(codeArtifactId);
});

test("a sender that falls silent is cut off, and leaves nothing", async () => {
  const before = filesOnDisk();
  const { s3Url, requestHeaders } = await announce("silent");
  const { hostname, port, pathname, search, host } = new URL(s3Url);
  const head = Object.entries({ host, ...requestHeaders, "content-length": 10 }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const socket = connect(Number(port), hostname);
  const closed = once(socket, "close");
  socket.write(`PUT ${pathname}${search} HTTP/1.1\r\n${head.join("\r\n")}\r\n\r\nhalf`);
  await closed;
  await expect.poll(filesOnDisk, { timeout: 10_000 }).toEqual(before);
});

/** Says how much would come, sends none of it, and reads the head of the answer. */
function announceSize(url: string, headers: Record<string, string>, sizeBytes: number): Promise<string> {
  const { hostname, port, pathname, search, host } = new URL(url);
  const lines = Object.entries({ host, ...headers, "content-length": sizeBytes }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.on("error", reject);
    socket.once("data", (head) => {
      socket.destroy();
      resolve(head.toString());
    });
    socket.write(`PUT ${pathname}${search} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  });
}

async function* breakingBody() {
  yield Buffer.alloc(256 * 1024);
  throw new Error("The line broke");
}
