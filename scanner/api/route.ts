import type { Operation } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { parseQuery } from "./sigv4/canonical-request.ts";
import { validationError } from "./wire-error.ts";

export type Route = { operation: Operation; labels: Record<string, string> };

/**
 * The operation of a method and a path. The path is split before it is decoded: a label may hold an encoded slash.
 * Throws ValidationException when there is none.
 */
export function findRoute(method: string, rawPath: string): Route {
  for (const operation of OPERATIONS) {
    if (operation.method !== method) continue;
    const labels = matchPath(operation.path, rawPath);
    if (labels) return { operation, labels };
  }
  throw validationError("unknownOperation", `There is no operation ${method} ${rawPath}.`);
}

function matchPath(template: string, rawPath: string): Record<string, string> | null {
  const expected = template.split("/");
  const actual = rawPath.split("/");
  if (expected.length !== actual.length) return null;
  const labels: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const raw = actual[index] ?? "";
    if (part.startsWith("{")) labels[part.slice(1, -1)] = decodeText(raw);
    else if (part !== raw) return null;
  }
  return labels;
}

/**
 * The members of an operation's input by name: from the path, and from the body of a POST or PUT, else from the query,
 * where what comes more than once is a list. Throws ValidationException when the body is no JSON object.
 */
export function readInput({ operation, labels }: Route, rawQuery: string, body: Buffer): Record<string, unknown> {
  const hasBody = operation.method === "POST" || operation.method === "PUT";
  return { ...(hasBody ? readBody(body) : readQuery(rawQuery)), ...labels };
}

function readQuery(rawQuery: string): Record<string, unknown> {
  const byName = Map.groupBy(parseQuery(rawQuery), ([name]) => name);
  const members = [...byName].map(([name, pairs]) => {
    const [only, ...more] = pairs.map(([, value]) => value);
    return [name, more.length === 0 ? only : [only, ...more]];
  });
  return Object.fromEntries(members);
}

function readBody(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  const parsed = parseJson(body.toString());
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  throw validationError("cannotParse", "The body must be a JSON object.");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw validationError("cannotParse", "The body is not JSON.");
  }
}

function decodeText(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    throw validationError("cannotParse", "The path is not encoded as a URL must be.");
  }
}
