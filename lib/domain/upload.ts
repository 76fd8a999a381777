import { z } from "zod";

/** CodeGuru Security's quota for an input file. */
export const MAX_ARCHIVE_BYTES = 5 * 1024 ** 3;
/** An archive with nothing in it: the end record alone. */
export const MIN_ARCHIVE_BYTES = 22;

/** How long an unfinished upload is kept after its last byte. */
export const UPLOAD_KEPT_MS = 24 * 60 * 60_000;
/** Whoever has brought no byte for so long may be relieved by another request. */
export const WRITER_SILENCE_MS = 10_000;

/** An archive that has not come in whole yet, as its sender sees it. */
export const uploadSchema = z.object({
  runId: z.uuid(),
  name: z.string(), // the scan's
  fileName: z.string().nullable(),
  fingerprint: z.string().nullable(), // the sender's own, by which it knows the file again
  lengthBytes: z.number().int(),
  receivedBytes: z.number().int(),
  isReceiving: z.boolean(), // bytes come in just now, from this window or another
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Upload = z.infer<typeof uploadSchema>;

export const uploadListSchema = z.object({ items: z.array(uploadSchema) });
export type UploadList = z.infer<typeof uploadListSchema>;

const PAIR = /^ *([\x21-\x2b\x2d-\x7e]+)(?: ((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?))? *$/;

/**
 * tus's Upload-Metadata: pairs of a key and a base64 text, apart by commas; a key may stand alone. Null when it is none.
 */
export function toUploadMetadata(text: string): ReadonlyMap<string, string> | null {
  const pairs = new Map<string, string>();
  if (text === "") return pairs;
  for (const pair of text.split(",")) {
    const [, key, base64 = ""] = PAIR.exec(pair) ?? [];
    if (key === undefined || pairs.has(key)) return null;
    pairs.set(key, fromBase64(base64));
  }
  return pairs;
}

function fromBase64(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}

/** The same text from its pairs. */
export function fromUploadMetadata(pairs: Record<string, string>): string {
  return Object.entries(pairs)
    .map(([key, value]) => `${key} ${btoa(String.fromCharCode(...new TextEncoder().encode(value)))}`)
    .join(",");
}
