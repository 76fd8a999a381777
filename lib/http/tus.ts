import { z } from "zod";
import { AppError } from "#lib/domain/errors.ts";
import { toUploadMetadata } from "#lib/domain/upload-metadata.ts";
import type { RouteHandler } from "./operation.ts";
import { readHeaders } from "./read-input.ts";

// The edge of tus 1.0.0, https://tus.io/protocols/resumable-upload: its headers read and written. What an upload is
// stands in lib/usecases.
const VERSION = "1.0.0";

const countSchema = z.string().regex(/^\d{1,15}$/, "A whole number is needed");

/** What announces an upload. */
export const creationHeadersSchema = z.object({
  "tus-resumable": z.string(),
  "upload-length": countSchema.transform(Number),
  "upload-metadata": z
    .string()
    .max(4096)
    .refine((text) => toUploadMetadata(text) !== null, "Pairs of a key and a base64 value are needed, apart by commas")
    .default(""),
});

/** What comes with a part of an upload. */
export const partHeadersSchema = z.object({
  "tus-resumable": z.string(),
  "upload-offset": countSchema.transform(Number),
  "upload-checksum": z
    .string()
    .regex(/^(sha1 [A-Za-z0-9+/]{27}=|sha256 [A-Za-z0-9+/]{43}=)$/, "sha1 or sha256, a space and the base64 is needed")
    .transform(toChecksum)
    .optional(),
});

const versionHeadersSchema = z.object({ "tus-resumable": z.string() });

/** The headers, once they are of the one version there is. Throws AppError unsupported-version or invalid-input. */
export function readTusHeaders<Schema extends z.ZodObject>(headers: Headers, schema: Schema): z.output<Schema> {
  requireTusVersion(headers);
  return readHeaders(headers, schema);
}

/** Throws AppError unsupported-version. */
export function requireTusVersion(headers: Headers): void {
  const version = readHeaders(headers, versionHeadersSchema.partial())["tus-resumable"];
  if (version !== VERSION)
    throw new AppError("unsupported-version", `Send Tus-Resumable: ${VERSION}, the version that is spoken here.`);
}

/** The same handler, with the version of tus on every answer, refusals included. */
export function speakingTus(handler: RouteHandler): RouteHandler {
  const speaking: RouteHandler = Object.assign(
    async (...request: Parameters<RouteHandler>) => {
      const answer = await handler(...request);
      answer.headers.set("tus-resumable", VERSION);
      if (answer.status === 412) answer.headers.set("tus-version", VERSION);
      return answer;
    },
    { operation: handler.operation },
  );
  return speaking;
}

/** What is spoken here: `maxBytes` is the largest upload. */
export function tusCapabilities(maxBytes: number): Record<string, string> {
  return {
    "tus-version": VERSION,
    "tus-extension": "creation,expiration,termination,checksum",
    "tus-checksum-algorithm": "sha1,sha256",
    "tus-max-size": String(maxBytes),
  };
}

/** A count of bytes in a header, as Content-Length has it; null when there is none. */
export function toByteCount(text: string | null): number | null {
  return text !== null && countSchema.safeParse(text).success ? Number(text) : null;
}

function toChecksum(text: string): { algorithm: "sha1" | "sha256"; digest: string } {
  const [algorithm, base64 = ""] = text.split(" ");
  return { algorithm: algorithm === "sha1" ? "sha1" : "sha256", digest: Buffer.from(base64, "base64").toString("hex") };
}
