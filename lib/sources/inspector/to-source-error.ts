import { z } from "zod";
import type { SyncFailure } from "#lib/domain/sync-run.ts";
import { SourceError } from "../source.ts";

const awsErrorSchema = z.object({
  name: z.string().default("Error"),
  message: z.string().default(""),
  code: z.string().optional(), // Node's: ECONNREFUSED and the like
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional(),
  $retryable: z.object({ throttling: z.boolean().optional() }).optional(),
});
type AwsError = z.infer<typeof awsErrorSchema>;

/** Where a call was made, for the words a person reads. `action` is the IAM action, as in inspector2:ListFindings. */
export type CallPlace = { readonly action: string; readonly region: string };

const CREDENTIAL_ERRORS = new Set([
  "CredentialsProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "RequestExpired",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
  "TokenRefreshRequired",
  "UnrecognizedClientException",
]);
const REGION_ERRORS = new Set(["OptInRequired", "RegionDisabledException"]);
const NETWORK_CODES = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
]);

/**
 * What a failed call to AWS means for a person: its code, in plain words, and the IAM permission that is missing.
 * What is no failure of the outside is a bug of ours, and thrown as it is.
 */
export function toSourceError(error: unknown, place: CallPlace): SourceError {
  if (error instanceof SourceError) return error;
  const failure = toFailure(awsErrorSchema.parse(toPlain(error)), place);
  if (failure === null) throw error;
  return new SourceError(failure, { cause: error });
}

/** True for an answer that asks us to slow down. */
export function isThrottle(error: unknown): boolean {
  const { success, data } = awsErrorSchema.safeParse(toPlain(error));
  return success && (data.$retryable?.throttling === true || data.$metadata?.httpStatusCode === 429);
}

function toFailure(error: AwsError, { action, region }: CallPlace): SyncFailure | null {
  const status = error.$metadata?.httpStatusCode ?? 0;
  const fail = (code: SyncFailure["code"], message: string, permission: string | null = null) => ({
    code,
    message,
    permission,
  });
  if (error.name === "AbortError") return fail("cancelled", `The pass was stopped while it called ${action}.`);
  if (CREDENTIAL_ERRORS.has(error.name)) {
    return fail("credentials", `AWS did not accept the credentials for ${region} (${error.name}).`);
  }
  if (REGION_ERRORS.has(error.name)) return fail("region-off", `The region ${region} is not enabled for this account.`);
  if (isDenied(error, status)) return toDenied(error, { action, region });
  if (error.$retryable?.throttling || status === 429) {
    return fail("throttled", `AWS kept asking to slow down at ${action} in ${region}.`);
  }
  if (error.name === "TimeoutError" || error.code === "ETIMEDOUT") {
    return fail("timed-out", `${action} in ${region} did not answer in time.`);
  }
  if (NETWORK_CODES.has(error.code ?? "")) {
    return fail("unreachable", `${action} in ${region} could not be reached (${error.code}).`);
  }
  if (status >= 500) return fail("unreachable", `Inspector in ${region} failed to answer ${action} (HTTP ${status}).`);
  if (error.name === "SyntaxError" || status >= 200) {
    return fail("bad-answer", `${action} in ${region} gave an answer that cannot be used: ${shorten(error.message)}`);
  }
  // A body that is cut before its end.
  if (/aborted|premature|terminated|socket hang up/i.test(error.message)) {
    return fail("unreachable", `The answer to ${action} in ${region} broke off.`);
  }
  return null;
}

function isDenied(error: AwsError, status: number): boolean {
  return /^AccessDenied|^Unauthorized/.test(error.name) || status === 403;
}

function toDenied(error: AwsError, { action, region }: CallPlace): SyncFailure {
  if (/not (been )?enabled|not subscribed/i.test(error.message)) {
    return { code: "not-enabled", message: `Amazon Inspector is not enabled in ${region}.`, permission: null };
  }
  // IAM's own words: "User: ARN is not authorized to perform: ACTION on resource: …".
  const named = /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(error.message)?.[1];
  const permission = named ?? action;
  return { code: "access-denied", message: `AWS refused ${permission} in ${region}.`, permission };
}

/** An Error's own fields are not enumerable, and its prototype is not plain. */
function toPlain(error: unknown): unknown {
  if (!(error instanceof Error)) return {};
  return { ...error, name: error.name, message: error.message };
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
