import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError } from "#lib/domain/errors.ts";
import type { Storage } from "#lib/storage/storage.ts";

/** As many bytes as a report may have once it is unpacked: what packs better than this is meant to hurt. */
const MOST_BYTES = 2 * 1024 ** 3;

/**
 * The text of a stored report, unpacked where it came as gzip, without a byte order mark. Throws AppError: invalid-input
 * for a damaged gzip or a text that is no UTF-8, too-large past 2 GiB.
 */
export async function* openReport(storage: Pick<Storage, "read">, key: string): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of unpacked(storage.read(key))) {
    const isFirst = sizeBytes === 0;
    sizeBytes += chunk.byteLength;
    if (sizeBytes > MOST_BYTES) throw new AppError("too-large", "The report unpacks to more than 2 GiB.");
    yield isFirst ? withoutMark(chunk) : chunk;
  }
}

async function* unpacked(file: Readable): AsyncGenerator<Buffer> {
  const chunks = file[Symbol.asyncIterator]();
  const { value: first, done } = await chunks.next();
  if (done) return;
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  const whole = Readable.from(joined(first, chunks));
  // Its errors end the reading; there is nothing else to do about them.
  const text = isGzip ? pipeline(whole, createGunzip(), () => {}) : whole;
  try {
    yield* text;
  } catch (cause) {
    throw isOfZlib(cause) ? new AppError("invalid-input", "The gzip is damaged, or cut off.", { cause }) : cause;
  }
}

async function* joined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function isOfZlib(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && String(cause.code).startsWith("Z_");
}

function withoutMark(chunk: Buffer): Buffer {
  const start = chunk.subarray(0, 3).toString("hex");
  if (start.startsWith("fffe") || start.startsWith("feff"))
    throw new AppError("invalid-input", "The report is UTF-16. Write it as UTF-8.");
  return start === "efbbbf" ? chunk.subarray(3) : chunk;
}
