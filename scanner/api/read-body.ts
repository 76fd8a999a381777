import type { IncomingMessage } from "node:http";
import { validationError, type WireError } from "./wire-error.ts";

const MOST_BYTES = 1024 * 1024;
const MOST_MS = 30_000;

/** The whole body of an operation's request. Throws ValidationException beyond 1 MB; a body that dawdles is cut off. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  // Said before anything is read, while the sender still listens.
  if (Number(request.headers["content-length"] ?? 0) > MOST_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  const deadline = setTimeout(() => request.destroy(new Error("The body took too long")), MOST_MS);
  try {
    for await (const chunk of request) {
      sizeBytes += chunk.length;
      if (sizeBytes > MOST_BYTES) throw tooLarge();
      chunks.push(chunk);
    }
  } finally {
    clearTimeout(deadline);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): WireError {
  return validationError("other", `The body is larger than ${MOST_BYTES} bytes.`);
}
