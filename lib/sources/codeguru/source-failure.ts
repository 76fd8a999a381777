import type { SyncFailure } from "#lib/domain/sync-run.ts";
import { SourceError } from "../source.ts";
import {
  CodeGuruSecurityServiceException,
  ConflictException,
  InternalServerException,
  ThrottlingException,
} from "./errors.ts";

/** What a person is told when the scanner cannot be used. Errors of ours pass through unchanged. */
export function toSourceError(cause: unknown): unknown {
  if (cause instanceof SourceError) return cause;
  return new SourceError(toFailure(cause), { cause });
}

function toFailure(cause: unknown): SyncFailure {
  if (cause instanceof Error && cause.name === "AbortError") return failure("cancelled", "The scan was stopped.");
  if (cause instanceof ThrottlingException)
    return failure("throttled", "The scanner is busy and asked to be called less often.");
  if (cause instanceof ConflictException)
    return failure("throttled", "The scanner still works on an earlier revision of this scan.");
  if (isRefusedKey(cause)) {
    return failure(
      "access-denied",
      `The scanner refused our key: ${cause.message}. Both must know the same SIGHTLINE_SCANNER_ACCESS_KEY_ID and SIGHTLINE_SCANNER_SECRET_ACCESS_KEY.`,
    );
  }
  if (cause instanceof InternalServerException)
    return failure("unreachable", "The scanner failed inside. The upload is kept and goes on by itself.");
  if (cause instanceof CodeGuruSecurityServiceException)
    return failure("bad-answer", `The scanner answered ${cause.name}: ${cause.message}`);
  if (isTimeout(cause)) return failure("timed-out", "The scanner did not answer in time.");
  if (isConnectionError(cause))
    return failure("unreachable", "The scanner cannot be reached. The upload is kept and goes on by itself.");
  return failure("internal", cause instanceof Error ? cause.message : "The scanner could not be used.");
}

/** A request whose signature was refused; AWS's names for that are in no service's model. */
function isRefusedKey(cause: unknown): cause is CodeGuruSecurityServiceException {
  return cause instanceof CodeGuruSecurityServiceException && cause.$metadata.httpStatusCode === 403;
}

function failure(code: SyncFailure["code"], message: string): SyncFailure {
  return { code, message, permission: null };
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && "code" in cause ? cause.code : undefined;
}

function isTimeout(cause: unknown): boolean {
  return codeOf(cause) === "ETIMEDOUT" || (cause instanceof Error && cause.name === "TimeoutError");
}

function isConnectionError(cause: unknown): boolean {
  return ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EPIPE", "EHOSTUNREACH"].includes(String(codeOf(cause)));
}
