import { expect, test, vi } from "vitest";
import { createLogger } from "./logger.ts";

vi.stubEnv("DATABASE_URL", "postgresql://app:canary-password@127.0.0.1/sightline");

function log(entry: object): string {
  let written = "";
  createLogger("test", {
    write: (line) => {
      written += line;
    },
  }).error(entry, "It failed");
  return written;
}

test("of an error its words, its place, its code and its cause's words are logged, and nothing that hangs on it", () => {
  const cause = new Error("connection refused");
  const failure = Object.assign(new Error("The source failed", { cause }), {
    code: "ECONNREFUSED",
    client: { connection: { secretKey: "canary-key" } },
    $response: { headers: { "set-cookie": "canary-cookie" } },
  });
  const line = log({ err: failure });
  expect(JSON.parse(line).err).toMatchObject({ code: "ECONNREFUSED" });
  expect(line).toContain("The source failed: connection refused");
  expect(line).toContain("logger.test.ts");
  expect(line).not.toContain("canary");
});

test("what is thrown and is no error is logged as its text, or as one where it looks like one", () => {
  const alike = { message: "terminated", code: "57P01", client: { secretKey: "canary" } };
  expect(JSON.parse(log({ err: alike })).err).toEqual({ message: "terminated", code: "57P01" });
  expect(JSON.parse(log({ err: "only words" })).err).toEqual({ message: "only words" });
});

test("what is named like a secret is left out, in what is logged and within it", () => {
  const line = log({ token: "canary-1", request: { headers: { authorization: "canary-2" }, externalId: "canary-3" } });
  expect(line).not.toContain("canary");
  expect(line).toContain("[secret]");
});
