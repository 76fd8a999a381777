import { createHash } from "node:crypto";
import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { CreateUploadUrlCommand, ListScansCommand } from "#lib/sources/codeguru/commands.ts";
import { testDatabase } from "#testing/database.ts";
import { SCANNER_KEY, scannerService } from "#testing/scanner-service.ts";
import { ALGORITHM, scopeText, signatureOf, toTimestamp } from "./sigv4/signature.ts";

const service = scannerService(testDatabase());

type Sent = { method: string; target: string; headers: Record<string, string>; body: string };
type Part = Partial<Sent> & { at?: Date; service?: string; day?: string };

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const minutes = (count: number) => new Date(Date.now() + count * 60_000);

/** A request signed as it should be, unless the part says otherwise. */
function signed({ at = new Date(), service: name = "codeguru-security", day, ...part }: Part = {}): Sent {
  const { host } = new URL(service.url);
  const timestamp = toTimestamp(at);
  const sent = { method: "GET", target: "/scans", body: "", ...part };
  const headers = { host, "x-amz-date": timestamp, "x-amz-content-sha256": sha256(sent.body), ...part.headers };
  const [rawPath = "", rawQuery = ""] = sent.target.split("?");
  const scope = { day: day ?? timestamp.slice(0, 8), region: "us-east-1", service: name };
  const signedHeaders = Object.keys(headers).sort();
  const signature = signatureOf(
    {
      method: sent.method,
      rawPath,
      rawQuery,
      headers: new Map(Object.entries(headers).map(([key, value]) => [key, [value]])),
    },
    { scope, timestamp, signedHeaders, payloadHash: sha256(sent.body) },
    SCANNER_KEY.secretAccessKey,
  );
  const credential = `Credential=${SCANNER_KEY.accessKeyId}/${scopeText(scope)}`;
  const authorization = `${ALGORITHM} ${credential}, SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`;
  return { ...sent, headers: { ...headers, authorization } };
}

/** Sends exactly what it is given: fetch would add and refuse headers. */
function send({ method, target, headers, body }: Sent): Promise<{ status: number; errorType: string | undefined }> {
  const { hostname, port } = new URL(service.url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path: target, headers, agent: false }, (response) => {
      response.resume();
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, errorType: response.headers["x-amzn-errortype"]?.toString() }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function without(sent: Sent, header: string): Sent {
  const { [header]: _, ...headers } = sent.headers;
  return { ...sent, headers };
}

const changed = (sent: Sent, headers: Record<string, string>): Sent => ({
  ...sent,
  headers: { ...sent.headers, ...headers },
});
const create = () => signed({ method: "POST", target: "/uploadUrl", body: '{"scanName":"a"}' });
const replaceIn = (sent: Sent, from: string | RegExp, to: string) =>
  changed(sent, { authorization: (sent.headers.authorization ?? "").replace(from, to) });

test("a request signed by the rules is answered", async () => {
  expect(await send(signed())).toMatchObject({ status: 200 });
  expect(await send(create())).toMatchObject({ status: 200 });
  expect(await send(signed({ target: "/scans?maxResults=5&nope=a%20b%2Bc" }))).toMatchObject({ status: 200 });
  expect(await send(signed({ at: minutes(-4) }))).toMatchObject({ status: 200 });
  expect(await send(signed({ at: minutes(4) }))).toMatchObject({ status: 200 });
});

describe("a request is refused", () => {
  const MISSING = "MissingAuthenticationTokenException";
  const INCOMPLETE = "IncompleteSignatureException";
  const INVALID = "InvalidSignatureException";
  test.each<[string, string, () => Sent]>([
    ["without a signature", MISSING, () => without(signed(), "authorization")],
    ["with another scheme", INCOMPLETE, () => changed(signed(), { authorization: "Bearer x" })],
    ["without a date", INCOMPLETE, () => without(signed(), "x-amz-date")],
    ["by an unknown key", "UnrecognizedClientException", () => replaceIn(signed(), SCANNER_KEY.accessKeyId, "OTHER")],
    ["with another body", INVALID, () => ({ ...create(), body: '{"scanName":"b"}' })],
    [
      "with another body and its hash",
      INVALID,
      () => ({ ...changed(create(), { "x-amz-content-sha256": sha256("{}") }), body: "{}" }),
    ],
    ["with another path", INVALID, () => ({ ...signed(), target: "/accountConfiguration/get" })],
    ["with another method", INVALID, () => ({ ...signed({ method: "POST" }), method: "GET" })],
    ["with another query", INVALID, () => ({ ...signed(), target: "/scans?maxResults=1" })],
    ["with another host", INVALID, () => changed(signed(), { host: "evil.test" })],
    [
      "with a signed header changed",
      INVALID,
      () => changed(signed({ headers: { "x-amz-meta-a": "1" } }), { "x-amz-meta-a": "2" }),
    ],
    ["with an AWS header slipped in", INVALID, () => changed(signed(), { "x-amz-meta-a": "1" })],
    ["without the host signed", INVALID, () => replaceIn(signed(), "host;", "")],
    ["with one digit of the signature changed", INVALID, () => replaceIn(signed(), /.$/, "g")],
    ["with half a signature", INVALID, () => replaceIn(signed(), /.{32}$/, "")],
    ["6 minutes old", INVALID, () => signed({ at: minutes(-6) })],
    ["6 minutes early", INVALID, () => signed({ at: minutes(6) })],
    ["with a credential of another day", INVALID, () => signed({ day: "20200101" })],
    ["for another service", INVALID, () => signed({ service: "s3" })],
    [
      "with a date that is none",
      INCOMPLETE,
      () => changed(signed({ day: "20261399" }), { "x-amz-date": "20261399T000000Z" }),
    ],
  ])("%s", async (_name, errorType, make) => {
    expect(await send(make())).toEqual({ status: 403, errorType });
  });
});

test("an unknown operation is told apart only by who is signed in", async () => {
  expect(await send(signed({ target: "/nope" }))).toEqual({ status: 400, errorType: "ValidationException" });
  expect(await send(without(signed({ target: "/nope" }), "authorization"))).toMatchObject({ status: 403 });
});

describe("a body that cannot be read is a ValidationException", () => {
  test.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["too large", JSON.stringify({ scanName: "x".repeat(1024 * 1024) })],
  ])("%s", async (_name, body) => {
    const answer = await send(signed({ method: "POST", target: "/uploadUrl", body }));
    expect(answer).toEqual({ status: 400, errorType: "ValidationException" });
  });
  test("a query or a path that is not encoded", async () => {
    expect(await send(signed({ target: "/scans/%zz" }))).toMatchObject({ status: 400 });
    expect(await send({ ...signed(), target: "/scans?a=%zz" })).toMatchObject({ status: 400 });
  });
});

test("a client with a wrong clock or key gets AWS's own error names", async () => {
  const early = service.client({ systemClockOffset: -3600_000 });
  await expect(early.send(new ListScansCommand({}))).rejects.toMatchObject({ name: "InvalidSignatureException" });
  const stranger = service.client({ credentials: { ...SCANNER_KEY, secretAccessKey: "another-secret-key" } });
  await expect(stranger.send(new ListScansCommand({}))).rejects.toMatchObject({ name: "InvalidSignatureException" });
});

test("a client with a wrong clock sets it by the answer and succeeds at the second try", async () => {
  const early = service.client({ systemClockOffset: -3600_000, maxAttempts: 2 });
  const answer = await early.send(new CreateUploadUrlCommand({ scanName: "late" }));
  expect(answer.codeArtifactId).toMatch(/^[0-9a-f-]{36}$/);
});

test("health is told to anyone, and nothing else is", async () => {
  const anonymous = (target: string, method = "GET") => send(without(signed({ method, target }), "authorization"));
  expect(await anonymous("/healthz")).toMatchObject({ status: 200 });
  for (const target of ["/", "/healthz/", "/scans", "/artifacts/x", "//healthz"])
    expect(await anonymous(target)).toMatchObject({ status: 403 });
});
