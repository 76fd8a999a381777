import { ApiError } from "./errors.ts";

const CREDENTIAL = /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request,/;

/**
 * The region of a request, from the scope of its Signature Version 4 credential. The signature itself is not
 * checked: the sample holds no secrets, and any key opens it. Throws ApiError when there is none.
 */
export function signedRegion(authorization: string | undefined): string {
  const [, , region, service] = CREDENTIAL.exec(authorization ?? "") ?? [];
  if (region === undefined) throw new ApiError("AccessDeniedException", "Missing Authentication Token");
  if (service !== "inspector2") {
    throw new ApiError("AccessDeniedException", `Credential should be scoped to correct service: 'inspector2'.`);
  }
  return region;
}
