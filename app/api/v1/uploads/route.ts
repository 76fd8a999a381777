import { z } from "zod";
import { listUploads } from "#lib/db/read/uploads.ts";
import { scanNameSchema } from "#lib/domain/scan.ts";
import { MAX_ARCHIVE_BYTES, uploadListSchema } from "#lib/domain/upload.ts";
import { handleQuery, handleUpload } from "#lib/http/handlers.ts";
import { creationHeadersSchema, readTusHeaders, speakingTus, tusCapabilities } from "#lib/http/tus.ts";
import { startUpload } from "#lib/usecases/start-upload.ts";
import { archives } from "../scans/archives.ts";

export const GET = handleQuery(
  "scans:write",
  z.strictObject({}),
  (_, { caller, now }) => listUploads(caller.personId, now),
  {
    output: uploadListSchema,
    summary: "Your unfinished uploads, the newest first",
  },
);

export const POST = speakingTus(
  handleUpload(
    "scans:write",
    z.strictObject({ name: scanNameSchema }),
    async ({ name }, { caller, request, now }) => {
      const headers = readTusHeaders(request.headers, creationHeadersSchema);
      const { runId, expiresAt } = await startUpload(archives(), {
        name,
        personId: caller.personId,
        lengthBytes: headers["upload-length"],
        metadata: headers["upload-metadata"],
        now,
      });
      return new Response(null, {
        status: 201,
        headers: { location: `/api/v1/uploads/${runId}`, "upload-expires": expiresAt.toUTCString() },
      });
    },
    {
      headers: creationHeadersSchema,
      media: null,
      status: 201,
      output: z.void(),
      summary: "Announce a zip that comes in parts (tus 1.0.0), as the next revision of a scan; Location says where to",
    },
  ),
);

export const OPTIONS = speakingTus(
  handleQuery(
    "scans:write",
    z.strictObject({}),
    () => new Response(null, { status: 204, headers: tusCapabilities(MAX_ARCHIVE_BYTES) }),
    { status: 204, output: z.void(), summary: "What is spoken here of tus" },
  ),
);
