import { z } from "zod";
import { AppError } from "#lib/domain/errors.ts";
import { importNameSchema, scanRunStateSchema } from "#lib/domain/scan.ts";
import { handleUpload } from "#lib/http/handlers.ts";
import { receiveReport } from "#lib/usecases/receive-report.ts";
import { archives } from "../scans/archives.ts";

export const POST = handleUpload(
  "scans:write",
  z.strictObject({ name: importNameSchema }),
  async ({ name }, { caller, request, now }) => {
    requireReport(request.headers);
    if (request.body === null)
      throw new AppError("invalid-input", "The upload is empty. Send the report as the request's body.");
    return await receiveReport(archives(), {
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
    output: z.object({ name: importNameSchema, runId: z.uuid(), state: scanRunStateSchema }),
    summary:
      "Import a report (SARIF 2.1.0, or findings of Inspector in ASFF or OCSF; gzip or not) as the next revision of a name",
  },
);

const TYPES = ["application/sarif+json", "application/json", "application/gzip", "application/x-gzip"];

/** Whether it is packed is seen from its first bytes. */
function requireReport(headers: Headers): void {
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type === undefined || !TYPES.includes(type)) {
    throw new AppError(
      "invalid-input",
      "Send the report itself as the body, with Content-Type: application/sarif+json.",
      {
        faults: [{ field: "content-type", message: "application/sarif+json is needed" }],
      },
    );
  }
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip") {
    throw new AppError("invalid-input", "Send the report as it is, or packed with gzip.", {
      faults: [{ field: "content-encoding", message: "Only gzip can be unpacked" }],
    });
  }
}

function toBytes(contentLength: string | null): number | null {
  return contentLength !== null && /^\d{1,15}$/.test(contentLength) ? Number(contentLength) : null;
}
