import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits as text that fits into URLs, cookies and headers. */
export function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What the database keeps of a secret. The secrets are random, so that a plain hash cannot be searched backwards. */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** Compares in a time that tells nothing about where, or in what length, the two differ. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(hashSecret(given), hashSecret(expected));
}
