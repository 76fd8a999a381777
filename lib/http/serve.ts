import { v7 as uuidv7 } from "uuid";
import { createLogger } from "#lib/config/logger.ts";
import { metrics } from "#lib/config/metrics.ts";
import type { Operation, RouteHandler } from "./operation.ts";
import { problemResponse, toCode } from "./problem.ts";

/** One request on its way through a handler. `given` is what Next took from the path. */
export type Arrival = { request: Request; given: unknown; now: Date };

/**
 * The edge that every route shares: answers with what `run` returns, or with the problem that it throws; logs what is
 * a bug or an attempt, once; counts and times. Nothing it answers may be kept by a cache.
 */
export function serve(operation: Operation, run: (arrival: Arrival) => Promise<unknown>): RouteHandler {
  const handler = async (request: Request, context?: { params: Promise<unknown> }): Promise<Response> => {
    const startedAt = performance.now();
    const requestId = uuidv7();
    const given = (await context?.params) ?? {};
    const route = toRoute(request.url, given);
    let answered: Response;
    try {
      answered = toResponse(await run({ request, given, now: new Date() }), operation.status, requestId);
    } catch (error) {
      record(error, { requestId, method: request.method, route });
      answered = withHeaders(problemResponse(error, requestId), requestId);
    }
    const labels = { method: request.method, route, status: String(answered.status) };
    metrics().httpDuration.observe(labels, (performance.now() - startedAt) / 1000);
    return answered;
  };
  return Object.assign(handler, { operation });
}

function toResponse(result: unknown, status: number, requestId: string): Response {
  if (result instanceof Response) return withHeaders(result, requestId);
  const headers = edgeHeaders(requestId);
  if (result === undefined) return new Response(null, { status: status === 200 ? 204 : status, headers });
  return Response.json(result, { status, headers });
}

function edgeHeaders(requestId: string): Record<string, string> {
  return { "cache-control": "no-store", "x-request-id": requestId };
}

/** A copy, since the headers of a Response that somebody else made may be read-only. */
function withHeaders(response: Response, requestId: string): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(edgeHeaders(requestId))) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
}

/** `/api/v1/scans/{name}`: the address without what a caller can make up, so that there are as many as routes. */
function toRoute(url: string, given: unknown): string {
  const segments = new URL(url).pathname.split("/").map(decode);
  for (const [name, value] of Object.entries(given ?? {})) {
    if (Array.isArray(value)) return "(none)";
    const index = segments.lastIndexOf(String(value));
    if (index >= 0) segments[index] = `{${name}}`;
  }
  return segments.join("/");
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const ATTEMPTS = new Set(["unauthenticated", "forbidden", "too-many-requests"]);

function record(error: unknown, where: { requestId: string; method: string; route: string }): void {
  const code = toCode(error);
  metrics().refusals.inc({ code });
  const known = { ...where, code, reason: String(error) };
  if (code === "internal") logger().error({ ...where, err: error }, "A request failed");
  else if (code === "unavailable") logger().warn(known, "A request could not be served");
  else if (ATTEMPTS.has(code)) logger().info(known, "A request was refused");
}

let made: ReturnType<typeof createLogger> | undefined;

/** Made at the first use: it reads the environment, which need not be there when a route is only imported. */
function logger(): ReturnType<typeof createLogger> {
  made ??= createLogger("web");
  return made;
}
