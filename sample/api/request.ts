import type { IncomingMessage } from "node:http";
import { invalidRequest } from "./errors.ts";

const AS_OF = /^\/as-of\/([^/]+)(\/.*)$/;
/** Larger than any request of the API: ten ARNs, or a filter with ten values for each criterion. */
const MAX_BODY_BYTES = 1_000_000;

/** A path and the instant that its prefix `/as-of/INSTANT` asks for, null without one. */
export function splitPath(url: string): { path: string; instant: number | null } {
  const path = url.split("?", 1)[0] ?? "/";
  const [, asOf, rest] = AS_OF.exec(path) ?? [];
  if (asOf === undefined || rest === undefined) return { path, instant: null };
  const instant = Date.parse(decoded(asOf));
  if (Number.isNaN(instant)) {
    throw invalidRequest("CANNOT_PARSE", `Not an instant: ${asOf}`);
  }
  return { path: rest, instant };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The JSON object in a request's body; an empty body counts as {}. Throws ApiError when it is no object. */
export async function readInput(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw invalidRequest("OTHER", "The body is too large");
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  const input = parsed(text === "" ? "{}" : text);
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw invalidRequest("CANNOT_PARSE", "The body is not a JSON object");
  }
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
