import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import { isPublicAddress, lookupPublic, PrivateAddressError } from "#lib/config/public-address.ts";
import { feedError } from "./feed-error.ts";

const IDLE_TIMEOUT_MS = 30_000;
const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * The body of what an address answers. An address on this machine is asked as it stands, since an admin wrote it; any
 * other, and wherever a redirect leads, must be https on the internet. Throws SourceError.
 */
export async function fetchList(location: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  let url = new URL(location);
  let isTrusted = isLoopback(url.hostname);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const answer = await ask(url, isTrusted, signal);
    const { statusCode: status = 0, headers } = answer;
    if (!REDIRECTS.has(status) || headers.location === undefined) return readBody(answer, url);
    answer.destroy();
    url = toNext(headers.location, url);
    isTrusted = false;
  }
  throw feedError("bad-answer", `${url.host} redirects more than ${MOST_REDIRECTS} times.`);
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const isLoopback = (hostname: string): boolean => LOOPBACK.has(hostname);

function toNext(location: string, from: URL): URL {
  if (!URL.canParse(location, from)) throw feedError("bad-answer", `${from.host} redirects to what is no address.`);
  return new URL(location, from);
}

async function ask(url: URL, isTrusted: boolean, signal: AbortSignal): Promise<http.IncomingMessage> {
  if (!isTrusted) refuseUnlessPublic(url);
  try {
    return await new Promise((resolve, reject) => {
      const request = (url.protocol === "https:" ? https : http).get(url, {
        signal,
        timeout: IDLE_TIMEOUT_MS,
        headers: { accept: "*/*", "accept-encoding": "identity", "user-agent": "Sightline" },
        ...(isTrusted ? {} : { lookup: lookupPublic }),
      });
      request.on("timeout", () => request.destroy(Object.assign(new Error("No answer"), { code: "ETIMEDOUT" })));
      request.on("error", reject);
      request.on("response", resolve);
    });
  } catch (error) {
    throw toFailure(error, url);
  }
}

function refuseUnlessPublic({ protocol, hostname, host }: URL): void {
  if (protocol !== "https:") {
    throw feedError("bad-answer", `${host} would be asked over ${protocol.slice(0, -1)}; only https is followed.`);
  }
  const address = hostname.replace(/^\[|\]$/g, "");
  if (isLoopback(hostname) || (isIP(address) > 0 && !isPublicAddress(address))) throw notPublic(host);
}

const notPublic = (host: string, cause?: unknown) =>
  feedError(
    "bad-answer",
    `${host} leads into a private network, which is not read from. Use a file, or an address of the internet.`,
    cause,
  );

function toFailure(error: unknown, { host }: URL): unknown {
  if (error instanceof PrivateAddressError) return notPublic(host, error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ETIMEDOUT" || (error instanceof Error && error.name === "TimeoutError")) {
    return feedError("timed-out", `${host} did not answer in time.`, error);
  }
  if (code === "ABORT_ERR") return error;
  return feedError("unreachable", `${host} could not be reached (${code || "the connection broke off"}).`, error);
}

async function* readBody(answer: http.IncomingMessage, url: URL): AsyncGenerator<Uint8Array> {
  const { statusCode: status = 0 } = answer;
  if (status !== 200) {
    answer.destroy();
    throw toRefusal(status, url.host);
  }
  try {
    yield* answer;
  } catch (error) {
    throw toFailure(error, url);
  }
  if (!answer.complete) throw feedError("unreachable", `The answer of ${url.host} broke off.`);
}

function toRefusal(status: number, host: string) {
  if (status === 401 || status === 403) {
    return feedError(
      "access-denied",
      `${host} refused (HTTP ${status}). Some publishers refuse the networks of cloud providers: import from a file, or from a mirror.`,
    );
  }
  if (status === 429) return feedError("throttled", `${host} asks to be called less often (HTTP 429).`);
  if (status >= 500) return feedError("unreachable", `${host} failed to answer (HTTP ${status}).`);
  return feedError("bad-answer", `${host} answered HTTP ${status} instead of the list.`);
}
