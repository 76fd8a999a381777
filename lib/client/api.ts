import { z } from "zod";

/** What the API says when it refuses (RFC 9457); only what is shown is read. */
const problemSchema = z.object({
  title: z.string(),
  detail: z.string(),
  instance: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).default([]),
});

/** A request that did not succeed, in words for the person who made it. `status: 0` = no answer at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly reference: string | null;
  readonly faults: { field: string; message: string }[];
  constructor(status: number, message: string, reference: string | null = null, faults: ApiError["faults"] = []) {
    super(message);
    this.name = new.target.name;
    this.status = status;
    this.reference = reference;
    this.faults = faults;
  }
}

/** Asks our own API. The answer is parsed with `schema`; throws ApiError for anything but a success. */
export async function apiGet<T extends z.ZodType>(
  path: string,
  query: URLSearchParams,
  schema: T,
  signal?: AbortSignal,
): Promise<z.output<T>> {
  const address = query.size > 0 ? `${path}?${query}` : path;
  return schema.parse(await request(address, { signal }));
}

/** Changes something through our own API; `body` is sent as JSON. Throws ApiError for anything but a success. */
export async function apiSend<T extends z.ZodType>(
  method: "POST" | "PATCH" | "PUT" | "DELETE",
  path: string,
  body: unknown,
  schema: T,
): Promise<z.output<T>> {
  // Always JSON, also when there is nothing to say: a form of another site cannot send that.
  const headers = { "content-type": "application/json" };
  return schema.parse(await request(path, { method, headers, body: JSON.stringify(body ?? {}) }));
}

async function request(address: string, init: RequestInit): Promise<unknown> {
  const response = await apiFetch(address, init);
  return response.status === 204 ? undefined : response.json();
}

/** Asks our own API for an answer that is no JSON. Throws ApiError for anything but a success. */
export async function apiFetch(address: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, { ...init, headers: { accept: "application/json", ...init.headers } }).catch(
    (error: unknown) => {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new ApiError(0, "Sightline did not answer. It may be restarting, or the network is down.");
    },
  );
  if (!response.ok) throw await toApiError(response);
  return response;
}

async function toApiError(response: Response): Promise<ApiError> {
  return toApiErrorFrom(response.status, await response.text().catch(() => ""));
}

/** What an answer with this status and body means to the person who asked. */
export function toApiErrorFrom(status: number, body: string): ApiError {
  const problem = problemSchema.safeParse(toJson(body));
  if (!problem.success) return new ApiError(status, `Sightline answered with status ${status}.`);
  const { detail, instance, errors } = problem.data;
  return new ApiError(status, detail, instance?.replace("urn:uuid:", "") ?? null, errors);
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
