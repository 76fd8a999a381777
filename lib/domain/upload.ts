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
