import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import { SERVICE, type Service } from "./operation.ts";
import { readBody } from "./read-body.ts";
import { receiveUpload } from "./receive-upload.ts";
import type { RequestRate } from "./request-rate.ts";
import { findRoute, readInput } from "./route.ts";
import { toSignedRequest } from "./signed-request.ts";
import type { SignedRequest } from "./sigv4/canonical-request.ts";
import { sha256 } from "./sigv4/signature.ts";
import { verifyRequest } from "./sigv4/verify-request.ts";
import { ARTIFACTS_PATH } from "./upload-address.ts";
import { internalError, throttled, unsigned, validationError, WireError } from "./wire-error.ts";

/** Requests a second of each operation; 0 is no limit. */
export type RequestLimits = { createPerSecond: number; otherPerSecond: number };
type Options = { service: () => Service; rate: RequestRate; limits: RequestLimits; logger: Logger };
type Answer = { status: number; headers?: Record<string, string>; body?: object };

/** Longer than any upload of 5 GB should take; Node's own five minutes would cut it off. */
const LONGEST_REQUEST_MS = 6 * 3600_000;

/** The service over HTTP: deny by default, every failure an error of the API, nothing of the inside told outside. */
export function createHttpServer(options: Options): Server {
  const respond = (request: IncomingMessage, response: ServerResponse) =>
    void answerRequest(request, response, options);
  const server = createServer({ requestTimeout: LONGEST_REQUEST_MS, headersTimeout: 30_000 }, respond);
  // A sender that asks first is told no before it has sent gigabytes.
  server.on("checkContinue", respond);
  return server;
}

async function answerRequest(request: IncomingMessage, response: ServerResponse, options: Options): Promise<void> {
  const requestId = randomUUID();
  const signed = toSignedRequest(request);
  let answer: Answer;
  try {
    answer = await findAnswer(request, response, signed, options);
  } catch (error) {
    const wireError = toWireError(error, requestId);
    // A sender that hung up is no fault of ours, and hears nothing.
    if (wireError.status >= 500 && !request.socket.destroyed)
      options.logger.error({ err: error, requestId }, "request failed");
    answer = toErrorAnswer(wireError);
  }
  options.logger.debug({ requestId, method: signed.method, path: signed.rawPath, status: answer.status }, "answered");
  send(request, response, answer, { "x-amzn-requestid": requestId, date: options.service().now().toUTCString() });
}

async function findAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  signed: SignedRequest,
  options: Options,
): Promise<Answer> {
  const service = options.service();
  if (signed.method === "GET" && signed.rawPath === "/healthz") {
    const isReady = await service.database.query("SELECT 1").then(
      () => true,
      () => false,
    );
    return isReady ? { status: 200, body: { status: "ok" } } : { status: 503, body: { status: "no database" } };
  }
  if (signed.method === "PUT" && signed.rawPath.startsWith(ARTIFACTS_PATH))
    return { status: 200, headers: await receiveUpload({ request, response, signed }, service) };
  if (request.headers.expect) response.writeContinue();
  const body = await readBody(request);
  authenticate(signed, body, service);
  const route = findRoute(signed.method, signed.rawPath);
  refuseTooMany(route.operation, options);
  const input = readInput(route, signed.rawQuery, body);
  const output = await route.operation.answer(input, service);
  return output ? { status: 200, body: output } : { status: 204 };
}

/** Throws AWS's own errors for a request that is not signed with this service's key. */
function authenticate(signed: SignedRequest, body: Buffer, { credentials, now }: Service): void {
  const payloadHash = sha256(body);
  const claimedHash = signed.headers.get("x-amz-content-sha256")?.join();
  if (claimedHash !== undefined && claimedHash !== payloadHash)
    throw unsigned({ name: "InvalidSignatureException", message: "The body is not the one that was signed." });
  const signatureFault = verifyRequest(signed, { credentials, service: SERVICE, now: now(), payloadHash });
  if (signatureFault) throw unsigned(signatureFault);
}

function refuseTooMany({ name, rate }: { name: string; rate?: "create" }, options: Options): void {
  const perSecond = rate === "create" ? options.limits.createPerSecond : options.limits.otherPerSecond;
  if (perSecond > 0 && !options.rate.isAllowed(name, perSecond)) throw throttled(name);
}

function toWireError(error: unknown, requestId: string): WireError {
  if (error instanceof WireError) return error;
  if (error instanceof URIError) return validationError("cannotParse", "The query is not encoded as a URL must be.");
  return internalError(requestId);
}

function toErrorAnswer({ status, errorType, message, members }: WireError): Answer {
  return { status, headers: { "x-amzn-errortype": errorType }, body: { __type: errorType, message, ...members } };
}

/** The date is the clock that signatures are judged by: clients of AWS set theirs by it. */
function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  common: { "x-amzn-requestid": string; date: string },
): void {
  if (response.destroyed) return;
  const { status, headers, body } = answer;
  response.writeHead(status, {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...common,
    // What was not read of a body cannot be told from the next request.
    ...(request.complete ? {} : { connection: "close" }),
    ...headers,
  });
  response.end(body && JSON.stringify(body));
}
