import { once } from "node:events";
import { createServer } from "node:http";
import { expect, test } from "vitest";
import "./http-timeouts.ts";

test("a server that answers requests gives an upload hours, and still only a minute for the headers", async () => {
  const server = createServer((_request, response) => response.end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await fetch(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
  server.close();
  expect(server.requestTimeout).toBe(6 * 60 * 60 * 1000);
  expect(server.headersTimeout).toBe(60_000);
});
