/** What the API says when it refuses (RFC 9457), as far as it is shown. */
type Problem = { detail: string; instance?: string; errors?: { field: string; message: string }[] };

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

/** What a refused request says of one field of its input. */
export const faultAt = (error: Error | null, field: string): string | undefined =>
  error instanceof ApiError ? error.faults.find((fault) => fault.field === field)?.message : undefined;

/**
 * Asks our own API. An answer is what the API describes it to be: its own tests hold it to its schemas, and to parse it
 * again would cost every page their weight. Throws ApiError for anything but a success.
 */
export async function apiGet<Answer>(path: string, query: URLSearchParams, signal?: AbortSignal): Promise<Answer> {
  const address = query.size > 0 ? `${path}?${query}` : path;
  return (await request(address, { signal })) as Answer; // checked where it is made
}

/** Changes something through our own API; `body` is sent as JSON. Throws ApiError for anything but a success. */
export async function apiSend<Answer = unknown>(
  method: "POST" | "PATCH" | "PUT" | "DELETE",
  path: string,
  body: unknown,
): Promise<Answer> {
  // Always JSON, also when there is nothing to say: a form of another site cannot send that.
  const headers = { "content-type": "application/json" };
  return (await request(path, { method, headers, body: JSON.stringify(body ?? {}) })) as Answer; // as above
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
  const problem = toJson(body);
  // A proxy in between answers in its own words.
  if (!isProblem(problem)) return new ApiError(status, `Sightline answered with status ${status}.`);
  const { detail, instance, errors } = problem;
  return new ApiError(status, detail, instance?.replace("urn:uuid:", "") ?? null, errors);
}

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "detail" in value && typeof value.detail === "string";
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
