import { createHash, type Hash } from "node:crypto";
import { open } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { createGunzip } from "node:zlib";
import { SourceError } from "../source.ts";
import { feedError } from "./feed-error.ts";
import { fetchList } from "./fetch-list.ts";

const MEBIBYTE = 1024 * 1024;
/** Each list is a few megabytes; what is so much larger is something else. */
const MOST_BYTES = 100 * MEBIBYTE;
const TIMEOUT_MS = 5 * 60_000;
const GZIP = [0x1f, 0x8b];

/** A list's bytes, unpacked where they were packed. `digest` is of all of them, once they were read to the end. */
export type OpenList = { chunks: AsyncIterable<Uint8Array>; digest: () => Buffer };

/**
 * Opens the list at an https address or in a file. Reading throws SourceError: when it cannot be had, does not come
 * within five minutes, or is larger than 100 MB, packed or unpacked.
 */
export function openList(location: string, signal: AbortSignal, mostBytes = MOST_BYTES): OpenList {
  const hash = createHash("sha256");
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  const either = AbortSignal.any([signal, deadline]);
  const chunks = unpack(limited(readPacked(location, either), MOST_BYTES), mostBytes, hash);
  return { chunks: toFailures(chunks, deadline), digest: () => hash.digest() };
}

async function* readPacked(location: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (/^https?:/.test(location)) yield* await fetchList(location, signal);
  else yield* readFile(location.startsWith("file:") ? fileURLToPath(location) : location, signal);
}

async function* readFile(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const file = await open(path).catch((error: unknown) => {
    throw feedError("unreachable", `The file ${path} cannot be opened (${codeOf(error)}).`, error);
  });
  try {
    // A pipe or a device may never end.
    if (!(await file.stat()).isFile()) throw feedError("bad-answer", `${path} is not a file.`);
    for await (const chunk of file.createReadStream({ signal, autoClose: false })) yield chunk;
  } finally {
    await file.close();
  }
}

async function* limited(chunks: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) {
      throw feedError("bad-answer", `The list is larger than ${mostBytes / MEBIBYTE} MB, which no such list is.`);
    }
    yield chunk;
  }
}

async function* unpack(packed: AsyncIterable<Uint8Array>, mostBytes: number, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of limited(gunzipped(packed), mostBytes)) {
    hash.update(chunk);
    yield chunk;
  }
}

/** By what it is, not by what it is called: servers and mirrors disagree on names and headers. */
async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = packed[Symbol.asyncIterator]();
  const first = await chunks.next();
  const whole = (async function* () {
    if (!first.done) yield first.value;
    yield* { [Symbol.asyncIterator]: () => chunks };
  })();
  if (first.done || !GZIP.every((byte, index) => first.value[index] === byte)) return yield* whole;
  // What breaks is thrown to who reads the end of it.
  yield* pipeline(Readable.from(whole, { objectMode: false }), createGunzip(), () => {});
}

async function* toFailures(chunks: AsyncIterable<Uint8Array>, deadline: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    if (error instanceof SourceError) throw error;
    if (deadline.aborted) throw feedError("timed-out", "The list did not come within five minutes.", error);
    if (codeOf(error).startsWith("Z_")) throw feedError("bad-answer", "The list is packed, and broken.", error);
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
