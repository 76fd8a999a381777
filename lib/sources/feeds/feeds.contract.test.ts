import { mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { readEpss } from "./read-epss.ts";
import { readKnownExploits } from "./read-known-exploits.ts";

const { signal } = new AbortController();
const EPSS = [
  "#model_version:v2025.03.14,score_date:2026-05-18T12:55:00Z",
  "cve,epss,percentile",
  "CVE-1999-0001,0.0046,0.7385",
  "CVE-2026-1234,0.94,0.999",
].join("\n");
const scores = [
  { cve: "CVE-1999-0001", epss: 0.0046, percentile: 0.7385 },
  { cve: "CVE-2026-1234", epss: 0.94, percentile: 0.999 },
];
const entry = (overrides: Record<string, unknown> = {}) => ({
  cveID: "CVE-2026-1234",
  vendorProject: "Example",
  dateAdded: "2026-05-01",
  dueDate: "2026-05-22",
  requiredAction: "Update it.",
  knownRansomwareCampaignUse: "Known",
  ...overrides,
});
const catalogue = (vulnerabilities: unknown[]) =>
  JSON.stringify({ title: "A catalogue", dateReleased: "2026-05-18T17:04:19.9796Z", vulnerabilities });

let folder: string;
let answer: http.RequestListener = () => {};
const server = http.createServer((request, response) => answer(request, response));
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "feeds-"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => server.closeAllConnections());
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

// A server that listens on a port has an address of this form.
const served = (path = "/list") => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

async function inFile(content: string | Buffer): Promise<string> {
  const path = join(folder, "list");
  await writeFile(path, content);
  return path;
}

const failure = (read: Promise<unknown>) =>
  read.then(
    () => null,
    (error: { failure?: unknown }) => error.failure,
  );

test("a packed list of a file gives its scores and its day", async () => {
  const list = await readEpss(await inFile(gzipSync(EPSS)), signal);
  expect(list).toMatchObject({ publishedAt: new Date("2026-05-18T12:55:00Z"), entries: scores, skipped: 0 });
});

test("packed or not, from a file or an address, the same list has the same digest", async () => {
  answer = (_, response) => response.end(EPSS);
  const packed = await readEpss(await inFile(gzipSync(EPSS)), signal);
  const plain = await readEpss(served(), signal);
  expect(plain.digest).toEqual(packed.digest);
  expect(plain.entries).toEqual(scores);
});

test("lines that cannot be read are skipped and counted", async () => {
  const good = Array.from({ length: 40 }, (_, index) => `CVE-2026-${1000 + index},0.1,0.2`);
  const bad = ["CVE-2026-1,0.1,0.2", "CVE-2026-2000,1.5,0.2", "CVE-2026-2001,,", "<html>"];
  const { entries, skipped } = await readEpss(await inFile([EPSS, ...good, ...bad].join("\r\n")), signal);
  expect([entries.length, skipped]).toEqual([42, 4]);
});

test("a list that is mostly unreadable is refused", async () => {
  expect(await failure(readEpss(await inFile(`${EPSS}\nx\ny\nz`), signal))).toMatchObject({
    code: "bad-answer",
    message: "3 of the list's 5 entries could not be read: its form has changed. Nothing was changed.",
  });
});

test("what is no list at all is refused with what is missing", async () => {
  for (const [content, missing] of [
    ["<html>\nRefused", "columns are not cve and epss"],
    ["cve,epss\nCVE-2026-1234,0.1", "no score_date"],
    ["", "no score_date"],
    ["x".repeat(5_000), "a line of it does not end"],
  ]) {
    expect(await failure(readEpss(await inFile(content ?? ""), signal))).toMatchObject({
      message: expect.stringContaining(missing ?? ""),
    });
  }
});

test("the catalogue gives each entry once, and counts those that are not as they should be", async () => {
  const good = Array.from({ length: 20 }, (_, index) => entry({ cveID: `CVE-2025-${1000 + index}` }));
  const content = catalogue([entry(), entry(), ...good, entry({ cveID: "GHSA-1" }), "text"]);
  const { entries, skipped, publishedAt } = await readKnownExploits(await inFile(content), signal);
  expect([entries.length, skipped, publishedAt]).toEqual([21, 2, new Date("2026-05-18T17:04:19.979Z")]);
  expect(entries[0]).toEqual({
    cve: "CVE-2026-1234",
    addedOn: "2026-05-01",
    dueOn: "2026-05-22",
    isRansomware: true,
    action: "Update it.",
  });
});

test("a catalogue without a due date, or with one that is none, is read all the same", async () => {
  const { entries } = await readKnownExploits(await inFile(catalogue([entry({ dueDate: "soon" })])), signal);
  expect(entries).toMatchObject([{ dueOn: null }]);
});

test("what is not the catalogue is refused with what is missing", async () => {
  for (const [content, missing] of [
    ["<html>", "it is not JSON"],
    ["[]", "the whole"],
    [JSON.stringify({ dateReleased: "2026-05-18T00:00:00Z", vulnerabilities: [] }), "vulnerabilities"],
    [JSON.stringify({ vulnerabilities: [entry()] }), "dateReleased"],
  ]) {
    expect(await failure(readKnownExploits(await inFile(content ?? ""), signal))).toMatchObject({
      message: expect.stringContaining(missing ?? ""),
    });
  }
});

test("a small file that unpacks to far more than any list is given up", async () => {
  const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, " "));
  expect(await failure(readKnownExploits(await inFile(bomb), signal))).toMatchObject({
    message: "The list is larger than 32 MB, which no such list is.",
  });
});

test("a packed list that is cut off is broken, not short", async () => {
  const packed = gzipSync(EPSS);
  expect(await failure(readEpss(await inFile(packed.subarray(0, packed.length - 12)), signal))).toMatchObject({
    message: "The list is packed, and broken.",
  });
});

test("an answer that is cut off is no list", async () => {
  answer = (_, response) => {
    response.writeHead(200, { "content-length": 10_000 });
    response.write(EPSS, () => response.destroy());
  };
  expect(await failure(readEpss(served(), signal))).toMatchObject({ code: "unreachable" });
});

test("a redirect is followed to https on the internet only", async () => {
  for (const [target, why] of [
    ["/elsewhere", "only https is followed"],
    ["http://example.com/", "only https is followed"],
    ["file:///etc/passwd", "only https is followed"],
    [served("/x").replace("http:", "https:"), "private network"],
    ["https://169.254.169.254/latest/meta-data", "private network"],
    ["https://[::ffff:10.0.0.1]/", "private network"],
    ["https://localhost/", "private network"],
  ]) {
    answer = (_, response) => response.writeHead(302, { location: target }).end();
    expect(await failure(readEpss(served(), signal)), target).toMatchObject({
      message: expect.stringContaining(why ?? ""),
    });
  }
});

test("a refusal says that publishers refuse some networks", async () => {
  answer = (_, response) => response.writeHead(403).end("no");
  expect(await failure(readEpss(served(), signal))).toMatchObject({
    code: "access-denied",
    message: expect.stringContaining("HTTP 403"),
  });
});

test("what is missing, a folder or a device is named", async () => {
  expect(await failure(readEpss("/no/such/file", signal))).toMatchObject({
    message: "The file /no/such/file cannot be opened (ENOENT).",
  });
  expect(await failure(readEpss("/dev/zero", signal))).toMatchObject({ message: "/dev/zero is not a file." });
  expect(await failure(readEpss(`file://${folder}`, signal))).toMatchObject({
    message: expect.stringContaining("is not a file"),
  });
});
