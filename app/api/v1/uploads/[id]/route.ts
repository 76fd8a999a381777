import { z } from "zod";
import { toUpload, type UploadRecord } from "#lib/db/read/uploads.ts";
import { AppError } from "#lib/domain/errors.ts";
import { UPLOAD_KEPT_MS, uploadSchema } from "#lib/domain/upload.ts";
import { handleCommand, handleQuery, handleUpload } from "#lib/http/handlers.ts";
import { partHeadersSchema, readTusHeaders, requireTusVersion, speakingTus, toByteCount } from "#lib/http/tus.ts";
import { cancelUpload } from "#lib/usecases/cancel-upload.ts";
import { findUpload } from "#lib/usecases/find-upload.ts";
import { receivePart } from "#lib/usecases/receive-part.ts";
import { archives } from "../../scans/archives.ts";

const params = z.object({ id: z.uuid() });

/** Next answers HEAD with it too, which is how tus asks where to go on. */
export const GET = speakingTus(
  handleQuery(
    "scans:write",
    z.strictObject({}),
    async (_, { params: { id }, caller, request, now }) => {
      if (request.method === "HEAD") requireTusVersion(request.headers);
      const upload = await findUpload(archives(), { runId: id, personId: caller.personId }, now);
      return Response.json(toUpload(upload), { headers: toHeaders(upload) });
    },
    { params, output: uploadSchema, summary: "How much of an upload of yours is there (HEAD: as tus asks for it)" },
  ),
);

export const PATCH = speakingTus(
  handleUpload(
    "scans:write",
    z.strictObject({}),
    async (_, { params: { id }, caller, request }) => {
      const headers = readTusHeaders(request.headers, partHeadersSchema);
      requirePartType(request.headers.get("content-type"));
      const clock = () => new Date();
      const receivedBytes = await receivePart(archives(), {
        runId: id,
        personId: caller.personId,
        offset: headers["upload-offset"],
        checksum: headers["upload-checksum"] ?? null,
        body: request.body ?? NOTHING,
        declaredBytes: toByteCount(request.headers.get("content-length")),
        signal: request.signal,
        clock,
      });
      const expiresAt = new Date(clock().getTime() + UPLOAD_KEPT_MS);
      return new Response(null, {
        status: 204,
        headers: { "upload-offset": String(receivedBytes), "upload-expires": expiresAt.toUTCString() },
      });
    },
    {
      params,
      headers: partHeadersSchema,
      media: "application/offset+octet-stream",
      status: 204,
      output: z.void(),
      summary: "The next part of an upload of yours; with the last byte the scan is queued",
    },
  ),
);

export const DELETE = speakingTus(
  handleCommand(
    "scans:write",
    z.strictObject({}),
    async (_, { params: { id }, caller, request, now }) => {
      requireTusVersion(request.headers);
      await cancelUpload(archives(), { runId: id, personId: caller.personId }, now);
    },
    { params, status: 204, output: z.void(), summary: "Give an unfinished upload of yours up; nothing of it is kept" },
  ),
);

const NOTHING = (async function* () {})();

function requirePartType(contentType: string | null): void {
  if (contentType === "application/offset+octet-stream") return;
  throw new AppError("unsupported-type", "Send the part as application/offset+octet-stream.");
}

function toHeaders({ receivedBytes, lengthBytes, metadata, expiresAt }: UploadRecord): Record<string, string> {
  return {
    "upload-offset": String(receivedBytes),
    "upload-length": String(lengthBytes),
    "upload-expires": expiresAt.toUTCString(),
    ...(metadata !== "" && { "upload-metadata": metadata }),
  };
}
