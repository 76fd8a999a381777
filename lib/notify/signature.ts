import { createHmac } from "node:crypto";

/** Before the secret's bytes in base64, so that it is known for what it is. */
const PREFIX = "whsec_";

/**
 * The headers of a signed request, as Standard Webhooks has them (https://www.standardwebhooks.com): HMAC-SHA256 over
 * `id.timestamp.body` with the secret's bytes, the timestamp in seconds.
 */
export function toSignedHeaders(secret: string, { id, at, body }: { id: string; at: Date; body: string }) {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.replace(PREFIX, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}
