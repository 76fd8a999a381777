import { createServer, request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardEveryRequest } from "./security-headers.ts";

const server = createServer((asked, response) => {
  if (asked.url === "/page") response.setHeader("content-security-policy", "script-src 'nonce-x'");
  response.end(asked.method);
});
beforeAll(() => {
  guardEveryRequest();
  return new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
});
afterAll(() => server.close());

function ask(method: string, path: string): Promise<{ headers: Record<string, unknown>; body: string }> {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return new Promise((settle, reject) => {
    const sent = request({ port, host: "127.0.0.1", method, path, agent: false }, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => settle({ headers: response.headers, body }));
    });
    sent.on("error", reject).end();
  });
}

test("an answer that says nothing of its safety denies everything", async () => {
  const { headers } = await ask("GET", "/");
  expect(headers["content-security-policy"]).toMatch(/^default-src 'none'/);
  expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "same-origin" });
});

test("an answer may put its own policy in the place of the strict one", async () => {
  expect((await ask("GET", "/page")).headers["content-security-policy"]).toBe("script-src 'nonce-x'");
});

test("TRACE reaches nothing", async () => {
  expect((await ask("TRACE", "/")).body).toBe("OPTIONS");
});
