import { z } from "zod";
import { listScans } from "#lib/db/read/scans.ts";
import { AppError } from "#lib/domain/errors.ts";
import { scanFilterSchema, scanNameSchema, scanPageSchema, scanRunStateSchema } from "#lib/domain/scan.ts";
import { handleQuery, handleUpload } from "#lib/http/handlers.ts";
import { receiveArchive } from "#lib/usecases/receive-archive.ts";
import { archives } from "./archives.ts";

export const GET = handleQuery("scans:read", scanFilterSchema, listScans, {
  output: scanPageSchema,
  summary: "Scans by name",
});

export const POST = handleUpload(
  "scans:write",
  z.strictObject({ name: scanNameSchema }),
  async ({ name }, { caller, request, now }) => {
    requireZipType(request.headers.get("content-type"));
    if (request.body === null)
      throw new AppError("invalid-input", "The upload is empty. Send the zip as the request's body.");
    return await receiveArchive(archives(), {
      name,
      person: { id: caller.personId, userName: caller.userName },
      body: request.body,
      declaredBytes: toBytes(request.headers.get("content-length")),
      signal: request.signal,
      now,
    });
  },
  {
    status: 202,
    output: z.object({ name: scanNameSchema, runId: z.uuid(), state: scanRunStateSchema }),
    summary: "Upload a zip of source code (application/zip) as the next revision of a scan",
  },
);

function requireZipType(contentType: string | null): void {
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  if (type === "application/zip" || type === "application/x-zip-compressed" || type === "application/octet-stream")
    return;
  throw new AppError("invalid-input", "Send the zip itself as the body, with Content-Type: application/zip.", {
    faults: [{ field: "content-type", message: "application/zip is needed" }],
  });
}

function toBytes(contentLength: string | null): number | null {
  return contentLength !== null && /^\d{1,15}$/.test(contentLength) ? Number(contentLength) : null;
}
