import { expect, test } from "vitest";
import type { SyncFailure } from "#lib/domain/sync-run.ts";
import { isThrottle, toSourceError } from "./to-source-error.ts";

const place = { action: "inspector2:ListFindings", region: "eu-west-1" };

function anError(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

test.each<[string, Error, SyncFailure["code"]]>([
  ["a refusal", anError("AccessDeniedException", "no", { $metadata: { httpStatusCode: 403 } }), "access-denied"],
  ["a refusal without type", anError("Unknown", "no", { $metadata: { httpStatusCode: 403 } }), "access-denied"],
  ["a switched-off Inspector", anError("AccessDeniedException", "Inspector is not enabled for it"), "not-enabled"],
  ["expired credentials", anError("ExpiredTokenException", "", { $metadata: { httpStatusCode: 403 } }), "credentials"],
  ["no credentials", anError("CredentialsProviderError", "Could not load credentials"), "credentials"],
  ["a region that is off", anError("OptInRequired", "", { $metadata: { httpStatusCode: 403 } }), "region-off"],
  ["throttling", anError("ThrottlingException", "slow", { $metadata: { httpStatusCode: 429 } }), "throttled"],
  ["a request timeout", anError("TimeoutError", "too long"), "timed-out"],
  ["a refused connection", anError("Error", "connect", { code: "ECONNREFUSED" }), "unreachable"],
  ["an answer that is cut", anError("Error", "aborted", { code: "ECONNRESET" }), "unreachable"],
  [
    "Inspector's own fault",
    anError("InternalServerException", "", { $metadata: { httpStatusCode: 500 } }),
    "unreachable",
  ],
  ["a bad request", anError("ValidationException", "no", { $metadata: { httpStatusCode: 400 } }), "bad-answer"],
  ["no JSON", anError("SyntaxError", "Unexpected token"), "bad-answer"],
  ["a stop", anError("AbortError", "Request aborted"), "cancelled"],
])("%s has a name that a person can act on", (_what, error, code) => {
  const sourceError = toSourceError(error, place);
  expect(sourceError.failure.code).toBe(code);
  expect(sourceError.cause).toBe(error);
});

test("the missing permission is the one that AWS names", () => {
  const message =
    "User: arn:aws:sts::111122223333:assumed-role/Read/x is not authorized to perform: inspector2:ListCoverage on resource: *";
  const { failure } = toSourceError(anError("AccessDeniedException", message), place);
  expect(failure).toEqual({
    code: "access-denied",
    message: "AWS refused inspector2:ListCoverage in eu-west-1.",
    permission: "inspector2:ListCoverage",
  });
});

test("a refusal that names nothing means the call itself", () => {
  expect(toSourceError(anError("AccessDeniedException", "no"), place).failure.permission).toBe(
    "inspector2:ListFindings",
  );
});

test("a role that may not be assumed is named as such", () => {
  const message =
    "User: arn:aws:iam::1:user/x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/r";
  expect(toSourceError(anError("AccessDenied", message), place).failure.permission).toBe("sts:AssumeRole");
});

test("a fault of our own is no failure of the source", () => {
  const bug = new TypeError("undefined is not a function");
  expect(() => toSourceError(bug, place)).toThrow(bug);
});

test("only an answer that asks to slow down is a throttle", () => {
  expect(isThrottle(anError("X", "", { $metadata: { httpStatusCode: 429 } }))).toBe(true);
  expect(isThrottle(anError("X", "", { $retryable: { throttling: true } }))).toBe(true);
  expect(isThrottle(anError("X", "", { $metadata: { httpStatusCode: 500 } }))).toBe(false);
});
