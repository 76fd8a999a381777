import type { z } from "zod";
import { AppError, type AppErrorCode, type FieldFault } from "#lib/domain/errors.ts";
import { isDatabaseAway } from "#lib/domain/is-database-away.ts";
import { isTooSlow } from "#lib/domain/is-too-slow.ts";

/** An error as the API tells it (RFC 9457). */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  errors?: FieldFault[];
};

const KINDS: Record<AppErrorCode | "internal", { status: number; title: string; headers?: Record<string, string> }> = {
  "invalid-input": { status: 400, title: "The request cannot be used" },
  unauthenticated: { status: 401, title: "Who is asking is not known", headers: { "www-authenticate": "Bearer" } },
  forbidden: { status: 403, title: "Not allowed" },
  "not-found": { status: 404, title: "Not found" },
  conflict: { status: 409, title: "It is in another state" },
  gone: { status: 410, title: "No longer kept" },
  "unsupported-version": { status: 412, title: "Another version of the protocol" },
  "too-large": { status: 413, title: "Too large" },
  "unsupported-type": { status: 415, title: "Another media type" },
  "too-many-requests": { status: 429, title: "Too many requests", headers: { "retry-after": "60" } },
  // tus's own status (https://tus.io/protocols/resumable-upload, checksum extension).
  "checksum-mismatch": { status: 460, title: "It did not arrive as it was sent" },
  internal: { status: 500, title: "Something went wrong" },
  "source-failed": { status: 502, title: "The source failed" },
  unavailable: { status: 503, title: "Not available right now", headers: { "retry-after": "5" } },
  "too-slow": { status: 504, title: "It took too long" },
};

/** The failure as a closed code; what nobody foresaw is `internal`, but for a database that is away or takes too long. */
export function toCode(error: unknown): AppErrorCode | "internal" {
  if (error instanceof AppError) return error.code;
  if (isTooSlow(error)) return "too-slow";
  return isDatabaseAway(error) ? "unavailable" : "internal";
}

/** The answer to a failure. Only an AppError's own words are shown; a bug's stay in the log, under the request's id. */
export function problemResponse(error: unknown, requestId: string): Response {
  const code = toCode(error);
  const { status, title, headers } = KINDS[code];
  const problem: Problem = {
    type: `urn:sightline:problem:${code}`,
    title,
    status,
    detail: detailOf(error, code),
    instance: `urn:uuid:${requestId}`,
    ...(error instanceof AppError && error.faults.length > 0 && { errors: error.faults }),
  };
  return Response.json(problem, { status, headers: { ...headers, "content-type": "application/problem+json" } });
}

function detailOf(error: unknown, code: AppErrorCode | "internal"): string {
  if (error instanceof AppError) return error.message;
  if (code === "unavailable") return "The database cannot be reached. Try again in a few seconds";
  if (code === "too-slow")
    return "The database took too long for this and was stopped. Narrow it: by account, team, severity or fewer days";
  return "This is a fault of ours. Whoever runs this installation finds it in the log under the instance's id";
}

/** Turns what a schema refused into an error that names each field. */
export function toInputError(error: z.ZodError, subject: string): AppError {
  const faults = error.issues.flatMap(toFaults).slice(0, 20);
  const fields = faults.map((fault) => fault.field).join(", ");
  return new AppError("invalid-input", `The ${subject} has something that cannot be used: ${fields}`, { faults });
}

function toFaults(issue: z.core.$ZodIssue): FieldFault[] {
  const at = issue.path.map(String);
  const fault = (path: string[], message: string) => ({ field: path.join(".").slice(0, 100) || "(whole)", message });
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => fault([...at, key], "There is no such name"));
  return [fault(at, issue.message.slice(0, 300))];
}
