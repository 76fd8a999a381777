import { parseQuery, type SignedRequest } from "./canonical-request.ts";
import type { Credentials } from "./presign-put.ts";
import { ALGORITHM, type CredentialScope, fromTimestamp, isSameSignature, signatureOf } from "./signature.ts";

/** AWS's own names for a request that proves nothing. */
export type SignatureFault = {
  name:
    | "MissingAuthenticationTokenException"
    | "IncompleteSignatureException"
    | "UnrecognizedClientException"
    | "InvalidSignatureException";
  message: string;
};
type Claim = {
  accessKeyId: string;
  scope: CredentialScope;
  timestamp: string;
  signedHeaders: string[];
  signature: string;
  /** Null for a signature in the header, which is only good for the moment. */
  expiresSeconds: number | null;
};
type Verification = { credentials: Credentials; service: string; now: Date; payloadHash: string };

const SKEW_MS = 5 * 60_000;
const LONGEST_EXPIRY_SECONDS = 7 * 24 * 3600; // AWS's limit
const CREDENTIAL = /^([^/\s]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request$/;

const fault = (name: SignatureFault["name"], message: string): SignatureFault => ({ name, message });

/**
 * Null when the request is signed with the given credentials, in its header or its query, for this service and this
 * moment; else what is wrong with it. The region only has to be the one that was signed: this service has one place.
 */
export function verifyRequest(request: SignedRequest, verification: Verification): SignatureFault | null {
  const claim = readClaim(request);
  if ("name" in claim) return claim;
  const { credentials, service, now, payloadHash } = verification;
  if (!isSameSignature(claim.accessKeyId, credentials.accessKeyId))
    return fault("UnrecognizedClientException", "The security token included in the request is invalid.");
  const scopeFault = checkScope(claim, service) ?? checkTime(claim, now) ?? checkHeaders(claim, request);
  if (scopeFault) return scopeFault;
  const expected = signatureOf(request, { ...claim, payloadHash }, credentials.secretAccessKey);
  if (isSameSignature(expected, claim.signature)) return null;
  return fault(
    "InvalidSignatureException",
    "The request signature we calculated does not match the signature you provided. Check your access key and signing method.",
  );
}

function readClaim(request: SignedRequest): Claim | SignatureFault {
  const query = new Map(parseQuery(request.rawQuery));
  const authorization = request.headers.get("authorization") ?? [];
  if (query.has("X-Amz-Signature"))
    return authorization.length === 0
      ? readQueryClaim(query)
      : fault("IncompleteSignatureException", "A request is signed in its header or in its query, not in both.");
  const [header] = authorization;
  if (header === undefined) return fault("MissingAuthenticationTokenException", "The request is not signed.");
  if (authorization.length > 1 || !header.startsWith(`${ALGORITHM} `))
    return fault("IncompleteSignatureException", `Authorization must be one ${ALGORITHM} header.`);
  const parts = new Map(
    header
      .slice(ALGORITHM.length)
      .split(",")
      .map((part): [string, string] => {
        const [name = "", ...value] = part.trim().split("=");
        return [name, value.join("=")];
      }),
  );
  return toClaim({
    credential: parts.get("Credential"),
    signedHeaders: parts.get("SignedHeaders"),
    signature: parts.get("Signature"),
    timestamp: request.headers.get("x-amz-date")?.[0],
    expiresSeconds: null,
  });
}

function readQueryClaim(query: Map<string, string>): Claim | SignatureFault {
  const expires = query.get("X-Amz-Expires") ?? "";
  if (query.get("X-Amz-Algorithm") !== ALGORITHM || !/^[1-9]\d{0,6}$/.test(expires))
    return fault("IncompleteSignatureException", `X-Amz-Algorithm must be ${ALGORITHM}, X-Amz-Expires in seconds.`);
  return toClaim({
    credential: query.get("X-Amz-Credential"),
    signedHeaders: query.get("X-Amz-SignedHeaders"),
    signature: query.get("X-Amz-Signature"),
    timestamp: query.get("X-Amz-Date"),
    expiresSeconds: Number(expires),
  });
}

type ClaimParts = Record<"credential" | "signedHeaders" | "signature" | "timestamp", string | undefined> & {
  expiresSeconds: number | null;
};

function toClaim({
  credential,
  signedHeaders,
  signature,
  timestamp,
  expiresSeconds,
}: ClaimParts): Claim | SignatureFault {
  const [, accessKeyId, day, region, service] = CREDENTIAL.exec(credential ?? "") ?? [];
  if (!accessKeyId || !day || !region || !service || !signedHeaders || !signature || !timestamp)
    return fault("IncompleteSignatureException", "Credential, SignedHeaders, Signature and X-Amz-Date are all needed.");
  return {
    accessKeyId,
    scope: { day, region, service },
    timestamp,
    signedHeaders: signedHeaders.split(";"),
    signature,
    expiresSeconds,
  };
}

function checkScope({ scope, timestamp }: Claim, service: string): SignatureFault | null {
  if (scope.service !== service)
    return fault("InvalidSignatureException", `Credential should be scoped to correct service: '${service}'.`);
  if (!timestamp.startsWith(`${scope.day}T`))
    return fault("InvalidSignatureException", "The date of the credential is not the date of the request.");
  return null;
}

function checkTime({ timestamp, expiresSeconds }: Claim, now: Date): SignatureFault | null {
  const at = fromTimestamp(timestamp)?.getTime();
  if (at === undefined) return fault("IncompleteSignatureException", "X-Amz-Date must look like 20261124T061500Z.");
  if (expiresSeconds !== null && expiresSeconds > LONGEST_EXPIRY_SECONDS)
    return fault("InvalidSignatureException", `X-Amz-Expires must be at most ${LONGEST_EXPIRY_SECONDS} seconds.`);
  const age = now.getTime() - at;
  if (age < -SKEW_MS)
    return fault(
      "InvalidSignatureException",
      `Signature not yet current: ${timestamp} is still later than now + 5 min.`,
    );
  if (age > (expiresSeconds === null ? SKEW_MS : expiresSeconds * 1000))
    return fault("InvalidSignatureException", `Signature expired: ${timestamp} is too long ago.`);
  return null;
}

/** The host and every header of AWS's own that came must be signed, or another could be slipped in. */
function checkHeaders({ signedHeaders }: Claim, request: SignedRequest): SignatureFault | null {
  const signed = new Set(signedHeaders);
  const unsigned = [...request.headers.keys()].filter(
    (name) => (name === "host" || name.startsWith("x-amz-")) && !signed.has(name),
  );
  if (signed.has("host") && unsigned.length === 0) return null;
  return fault("InvalidSignatureException", "'Host' and all 'X-Amz-' headers must be signed headers of the request.");
}
