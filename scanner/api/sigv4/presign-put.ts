import { ALGORITHM, scopeText, signatureOf, toTimestamp } from "./signature.ts";

export const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

export type Credentials = { accessKeyId: string; secretAccessKey: string };
type PresignedPut = {
  url: URL;
  /** Must be sent with the request, as given. */
  headers: Record<string, string>;
  credentials: Credentials;
  region: string;
  service: string;
  now: Date;
  expiresSeconds: number;
};

/** A URL that allows one PUT to its address with exactly these headers, whatever the body, until it expires. */
export function presignPut({ url, headers, credentials, region, service, now, expiresSeconds }: PresignedPut): string {
  const timestamp = toTimestamp(now);
  const scope = { day: timestamp.slice(0, 8), region, service };
  const all = { ...headers, host: url.host };
  const signedHeaders = Object.keys(all).sort();
  const query = Object.entries({
    "X-Amz-Algorithm": ALGORITHM,
    "X-Amz-Content-Sha256": UNSIGNED_PAYLOAD,
    "X-Amz-Credential": `${credentials.accessKeyId}/${scopeText(scope)}`,
    "X-Amz-Date": timestamp,
    "X-Amz-Expires": String(expiresSeconds),
    "X-Amz-SignedHeaders": signedHeaders.join(";"),
  });
  const rawQuery = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  const request = {
    method: "PUT",
    rawPath: url.pathname,
    rawQuery,
    headers: new Map(Object.entries(all).map(([name, value]) => [name, [value]])),
  };
  const signing = { scope, timestamp, signedHeaders, payloadHash: UNSIGNED_PAYLOAD };
  return `${url.origin}${url.pathname}?${rawQuery}&X-Amz-Signature=${signatureOf(request, signing, credentials.secretAccessKey)}`;
}
