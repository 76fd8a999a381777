import { createHash, randomBytes } from "node:crypto";
import { appendFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { type ClientRequest, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tus from "tus-js-client";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { database } from "#lib/db/database.ts";
import { getScan, getScanRun } from "#lib/db/read/scans.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { localStorage } from "#lib/storage/local-storage.ts";
import { settleUploads } from "#lib/usecases/settle-uploads.ts";
import { apiDatabase, aSignedInPerson, aTokenOf, bearer } from "#testing/api.ts";
import { type ApiServer, apiServer } from "#testing/api-server.ts";

const urls = apiDatabase();
const start = apiServer(urls);
let server: ApiServer;
let dir: string;
let dana: Record<string, string>;
let erin: Record<string, string>;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sightline-tus-"));
  await openQueue(urls.url);
  server = await start(dir);
  dana = await aDeveloper();
  erin = await aDeveloper();
});
afterAll(async () => {
  await closeQueue();
  await rm(dir, { recursive: true, force: true });
});

async function aDeveloper(): Promise<Record<string, string>> {
  const { caller } = await aSignedInPerson("developer");
  return { ...bearer(await aTokenOf(caller)), "tus-resumable": "1.0.0" };
}

const ZIP_START = Buffer.from("504b0304", "hex");
const anArchive = (sizeBytes: number) => Buffer.concat([ZIP_START, randomBytes(sizeBytes - 4)]);
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const PART = { "content-type": "application/offset+octet-stream" };

async function create(name: string, lengthBytes: number, headers = dana): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1/uploads?name=${name}`, {
    method: "POST",
    headers: { ...headers, "upload-length": String(lengthBytes), "upload-metadata": `filename ${btoa("a.zip")}` },
  });
  expect([answer.status, await answer.text()]).toEqual([201, ""]);
  return answer.headers.get("location") ?? "";
}

function ask(method: string, path: string, headers: Record<string, string>, body?: Buffer | ReadableStream) {
  const sent = body instanceof ReadableStream ? body : body && new Uint8Array(body);
  // fetch wants `duplex` for a stream, and its type does not know the word.
  return fetch(`${server.url}${path}`, Object.assign({ method, headers, body: sent }, { duplex: "half" }));
}
const patch = (path: string, offset: number, body: Buffer | ReadableStream, more: Record<string, string> = {}) =>
  ask("PATCH", path, { ...dana, ...PART, "upload-offset": String(offset), ...more }, body);
const offsetOf = async (path: string) =>
  Number((await ask("HEAD", path, dana)).headers.get("upload-offset") ?? Number.NaN);

const runIdOf = (path: string) => path.split("/").at(-1) ?? "";
const runOf = (name: string, path: string) => getScanRun({ name, runId: runIdOf(path) });
async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true });
  return entries.filter((entry) => entry.includes(runIdOf(path)));
}

/** Until the server has seen what happened at the other end of its line. */
const PATIENCE = { timeout: 9_000, interval: 100 };

/** Begins a part and sends only some of it. */
async function sendHalf(path: string, offset: number, bytes: Buffer, length: number): Promise<ClientRequest> {
  const sending = request(`${server.url}${path}`, {
    method: "PATCH",
    headers: { ...dana, ...PART, "upload-offset": offset, "content-length": length },
  });
  sending.on("error", () => {}); // it is cut on purpose
  sending.write(bytes);
  await vi.waitFor(async () => expect(await offsetOf(path)).toBe(offset + bytes.length), PATIENCE);
  return sending;
}

test("an upload that is announced stands there before its first byte, and its end queues it like any other", async () => {
  const archive = anArchive(300_000);
  const path = await create("whole", archive.length);
  expect(await runOf("whole", path)).toMatchObject({ state: "uploading", progress: { done: 0, total: 300_000 } });
  const head = await ask("HEAD", path, dana);
  expect(Object.fromEntries(head.headers)).toMatchObject({
    "tus-resumable": "1.0.0",
    "upload-offset": "0",
    "upload-length": "300000",
    "upload-metadata": `filename ${btoa("a.zip")}`,
    "cache-control": "no-store",
  });
  expect(new Date(head.headers.get("upload-expires") ?? "").getTime()).toBeGreaterThan(Date.now());

  const first = await patch(path, 0, archive.subarray(0, 100_000));
  expect([first.status, first.headers.get("upload-offset")]).toEqual([204, "100000"]);
  expect(await runOf("whole", path)).toMatchObject({ state: "uploading", progress: { done: 100_000 } });
  const { items } = await (await ask("GET", "/api/v1/uploads", dana)).json();
  expect(items).toMatchObject([{ name: "whole", fileName: "a.zip", receivedBytes: 100_000, isReceiving: false }]);

  expect((await patch(path, 100_000, archive.subarray(100_000))).headers.get("upload-offset")).toBe("300000");
  expect(await runOf("whole", path)).toMatchObject({
    state: "queued",
    sizeBytes: 300_000,
    sha256: sha256(archive),
    progress: { done: 0, total: null },
  });
  // Whoever missed the last answer learns that it is through.
  expect(await offsetOf(path)).toBe(300_000);
  expect((await patch(path, 300_000, Buffer.alloc(0))).status).toBe(204);
  const jobs = await database().pool.query("SELECT FROM pgboss.job WHERE data->>'runId' = $1", [runIdOf(path)]);
  expect(jobs.rowCount).toBe(1);
});

test("a client that is none of ours, cut off again and again, brings the archive byte for byte", async () => {
  const archive = anArchive(4 * 1024 ** 2);
  let cuts = 0;
  await new Promise<void>((resolve, reject) => {
    const upload = new tus.Upload(archive, {
      endpoint: `${server.url}/api/v1/uploads?name=foreign`,
      headers: { authorization: dana.authorization ?? "" },
      chunkSize: 300_000,
      onSuccess: () => resolve(),
      onError: reject,
      onChunkComplete: (_, accepted) => {
        cuts += 1;
        if (cuts % 3 !== 0 || accepted === archive.length) return;
        void upload.abort().then(() => upload.start());
      },
    });
    upload.start();
  });
  const { latestRun } = await getScan("foreign");
  expect(latestRun).toMatchObject({ sizeBytes: archive.length, sha256: sha256(archive) });
});

test("what a cut line had brought is kept, and the rest completes it", async () => {
  const archive = anArchive(1_000_000);
  const path = await create("cut", archive.length);
  const sending = await sendHalf(path, 0, archive.subarray(0, 400_000), archive.length);
  sending.destroy();
  await vi.waitFor(async () => {
    const rest = await patch(path, 400_000, archive.subarray(400_000));
    expect(rest.status).toBe(204);
  }, PATIENCE);
  expect(await runOf("cut", path)).toMatchObject({ state: "queued", sha256: sha256(archive) });
});

test("a web process that is killed in the middle costs nothing that had arrived", async () => {
  const archive = anArchive(1_000_000);
  const path = await create("killed", archive.length);
  await sendHalf(path, 0, archive.subarray(0, 600_000), archive.length);
  await server.end("SIGKILL");
  server = await start(dir);
  expect(await offsetOf(path)).toBe(600_000);
  // The dead process held the upload; ten seconds of silence set it free, or the worker's look at it after those.
  expect((await patch(path, 600_000, archive.subarray(600_000))).status).toBe(409);
  await settleUploads(localStorage(join(dir, "archives")), new Date(Date.now() + 11_000));
  expect(await runOf("killed", path)).toMatchObject({ state: "uploading", progress: { done: 600_000 } });
  expect((await patch(path, 600_000, archive.subarray(600_000))).status).toBe(204);
  expect(await runOf("killed", path)).toMatchObject({ state: "queued", sha256: sha256(archive) });
});

test("a part at another place than where the upload stands is refused and changes nothing", async () => {
  const path = await create("offsets", 1000);
  await patch(path, 0, anArchive(500));
  for (const offset of [0, 499, 501, 1000]) {
    const answer = await patch(path, offset, Buffer.alloc(10));
    expect([offset, answer.status]).toEqual([offset, 409]);
    expect((await answer.json()).detail).toContain("stands at 500");
  }
  expect(await offsetOf(path)).toBe(500);
});

test("while one request brings bytes another is turned away", async () => {
  const path = await create("twice", 1000);
  const sending = await sendHalf(path, 0, anArchive(500), 1000);
  expect((await patch(path, 500, Buffer.alloc(500))).status).toBe(409);
  sending.destroy();
  const goOn = async () => expect((await patch(path, 500, Buffer.alloc(500))).status).toBe(204);
  await vi.waitFor(goOn, PATIENCE);
});

test("more than was announced is refused, and cut off again", async () => {
  const path = await create("longer", 1000);
  await patch(path, 0, anArchive(500));
  expect((await patch(path, 500, Buffer.alloc(501))).status).toBe(413);
  const unannounced = new Blob([new Uint8Array(600)]).stream();
  expect((await patch(path, 500, unannounced)).status).toBe(413);
  expect(await offsetOf(path)).toBe(500);
});

test("a part whose checksum is another is cut off again, one with its own stays", async () => {
  const archive = anArchive(1000);
  const path = await create("checksums", 1000);
  const of = (algorithm: string, bytes: Buffer) => ({
    "upload-checksum": `${algorithm} ${createHash(algorithm).update(bytes).digest("base64")}`,
  });
  const refused = await patch(path, 0, archive.subarray(0, 500), of("sha1", archive));
  expect([refused.status, refused.headers.get("tus-resumable")]).toEqual([460, "1.0.0"]);
  expect(await offsetOf(path)).toBe(0);
  expect((await patch(path, 0, archive.subarray(0, 500), of("sha1", archive.subarray(0, 500)))).status).toBe(204);
  expect((await patch(path, 500, archive.subarray(500), of("sha256", archive.subarray(500)))).status).toBe(204);
  expect((await patch(path, 1000, Buffer.alloc(0), { "upload-checksum": "md5 AAAA" })).status).toBe(400);
});

test("another person's upload is not there", async () => {
  const path = await create("mine", 1000);
  for (const [method, headers] of [
    ["HEAD", erin],
    ["GET", erin],
    ["PATCH", { ...erin, ...PART, "upload-offset": "0" }],
    ["DELETE", erin],
  ] as const) {
    expect([method, (await ask(method, path, headers)).status]).toEqual([method, 404]);
  }
  expect((await (await ask("GET", "/api/v1/uploads", erin)).json()).items).toEqual([]);
  expect(await offsetOf(path)).toBe(0);
});

test("cancelling frees the bytes at once, also under a request that is bringing more", async () => {
  const path = await create("cancelled", 1_000_000);
  await sendHalf(path, 0, anArchive(400_000), 1_000_000);
  expect((await ask("DELETE", path, dana)).status).toBe(204);
  expect(await runOf("cancelled", path)).toMatchObject({ state: "cancelled", error: { isRetryable: false } });
  expect(await filesOf(path)).toEqual([]);
  expect((await ask("HEAD", path, dana)).status).toBe(410);
  expect((await patch(path, 400_000, Buffer.alloc(10))).status).toBe(410);
});

test("its run's own cancel does the same", async () => {
  const path = await create("cancelled-run", 1000);
  await patch(path, 0, anArchive(500));
  const answer = await ask("POST", `/api/v1/scans/cancelled-run/runs/${runIdOf(path)}/cancel`, dana);
  expect((await answer.json()).state).toBe("cancelled");
  expect(await filesOf(path)).toEqual([]);
});

test("an upload that nobody goes on with expires, and leaves nothing", async () => {
  const path = await create("expired", 1000);
  await patch(path, 0, anArchive(500));
  await database().pool.query("UPDATE upload SET expires_at = now() WHERE run_id = $1", [runIdOf(path)]);
  expect((await ask("HEAD", path, dana)).status).toBe(410);
  expect((await patch(path, 500, Buffer.alloc(500))).status).toBe(410);
  await settleUploads(localStorage(join(dir, "archives")), new Date());
  expect(await runOf("expired", path)).toMatchObject({ state: "failed", error: { code: "upload-expired" } });
  expect(await filesOf(path)).toEqual([]);
});

test("an upload whose last byte is in, but whose process died before it was queued, is queued by the worker", async () => {
  const archive = anArchive(1000);
  const path = await create("last-byte", 1000);
  await patch(path, 0, archive.subarray(0, 999));
  const run = { runId: runIdOf(path), at: new Date(Date.now() - 60_000) };
  const [partial = ""] = (await filesOf(path)).filter((name) => name.endsWith(".partial"));
  await appendFile(join(dir, partial), archive.subarray(999));
  await database().pool.query("UPDATE upload SET writer = $1, written_at = $2 WHERE run_id = $1", [run.runId, run.at]);
  await settleUploads(localStorage(join(dir, "archives")), new Date());
  expect(await runOf("last-byte", path)).toMatchObject({ state: "queued", sha256: sha256(archive) });
});

test("what is no zip is refused with its first bytes, and its run says so", async () => {
  const path = await create("tarball", 1000);
  const answer = await patch(path, 0, Buffer.from("1f8b0800000000000003", "hex"));
  expect([answer.status, (await answer.json()).detail]).toEqual([400, "This is not a zip archive."]);
  expect(await runOf("tarball", path)).toMatchObject({ state: "failed", error: { code: "invalid-input" } });
  expect(await filesOf(path)).toEqual([]);
});

test.each([
  ["no version", { "tus-resumable": "" }, 412],
  ["another version", { "tus-resumable": "0.2.2" }, 412],
  ["no length", { "upload-length": "" }, 400],
  ["a length that is no number", { "upload-length": "1e3" }, 400],
  ["more than 5 GiB", { "upload-length": String(5 * 1024 ** 3 + 1) }, 413],
  ["less than a zip", { "upload-length": "21" }, 400],
  ["metadata that cannot be read", { "upload-metadata": "filename ???" }, 400],
])("an announcement with %s is refused before a run is made", async (_, headers, status) => {
  const answer = await fetch(`${server.url}/api/v1/uploads?name=refused`, {
    method: "POST",
    headers: { ...dana, "upload-length": "1000", ...headers },
  });
  expect([answer.status, answer.headers.get("tus-resumable")]).toEqual([status, "1.0.0"]);
  await expect(getScan("refused")).rejects.toMatchObject({ code: "not-found" });
});

test("two uploads under one name are two revisions; a sixth that is unfinished has to wait", async () => {
  dana = await aDeveloper();
  const paths = await Promise.all(Array.from({ length: 5 }, () => create("many", 1000)));
  expect(new Set(paths).size).toBe(5);
  const { runs } = await getScan("many");
  expect(runs.map(({ revision }) => revision)).toEqual([5, 4, 3, 2, 1]);
  const sixth = () => ask("POST", "/api/v1/uploads?name=many", { ...dana, "upload-length": "1000" });
  expect((await sixth()).status).toBe(409);
  await ask("DELETE", paths[0]!, dana);
  expect((await sixth()).status).toBe(201);
});

test("who asks is told what is spoken here", async () => {
  const answer = await ask("OPTIONS", "/api/v1/uploads", dana);
  expect(answer.status).toBe(204);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "tus-version": "1.0.0",
    "tus-extension": "creation,expiration,termination,checksum",
    "tus-max-size": String(5 * 1024 ** 3),
  });
});
