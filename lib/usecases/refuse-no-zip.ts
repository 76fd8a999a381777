import { AppError } from "#lib/domain/errors.ts";
import { MIN_ARCHIVE_BYTES } from "#lib/domain/upload.ts";

/** The first bytes of a zip: a local file header, or the end record of an empty one. */
const ZIP_STARTS = ["504b0304", "504b0506"];

/** What came in is no zip, and no more of it will make it one. */
export class NoZipError extends AppError {
  constructor(message = "This is not a zip archive.") {
    super("invalid-input", message);
  }
}

/** Passes the body on. Throws NoZipError as soon as its first four bytes are not a zip's; a shorter body is not judged. */
export async function* refusingWhatIsNoZip(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let start: Buffer | null = Buffer.alloc(0);
  for await (const chunk of body) {
    if (start === null) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length < 4) continue;
    if (!ZIP_STARTS.includes(start.subarray(0, 4).toString("hex"))) throw new NoZipError();
    yield start;
    start = null;
  }
  if (start !== null) yield start;
}

/** Throws NoZipError for a size that not even an empty zip has. */
export function refuseTooSmall(sizeBytes: number): void {
  if (sizeBytes === 0) throw new NoZipError("The upload is empty. Send the zip as the request's body.");
  if (sizeBytes < MIN_ARCHIVE_BYTES) throw new NoZipError();
}
