import { randomUUID } from "node:crypto";
import { z } from "zod";
import { createUpload } from "../../store/uploads.ts";
import { scanNameSchema } from "../input-schemas.ts";
import { operation, SERVICE } from "../operation.ts";
import { presignPut } from "../sigv4/presign-put.ts";
import { ARTIFACTS_PATH, toUploadHeaders } from "../upload-address.ts";

/** How long an upload may take to begin. */
export const UPLOAD_EXPIRY_SECONDS = 3600;

export const createUploadUrl = operation(
  {
    name: "CreateUploadUrl",
    method: "POST",
    path: "/uploadUrl",
    rate: "create",
    input: z.object({ scanName: scanNameSchema }),
  },
  async ({ scanName }, { database, credentials, region, publicUrl, now }) => {
    const id = randomUUID();
    const createdAt = now();
    const expiresAt = new Date(createdAt.getTime() + UPLOAD_EXPIRY_SECONDS * 1000);
    await createUpload(database, { id, scanName, createdAt, expiresAt });
    const headers = toUploadHeaders(id);
    const url = new URL(`${ARTIFACTS_PATH}${id}`, publicUrl);
    const s3Url = presignPut({
      url,
      headers,
      credentials,
      region,
      service: SERVICE,
      now: createdAt,
      expiresSeconds: UPLOAD_EXPIRY_SECONDS,
    });
    return { s3Url, requestHeaders: headers, codeArtifactId: id };
  },
);
