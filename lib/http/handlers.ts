import { z } from "zod";
import { authorise } from "#lib/auth/authorise.ts";
import type { Caller } from "#lib/auth/caller.ts";
import { env } from "#lib/config/env.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { Permission } from "#lib/domain/permission.ts";
import type { Operation, RouteHandler } from "./operation.ts";
import { readBody, readParams, readQuery } from "./read-input.ts";
import { requireSameOrigin } from "./same-origin.ts";
import { serve } from "./serve.ts";

/** What a route's function is told beside its input. */
export type RequestContext<Params> = { caller: Caller; request: Request; params: Params; now: Date };
/** The same where nobody needs to be known. */
export type PublicContext = { request: Request; now: Date };

/**
 * The path's parameters, the answer's form, its status, and one line for the API's description; for an upload also the
 * headers that its function reads with `readHeaders`, and its body's media type. All may be left out.
 */
export type Description<Params extends z.ZodType, Output extends z.ZodType> = {
  params?: Params;
  headers?: z.ZodObject;
  media?: string | null;
  output?: Output;
  status?: number;
  summary?: string;
};

const pathNamesSchema = z.record(z.string(), z.string());
type PathNames = typeof pathNamesSchema;
const NO_HEADERS = z.object({});

// A Response is answered as it is, undefined without a body (204 unless another status is said), the rest as JSON.
type Awaitable<T> = T | Promise<T>;
type Answer<Output extends z.ZodType> = Awaitable<z.input<Output> | Response>;
type Act<Input extends z.ZodType, Params extends z.ZodType, Output extends z.ZodType> = (
  input: z.output<Input>,
  context: RequestContext<z.output<Params>>,
) => Answer<Output>;

/** GET, for holders of the permission: `input` is the query. It must change nothing. */
export function handleQuery<
  Input extends z.ZodType,
  Params extends z.ZodType = PathNames,
  Output extends z.ZodType = z.ZodUnknown,
>(
  permission: Permission,
  input: Input,
  read: Act<Input, Params, Output>,
  description: Description<Params, Output> = {},
): RouteHandler {
  const params = paramsOf(description);
  return serve(toOperation("query", permission, input, description), async ({ request, given, now }) => {
    const caller = await authorise(request.headers, permission, now);
    return read(readQuery(request.url, input), { caller, request, params: readParams(given, params), now });
  });
}

/** POST, PUT, PATCH, DELETE, for holders of the permission: `input` is the JSON body, none being `{}`. */
export function handleCommand<
  Input extends z.ZodType,
  Params extends z.ZodType = PathNames,
  Output extends z.ZodType = z.ZodUnknown,
>(
  permission: Permission,
  input: Input,
  act: Act<Input, Params, Output>,
  description: Description<Params, Output> = {},
): RouteHandler {
  const params = paramsOf(description);
  return serve(toOperation("command", permission, input, description), async ({ request, given, now }) => {
    const caller = await authoriseChange(request.headers, permission, now);
    readQuery(request.url, z.strictObject({}));
    return act(await readBody(request, input), { caller, request, params: readParams(given, params), now });
  });
}

/** A change whose body is not read here: `input` is the query, and the function streams `context.request.body`. */
export function handleUpload<
  Input extends z.ZodType,
  Params extends z.ZodType = PathNames,
  Output extends z.ZodType = z.ZodUnknown,
>(
  permission: Permission,
  input: Input,
  act: Act<Input, Params, Output>,
  description: Description<Params, Output> = {},
): RouteHandler {
  const params = paramsOf(description);
  return serve(toOperation("upload", permission, input, description), async ({ request, given, now }) => {
    const caller = await authoriseChange(request.headers, permission, now);
    return act(readQuery(request.url, input), { caller, request, params: readParams(given, params), now });
  });
}

/** GET for everybody, signed in or not. */
export function handlePublicQuery<Input extends z.ZodType, Output extends z.ZodType = z.ZodUnknown>(
  input: Input,
  read: (input: z.output<Input>, context: PublicContext) => Answer<Output>,
  description: Description<PathNames, Output> = {},
): RouteHandler {
  return serve(toOperation("query", "public", input, description), async ({ request, now }) =>
    read(readQuery(request.url, input), { request, now }),
  );
}

/** A change by somebody who is not known yet: signing in. From our own pages only, all the same. */
export function handlePublicCommand<Input extends z.ZodType, Output extends z.ZodType = z.ZodUnknown>(
  input: Input,
  act: (input: z.output<Input>, context: PublicContext) => Answer<Output>,
  description: Description<PathNames, Output> = {},
): RouteHandler {
  return serve(toOperation("command", "public", input, description), async ({ request, now }) => {
    requireSameOrigin(request.headers, env().APP_URL);
    return act(await readBody(request, input), { request, now });
  });
}

/** For every address under /api that has no route: told as a problem, as all else is. */
export const handleUnknown: RouteHandler = serve(toOperation("query", "public", z.unknown(), {}), async () => {
  throw new AppError("not-found", "There is nothing under this address. GET /api/v1/openapi.json lists what there is");
});

async function authoriseChange(headers: Headers, permission: Permission, now: Date): Promise<Caller> {
  const caller = await authorise(headers, permission, now);
  if (caller.via === "session") requireSameOrigin(headers, env().APP_URL);
  return caller;
}

function paramsOf<Params extends z.ZodType>({ params }: Description<Params, z.ZodType>): Params {
  // Where no schema is given, Params is PathNames: the generic's default.
  return params ?? (pathNamesSchema as unknown as Params);
}

function toOperation(
  kind: Operation["kind"],
  access: Operation["access"],
  input: z.ZodType,
  description: Description<z.ZodType, z.ZodType>,
): Operation {
  const { params = pathNamesSchema, headers = NO_HEADERS, media = "application/zip" } = description;
  const { output = null, status = 200, summary = "" } = description;
  return { access, kind, input, params, headers, media, output, status, summary };
}
