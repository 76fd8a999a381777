import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { type SignedRequest, toCanonicalRequest } from "./canonical-request.ts";

export const ALGORITHM = "AWS4-HMAC-SHA256";

/** What a signature is bound to besides the request: a day, a region and a service. */
export type CredentialScope = { day: string; region: string; service: string };
export type Signing = {
  scope: CredentialScope;
  timestamp: string; // 20261124T061500Z
  signedHeaders: string[]; // sorted, lower case
  payloadHash: string;
};

/** The hex signature of a request under a secret key. */
export function signatureOf(request: SignedRequest, signing: Signing, secretKey: string): string {
  const canonicalRequest = toCanonicalRequest(request, signing.signedHeaders, signing.payloadHash);
  const toSign = [ALGORITHM, signing.timestamp, scopeText(signing.scope), sha256(canonicalRequest)].join("\n");
  return hmac(signingKey(secretKey, signing.scope), toSign).toString("hex");
}

/** Compares in constant time. */
export function isSameSignature(a: string, b: string): boolean {
  const [bytesA, bytesB] = [Buffer.from(a), Buffer.from(b)];
  return bytesA.length === bytesB.length && timingSafeEqual(bytesA, bytesB);
}

export function scopeText({ day, region, service }: CredentialScope): string {
  return `${day}/${region}/${service}/aws4_request`;
}

/** `20261124T061500Z` */
export function toTimestamp(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d+/g, "");
}

/** The instant of `20261124T061500Z`, or null for anything else. */
export function fromTimestamp(timestamp: string): Date | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at.getTime()) ? null : at;
}

export function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function signingKey(secretKey: string, { day, region, service }: CredentialScope): Buffer {
  return [day, region, service, "aws4_request"].reduce<Buffer>(hmac, Buffer.from(`AWS4${secretKey}`));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
