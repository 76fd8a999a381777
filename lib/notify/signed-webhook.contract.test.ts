import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Notification } from "./notifier.ts";
import { signedWebhook } from "./signed-webhook.ts";

const SECRET = `whsec_${Buffer.from("a secret of thirty-two bytes ...").toString("base64")}`;
const notification: Notification = {
  id: "01900000-0000-7000-8000-000000000001",
  body: '{"title":"ü"}',
  at: new Date(1_800_000_000_500),
};
const never = new AbortController().signal;
const notify = signedWebhook({ allowsPrivate: false });

type Got = { headers: http.IncomingHttpHeaders; body: string };
const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A receiver as somebody else would write it. Returns its address and what has come in. */
async function aReceiver(answer: (response: http.ServerResponse) => void): Promise<{ url: string; got: Got[] }> {
  const got: Got[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    got.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
    answer(response);
  });
  servers.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, got };
}

const answers = (status: number, text = "", headers: http.OutgoingHttpHeaders = {}) =>
  aReceiver((response) => response.writeHead(status, headers).end(text));

/** As the receiver's documentation says it: by nothing of ours. */
function isSigned({ headers, body }: Got, secret: string): boolean {
  const content = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"))
    .update(content)
    .digest();
  const given = Buffer.from(String(headers["webhook-signature"]).replace("v1,", ""), "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

test("what arrives is JSON, signed over id, time and body, so that a receiver can tell", async () => {
  const { url, got } = await answers(200, '{"url": "https://tracker.example.com/SEC-1"}');
  const delivery = await notify(notification, { url, secret: SECRET }, never);
  expect(delivery).toEqual({ url: "https://tracker.example.com/SEC-1" });
  const [one] = got;
  if (!one) throw new Error("Nothing arrived");
  expect(one.body).toBe(notification.body);
  expect(one.headers).toMatchObject({
    "content-type": "application/json",
    "webhook-id": notification.id,
    "webhook-timestamp": "1800000000",
  });
  expect(isSigned(one, SECRET)).toBe(true);
  expect(isSigned({ ...one, body: '{"title":"u"}' }, SECRET)).toBe(false);
  expect(isSigned({ ...one, headers: { ...one.headers, "webhook-timestamp": "1800000001" } }, SECRET)).toBe(false);
  expect(isSigned(one, `whsec_${Buffer.from("another").toString("base64")}`)).toBe(false);
});

test.each([
  [201, "", null],
  [200, "thanks", null],
  [204, "", null],
  [200, '{"url": 7}', null],
  [200, "[]", null],
])("HTTP %i with %o is an arrival that names no ticket", async (status, text, url) => {
  const { url: address } = await answers(status, text);
  expect(await notify(notification, { url: address, secret: SECRET }, never)).toEqual({ url });
});

test.each([
  [400, true],
  [401, true],
  [404, true],
  [410, true],
  [408, false],
  [429, false],
  [500, false],
  [503, false],
])("HTTP %i is a failure that says what to do; whether it is final: %o", async (status, isFinal) => {
  const { url } = await answers(status, "no");
  const delivery = await notify(notification, { url, secret: SECRET }, never);
  expect(delivery).toMatchObject({ failure: expect.stringContaining(`HTTP ${status}. `), isFinal });
});

test("a redirect is not followed: it could lead anywhere", async () => {
  const elsewhere = await answers(200);
  const { url } = await answers(307, "", { location: elsewhere.url });
  expect(await notify(notification, { url, secret: SECRET }, never)).toMatchObject({ isFinal: true });
  expect(elsewhere.got).toEqual([]);
});

test("an answer without an end is not read to its end", async () => {
  const { url } = await aReceiver((response) => {
    response.writeHead(200);
    const more = () => response.writable && response.write("x".repeat(16_384), more);
    more();
  });
  expect(await notify(notification, { url, secret: SECRET }, never)).toEqual({ url: null });
});

test("what nobody listens on is tried again", async () => {
  const { url } = await answers(200);
  await new Promise((resolve) => servers[0]?.close(resolve));
  expect(await notify(notification, { url, secret: SECRET }, never)).toMatchObject({
    failure: expect.stringContaining("ECONNREFUSED"),
    isFinal: false,
  });
});

test.each(["https://169.254.169.254/latest", "https://10.0.0.1/", "https://[::ffff:10.0.0.1]/", "https://[fd00::1]/"])(
  "%s lies in a private network, and is not asked",
  async (url) => {
    expect(await notify(notification, { url, secret: SECRET }, never)).toMatchObject({
      failure: expect.stringContaining("private network"),
      isFinal: true,
    });
  },
);
