import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { ApiError, apiGet, apiSend } from "./api.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server that answers everything the same way. Returns its address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
}

const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => expect.fail("it should have failed"),
    (error: unknown) => error,
  );
const nothing = new URLSearchParams();

test("an answer that is no JSON is a failure, whatever its status says", async () => {
  const url = await serve((_, response) => response.end("<html>Sign in to the network</html>"));
  await expect(apiGet(url, nothing)).rejects.toThrow(SyntaxError);
});

test("a refusal comes with the API's own words, its reference and its faults", async () => {
  const problem = {
    title: "The request cannot be used",
    detail: "The cursor belongs to another filter.",
    instance: "urn:uuid:0190",
    errors: [{ field: "cursor", message: "another filter" }],
  };
  const url = await serve((_, response) => response.writeHead(400).end(JSON.stringify(problem)));
  const failure = await failureOf(apiGet(url, nothing));
  expect(failure).toBeInstanceOf(ApiError);
  expect(failure).toMatchObject({
    status: 400,
    message: "The cursor belongs to another filter.",
    reference: "0190",
    faults: problem.errors,
  });
});

test("a failure that is not ours to read still has a sentence", async () => {
  const url = await serve((_, response) => response.writeHead(502).end("<html>bad gateway</html>"));
  expect(await failureOf(apiGet(url, nothing))).toMatchObject({
    status: 502,
    message: "Sightline answered with status 502.",
  });
});

test("no answer at all is told apart from a refusal", async () => {
  const failure = await failureOf(apiGet("http://127.0.0.1:1", nothing));
  expect(failure).toMatchObject({ status: 0, message: expect.stringContaining("did not answer") });
});

test("a change is sent as JSON even when there is nothing to say, and may be answered by nothing", async () => {
  const seen: unknown[] = [];
  const url = await serve((request, response) => {
    seen.push([request.method, request.headers["content-type"]]);
    request.on("data", (chunk) => seen.push(String(chunk)));
    request.on("end", () => response.writeHead(204).end());
  });
  expect(await apiSend("DELETE", url, null)).toBeUndefined();
  expect(seen).toEqual([["DELETE", "application/json"], "{}"]);
});
