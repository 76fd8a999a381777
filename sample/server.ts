import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Logger, pino } from "pino";
import { ApiError, invalidRequest } from "./api/errors.ts";
import { OPERATIONS } from "./api/operations.ts";
import { pageNumber } from "./api/paging.ts";
import { readInput, splitPath } from "./api/request.ts";
import { signedRegion } from "./api/signature.ts";
import { type Views, viewsOf } from "./api/views.ts";
import { createFaults, type Fault, type Faults, type ParsedFault } from "./faults.ts";
import { subscriptionOf } from "./organisation/azure.ts";
import { generateOrganisation, type Organisation } from "./organisation/organisation.ts";
import { HOUR } from "./organisation/time.ts";

export type SampleOptions = {
  /** 0 takes a free port. */
  port: number;
  seed?: string;
  /** About how many findings the organisation has over its year. */
  findings?: number;
  /** The last instant of its life; the current hour when absent. */
  end?: Date;
  faults?: readonly Fault[];
  logger?: Logger;
};

export type Sample = {
  /** The endpoint for an SDK; with `/as-of/INSTANT` after it, that of an instant in the past. */
  url: string;
  inject(fault: Fault): void;
  close(): Promise<void>;
};

type Context = { organisation: Organisation; views: Views; faults: Faults; logger: Logger };

/** Generates an organisation and serves it on 127.0.0.1. Rejects when the port is taken. */
export async function startSample(options: SampleOptions): Promise<Sample> {
  const end = options.end?.getTime() ?? Math.floor(Date.now() / HOUR) * HOUR;
  const organisation = generateOrganisation({
    seed: options.seed ?? "sightline",
    size: options.findings ?? 20_000,
    end,
  });
  const faults = createFaults(options.faults ?? []);
  const logger = options.logger ?? pino({ enabled: false });
  const context = { organisation, views: viewsOf(organisation), faults, logger };
  const server = createServer((request, response) => void answer(request, response, context));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  // A server that listens on a port has an address with that port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    inject: faults.inject,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  try {
    await respond(request, response, context);
  } catch (error) {
    if (!(error instanceof ApiError)) context.logger.error({ err: error, path: request.url }, "request failed");
    const failure = error instanceof ApiError ? error : new ApiError("InternalServerException", "Internal failure");
    send(response, failure.statusCode, failure.body, failure.headers);
  }
}

async function respond(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const { path, instant } = splitPath(request.url ?? "/");
  if (request.method === "GET" && path === "/healthz") return send(response, 200, '{"status":"ok"}');
  if (request.method === "GET" && path === "/organisation")
    return send(response, 200, toIntroduction(context.organisation));
  const region = signedRegion(request.headers.authorization);
  const operation = request.method === "POST" ? OPERATIONS.get(path) : undefined;
  if (operation === undefined) throw new ApiError("UnknownOperationException", `No such operation: ${path}`);
  const input = await readInput(request);
  const fault = context.faults.take(operation.name, pageNumber(input.nextToken, input.maxResults));
  if (fault) raise(fault, operation.name, context.organisation);
  if (fault?.kind === "hang") return;

  const { organisation, views } = context;
  const scene = {
    organisation,
    views,
    region,
    instant: lived(instant ?? Date.now(), organisation),
    isInstantAsked: instant !== null,
  };
  const pageFault = fault?.kind === "repeat-page" || fault?.kind === "lose-page" ? fault.kind : null;
  const body = operation.run(input, scene, pageFault);
  if (fault?.kind === "cut") return cut(response, body);
  send(response, 200, body);
}

/** The instant, or the end of the organisation's life after it. Before its beginning there is nothing to tell. */
function lived(instant: number, { start, end }: Organisation): number {
  if (instant < start) throw invalidRequest("OTHER", `The sample begins at ${new Date(start).toISOString()}`);
  return Math.min(instant, end);
}

/** Throws what a fault makes AWS answer; faults of another kind pass. */
function raise(fault: ParsedFault, operation: string, { accounts }: Organisation): void {
  if (fault.kind === "throttle") {
    throw new ApiError("ThrottlingException", "Rate exceeded", {
      headers: { "retry-after": String(fault.retryAfterSeconds) },
    });
  }
  if (fault.kind === "fail") throw new ApiError("InternalServerException", "Internal failure");
  if (fault.kind === "expire-token") {
    throw invalidRequest("OTHER", "The nextToken has expired");
  }
  if (fault.kind === "deny") {
    const user = `arn:aws:sts::${accounts[0].id}:assumed-role/Sightline/sightline`;
    const action = `inspector2:${operation}`;
    throw new ApiError(
      "AccessDeniedException",
      `User: ${user} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
    );
  }
}

/** Sends half of a body and breaks the connection. */
function cut(response: ServerResponse, body: string): void {
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}

function send(response: ServerResponse, statusCode: number, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(statusCode, {
    ...headers,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-amzn-requestid": randomUUID(),
  });
  response.end(body);
}

/** What Inspector does not tell: names and the span of the sample's life. */
function toIntroduction({ accounts, regions, start, end, seed }: Organisation): string {
  return JSON.stringify({
    accounts: accounts.map(({ id, name, email }) => ({ id, name, email })),
    // Of teams that also work in Azure; not every one of them has anything there.
    subscriptions: accounts.map((account) => ({
      id: subscriptionOf({ account, year: { seed } }),
      name: `${account.name} (Azure)`,
    })),
    regions,
    adminAccountId: accounts[0].id,
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    seed,
  });
}
