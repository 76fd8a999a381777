import type { IncomingMessage } from "node:http";
import type { SignedRequest } from "./sigv4/canonical-request.ts";

/** The parts of a request that its signature covers, from before Node has joined or decoded anything. */
export function toSignedRequest(request: IncomingMessage): SignedRequest {
  const url = request.url ?? "";
  const mark = url.indexOf("?");
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = (request.rawHeaders[index] ?? "").toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), request.rawHeaders[index + 1] ?? ""]);
  }
  return {
    method: request.method ?? "",
    rawPath: mark < 0 ? url : url.slice(0, mark),
    rawQuery: mark < 0 ? "" : url.slice(mark + 1),
    headers,
  };
}
