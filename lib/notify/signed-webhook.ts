import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import { isPublicAddress, lookupPublic, PrivateAddressError } from "#lib/config/public-address.ts";
import type { Delivery, Notifier } from "./notifier.ts";
import { toSignedHeaders } from "./signature.ts";

const TIMEOUT_MS = 10_000;
/** Enough for `{"url": …}`; the rest of an answer is not read. */
const MOST_ANSWER_BYTES = 64 * 1024;
const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/**
 * Sends a notification as a signed POST of JSON. It goes to the internet alone, and to this machine itself where the
 * address says so; `allowsPrivate` lets it into private networks. Redirects are not followed.
 */
export function signedWebhook({ allowsPrivate }: { allowsPrivate: boolean }): Notifier {
  return async (notification, { url, secret }, signal) => {
    const address = new URL(url);
    const headers = {
      ...toSignedHeaders(secret, notification),
      "content-type": "application/json",
      "user-agent": "Sightline",
    };
    try {
      return toDelivery(await post(address, { headers, body: notification.body, allowsPrivate, signal }), address.host);
    } catch (error) {
      if (signal.aborted) throw error;
      return toFailure(error, address.host);
    }
  };
}

type Sent = { headers: Record<string, string>; body: string; allowsPrivate: boolean; signal: AbortSignal };
type Answer = { status: number; text: string };

async function post(url: URL, { headers, body, allowsPrivate, signal }: Sent): Promise<Answer> {
  const isUnbound = allowsPrivate || LOOPBACK.has(url.hostname);
  const address = url.hostname.replace(/^\[|\]$/g, "");
  // What is written as an address is never looked up.
  if (!isUnbound && isIP(address) > 0 && !isPublicAddress(address)) throw new PrivateAddressError(url.host);
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const request = (url.protocol === "https:" ? https : http).request(url, {
      method: "POST",
      signal: deadline,
      headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
      ...(isUnbound ? {} : { lookup: lookupPublic }),
    });
    request.on("error", reject);
    request.on("response", resolve);
    request.end(body);
  });
  return { status: answer.statusCode ?? 0, text: await readStart(answer) };
}

async function readStart(answer: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of answer) {
    sizeBytes += chunk.length;
    if (sizeBytes > MOST_ANSWER_BYTES) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** What the receiver may yet do otherwise: it was away, too busy, or too early. */
const PASSING = new Set([408, 425, 429]);

function toDelivery({ status, text }: Answer, host: string): Delivery {
  if (status >= 200 && status < 300) return { url: toUrl(text) };
  const isFinal = status < 500 && !PASSING.has(status);
  return { failure: `${host} answered HTTP ${status}. ${ADVICE.get(status) ?? toAdvice(status)}`, isFinal };
}

const ADVICE = new Map([
  [401, "It wants to know who asks: put what it needs into its address, or check the secret there."],
  [403, "It refuses Sightline: check the secret and the rules there."],
  [404, "There is nothing under that address: check it in Settings → Tickets."],
  [410, "The address is given up there: set another in Settings → Tickets."],
  [429, "It asks to be called less often."],
]);

function toAdvice(status: number): string {
  if (status >= 500) return "The fault is on its side.";
  if (status >= 300 && status < 400) return "It redirects, which is not followed: set the address that it leads to.";
  return "It does not take this body: check the template in Settings → Tickets.";
}

function toUrl(text: string): string | null {
  try {
    const answer: unknown = JSON.parse(text);
    const isNamed = typeof answer === "object" && answer !== null && "url" in answer;
    return isNamed && typeof answer.url === "string" ? answer.url : null;
  } catch {
    return null;
  }
}

function toFailure(error: unknown, host: string): Delivery {
  if (error instanceof PrivateAddressError) {
    const failure = `${host} lies in a private network. Set SIGHTLINE_HAND_OVER_PRIVATE=yes where Sightline runs to allow that.`;
    return { failure, isFinal: true };
  }
  if (error instanceof Error && error.name === "TimeoutError")
    return { failure: `${host} did not answer within 10 seconds.`, isFinal: false };
  const code = error instanceof Error && "code" in error ? String(error.code) : "the connection broke off";
  return { failure: `${host} could not be reached (${code}).`, isFinal: false };
}
