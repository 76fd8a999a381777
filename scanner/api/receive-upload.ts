import type { IncomingMessage, ServerResponse } from "node:http";
import { freeBytes, receiveArtifact, UploadTooLarge } from "../store/artifact-files.ts";
import { finishUpload, getUpload } from "../store/uploads.ts";
import { uuidSchema } from "./input-schemas.ts";
import { SERVICE, type Service } from "./operation.ts";
import type { SignedRequest } from "./sigv4/canonical-request.ts";
import { UNSIGNED_PAYLOAD } from "./sigv4/presign-put.ts";
import { verifyRequest } from "./sigv4/verify-request.ts";
import { ARTIFACTS_PATH, toUploadHeaders } from "./upload-address.ts";
import { accessDenied, unsigned, validationError, WireError } from "./wire-error.ts";

/** CodeGuru Security's own limit. */
export const MOST_UPLOAD_BYTES = 5 * 1024 ** 3;
/** What an upload must leave free on the disk. */
const RESERVED_BYTES = 256 * 1024 ** 2;

type Upload = { request: IncomingMessage; response: ServerResponse; signed: SignedRequest };

/**
 * Takes one archive at its presigned address: once, from whoever holds the URL and sends the headers that came with
 * it. Nothing of a refused or broken upload stays. Returns the headers of the answer, with the checksum of what lies
 * on disk. Throws WireError.
 */
export async function receiveUpload(upload: Upload, service: Service): Promise<Record<string, string>> {
  const { request, response, signed } = upload;
  const id = await authoriseUpload(signed, service);
  await refuseSize(Number(request.headers["content-length"] ?? 0), service);
  if (request.headers.expect) response.writeContinue();
  request.setTimeout(service.uploadIdleMs, () => request.destroy(new Error("The upload stalled")));
  // From here on it is our turn: a slow disk is no silence of the sender.
  request.once("end", () => request.setTimeout(0));
  const { database, files, now } = service;
  const file = await receiveArtifact(files, id, request, MOST_UPLOAD_BYTES).catch((error: unknown) => {
    throw error instanceof UploadTooLarge ? tooLarge() : error;
  });
  try {
    if (file.sizeBytes === 0) throw validationError("other", "The upload is empty.");
    const { sizeBytes, sha256, place } = file;
    if (!(await finishUpload(database, { id, sizeBytes, sha256, uploadedAt: now() }, place))) throw alreadyUsed(id);
    return { etag: `"${sha256}"`, "x-amz-checksum-sha256": sha256 };
  } finally {
    await file.discard();
  }
}

async function authoriseUpload(signed: SignedRequest, service: Service): Promise<string> {
  const { database, credentials, now } = service;
  const signatureFault = verifyRequest(signed, {
    credentials,
    service: SERVICE,
    now: now(),
    payloadHash: UNSIGNED_PAYLOAD,
  });
  if (signatureFault) throw unsigned(signatureFault);
  const id = signed.rawPath.slice(ARTIFACTS_PATH.length);
  const upload = uuidSchema.safeParse(id).success ? await getUpload(database, id) : null;
  if (!upload || upload.expiresAt < now()) throw accessDenied("CodeArtifact", id, "This upload is not expected.");
  if (upload.isUploaded) throw alreadyUsed(id);
  for (const [name, value] of Object.entries(toUploadHeaders(id)))
    if (signed.headers.get(name)?.join() !== value)
      throw accessDenied("CodeArtifact", id, `The upload must carry the header ${name} as it was given.`);
  return id;
}

async function refuseSize(announcedBytes: number, { files }: Service): Promise<void> {
  if (announcedBytes > MOST_UPLOAD_BYTES) throw tooLarge();
  if ((await freeBytes(files)) < announcedBytes + RESERVED_BYTES)
    throw new WireError(507, "InternalServerException", "There is no room on the scanner's disk.", {
      error: "INSUFFICIENT_STORAGE",
    });
}

function tooLarge(): WireError {
  return validationError("other", `An archive has at most ${MOST_UPLOAD_BYTES} bytes.`);
}

function alreadyUsed(id: string): WireError {
  return accessDenied("CodeArtifact", id, "This upload URL has been used.");
}
