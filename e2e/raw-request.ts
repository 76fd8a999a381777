import http from "node:http";
import { test as base } from "./fixtures.ts";

type RawAnswer = { status: number; headers: http.IncomingHttpHeaders; body: string };
type RawRequest = { method?: string; headers?: Record<string, string | string[]>; body?: string };

type Fixtures = {
  origin: string;
  /** Sends a path exactly as it is written, where a browser would tidy it up first; follows no redirect. */
  raw: (path: string, request?: RawRequest) => Promise<RawAnswer>;
};
export const test = base.extend<Fixtures>({
  origin: async ({ baseURL }, use) => use(baseURL ?? ""),
  raw: async ({ origin }, use) => use((path, request) => rawRequest(origin, path, request)),
});

function rawRequest(baseUrl: string, path: string, { method, headers, body }: RawRequest = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((settle, reject) => {
    const request = http.request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => settle({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    request.on("error", reject).end(body);
  });
}
