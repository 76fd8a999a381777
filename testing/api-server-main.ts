import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ReadableStream } from "node:stream/web";
import type { RouteHandler } from "#lib/http/operation.ts";
import { ROUTES } from "../app/api/v1/openapi.json/routes.ts";

// The API's routes behind a real HTTP server, as Next would call them, in a process that a test can kill.
const server = createServer((incoming, outgoing) => {
  answer(incoming, outgoing).catch(() => outgoing.destroy());
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}\n`);
});

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host}`);
  const found = findRoute(incoming.method ?? "GET", url.pathname);
  if (!found) {
    outgoing.writeHead(404).end();
    return;
  }
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
  const request = new Request(url, {
    method: incoming.method,
    headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
    signal: gone.signal,
    ...(hasBody && { body: toBody(incoming), duplex: "half" as const }),
  });
  const answered = await found.handler(request, { params: Promise.resolve(found.params) });
  outgoing.writeHead(answered.status, Object.fromEntries(answered.headers));
  await pipeline(answered.body ?? Readable.from([]), outgoing);
}

/** A refusal stops reading, and still has to be sent over the same line. */
function toBody(incoming: IncomingMessage): BodyInit {
  // Node's own stream and the browser's are two types of one thing.
  return ReadableStream.from(incoming.iterator({ destroyOnReturn: false })) as unknown as BodyInit;
}

function findRoute(method: string, path: string): { handler: RouteHandler; params: object } | null {
  // As in Next, a path that is written out goes before one with a name in it.
  const isNamed = ([pattern]: [string, unknown]) => Number(pattern.includes("{"));
  for (const [pattern, handlers] of Object.entries(ROUTES).toSorted((a, b) => isNamed(a) - isNamed(b))) {
    const named = new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`).exec(path);
    // Next answers HEAD with GET.
    const handler = handlers[method === "HEAD" ? "GET" : method];
    if (named && handler) return { handler, params: { ...named.groups } };
  }
  return null;
}
