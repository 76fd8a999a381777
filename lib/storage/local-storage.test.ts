import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { localStorage } from "./local-storage.ts";
import { toArchiveKey } from "./storage.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "sightline-storage-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const key = toArchiveKey("priya", "0198f2a0-0000-7000-8000-000000000001");
const limits = () => ({ maxBytes: 1000, signal: new AbortController().signal });

const sha256 = (content: string) => createHash("sha256").update(content).digest("hex");

async function* chunks(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

async function filesLeft(): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

test("what is written is read back, with its size and sha256", async () => {
  const storage = localStorage(dir);
  const stored = await storage.write(key, chunks("hello ", "archive"), limits());
  expect(stored).toEqual({ sizeBytes: 13, sha256: sha256("hello archive") });
  expect(await text(storage.read(key))).toBe("hello archive");
});

test("an archive is for its owner's eyes only", async () => {
  await localStorage(dir).write(key, chunks("secret"), limits());
  expect((await stat(join(dir, key))).mode & 0o077).toBe(0);
});

test("past the limit nothing is kept", async () => {
  const writing = localStorage(dir).write(key, chunks("x".repeat(600), "y".repeat(600)), limits());
  await expect(writing).rejects.toMatchObject({ code: "too-large" });
  expect(await filesLeft()).toEqual([]);
});

test("a body that breaks off leaves nothing", async () => {
  async function* broken() {
    yield Buffer.from("half");
    throw new Error("socket hang up");
  }
  await expect(localStorage(dir).write(key, broken(), limits())).rejects.toMatchObject({ code: "invalid-input" });
  expect(await filesLeft()).toEqual([]);
});

test("removing what is not there is no error", async () => {
  await localStorage(dir).remove(key);
  expect(await filesLeft()).toEqual([]);
});

test("a key that leads out of the storage is refused", async () => {
  await expect(localStorage(dir).write("../outside.zip", chunks("x"), limits())).rejects.toThrow("led out");
});

const part = (offset: number, lengthBytes: number) => ({
  offset,
  lengthBytes,
  checksum: null,
  signal: new AbortController().signal,
  onWritten: async () => {},
});

test("what comes in parts is an archive like any other once it is completed, also twice", async () => {
  const storage = localStorage(dir);
  expect(await storage.receivedBytes(key)).toBe(0);
  expect(await storage.append(key, chunks("hello "), part(0, 13))).toEqual({ sizeBytes: 6, sha256: sha256("hello ") });
  expect(await storage.receivedBytes(key)).toBe(6);
  expect(await storage.append(key, chunks("arc", "hive"), part(6, 13))).toEqual({ sizeBytes: 13, sha256: null });
  const stored = { sizeBytes: 13, sha256: sha256("hello archive") };
  expect(await storage.complete(key, null)).toEqual(stored);
  expect(await storage.complete(key, stored.sha256)).toEqual(stored);
  expect(await text(storage.read(key))).toBe("hello archive");
  expect((await stat(join(dir, key))).mode & 0o077).toBe(0);
});

test("a part that breaks off leaves what it brought, unless a checksum was to vouch for it", async () => {
  const storage = localStorage(dir);
  async function* broken() {
    yield Buffer.from("half");
    throw new Error("socket hang up");
  }
  await expect(storage.append(key, broken(), part(0, 8))).rejects.toMatchObject({ code: "invalid-input" });
  expect(await storage.receivedBytes(key)).toBe(4);
  const checked = { ...part(4, 8), checksum: { algorithm: "sha1", digest: "00" } as const };
  await expect(storage.append(key, broken(), checked)).rejects.toMatchObject({ code: "invalid-input" });
  expect(await storage.receivedBytes(key)).toBe(4);
});
