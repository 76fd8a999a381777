import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { SourceError } from "../source.ts";
import { packageOnInstance, portOnInstance } from "./fixtures/findings.ts";
import { inspectorClient } from "./inspector-client.ts";
import { inspectorSource } from "./inspector-source.ts";

const REGION = "eu-west-1";

/** An endpoint that answers ListFindings with whatever a test gives it, and other calls with nothing. */
let body = "{}";
const server = createServer((request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(request.url === "/findings/list" ? body : "{}");
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => server.close());
afterEach(() => server.closeAllConnections());

/** As the wire has it: instants are seconds since 1970. */
function onTheWire(findings: unknown[], nextToken?: string): string {
  const inSeconds = (_key: string, value: unknown) =>
    typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) / 1000 : value;
  return JSON.stringify(JSON.parse(JSON.stringify({ findings, nextToken }), inSeconds));
}

async function observe(): Promise<{ ids: string[]; failure: SourceError["failure"] | null }> {
  // A server that listens on a port has an address with that port.
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  const client = inspectorClient({ region: REGION, endpoint, roleArn: null, externalId: null, isSample: true });
  const ids: string[] = [];
  try {
    const pass = { since: null, signal: new AbortController().signal };
    for await (const page of inspectorSource(client, REGION).observeFindings(pass)) {
      ids.push(...page.map(({ sourceId }) => sourceId));
    }
    return { ids, failure: null };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { ids, failure: error.failure };
  } finally {
    client.destroy();
  }
}

test("a finding that cannot be read is skipped and named, and the others are kept", async () => {
  body = onTheWire([packageOnInstance, { ...portOnInstance, resources: [] }]);
  const { ids, failure } = await observe();
  expect(ids).toEqual([packageOnInstance.findingArn]);
  expect(failure).toMatchObject({
    code: "bad-answer",
    message: expect.stringContaining(portOnInstance.findingArn ?? ""),
  });
});

test("an answer that is no JSON is a bad answer", async () => {
  body = "<html>A proxy's page</html>";
  expect((await observe()).failure?.code).toBe("bad-answer");
});

test("a token that always leads back to itself ends the reading", async () => {
  body = onTheWire([packageOnInstance], "the-same-token");
  expect((await observe()).failure).toMatchObject({ code: "bad-answer", message: expect.stringContaining("again") });
});

test("texts are taken as they are, however hostile", async () => {
  const title = `<script>alert(1)</script> \u202e ${"x".repeat(900)}`;
  body = onTheWire([{ ...packageOnInstance, title }]);
  expect(await observe()).toEqual({ ids: [packageOnInstance.findingArn], failure: null });
});
