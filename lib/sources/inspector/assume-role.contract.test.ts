import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSample } from "../../../sample/server.ts";
import { inspectorClient } from "./inspector-client.ts";
import { inspectorSource } from "./inspector-source.ts";

const REGION = "us-east-1";
const roleArn = "arn:aws:iam::111122223333:role/SightlineRead";
const externalId = "a-long-external-id";
const sample = await startSample({ port: 0, findings: 200, end: new Date("2026-11-01T00:00:00Z") });

/** AWS's token service, as far as AssumeRole goes: the external id decides. */
const asked: URLSearchParams[] = [];
const tokenService = createServer(async (request, response) => {
  const form = new URLSearchParams(await text(request));
  asked.push(form);
  const isAllowed = form.get("RoleArn") === roleArn && form.get("ExternalId") === externalId;
  response.writeHead(isAllowed ? 200 : 403, { "content-type": "text/xml" });
  response.end(isAllowed ? ALLOWED : DENIED);
});
const ALLOWED = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
  <Credentials><AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
  <SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
  </AssumeRoleResult></AssumeRoleResponse>`;
const DENIED = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
  <Code>AccessDenied</Code><Message>User: arn:aws:iam::999900001111:user/x is not authorized to perform: sts:AssumeRole
  on resource: ${roleArn}</Message></Error></ErrorResponse>`;

beforeAll(async () => {
  await new Promise<void>((resolve) => tokenService.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with that port.
  const { port } = tokenService.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: "OWN",
    AWS_SECRET_ACCESS_KEY: "secret",
  });
});
afterAll(async () => {
  tokenService.closeAllConnections();
  tokenService.close();
  await sample.close();
});

async function countFindings(access: { roleArn: string; externalId: string | null }): Promise<number> {
  const client = inspectorClient({ region: REGION, endpoint: sample.url, isSample: false, ...access });
  let count = 0;
  try {
    const pass = { since: null, signal: new AbortController().signal };
    for await (const page of inspectorSource(client, REGION).observeFindings(pass)) count += page.length;
  } finally {
    client.destroy();
  }
  return count;
}

test("a role is assumed with its external id, once for many calls", async () => {
  expect(await countFindings({ roleArn, externalId })).toBeGreaterThan(0);
  expect(asked.map((form) => [form.get("Action"), form.get("ExternalId")])).toEqual([["AssumeRole", externalId]]);
});

test("a role that may not be assumed is named as the permission that is missing", async () => {
  await expect(countFindings({ roleArn, externalId: null })).rejects.toMatchObject({
    failure: { code: "access-denied", permission: "sts:AssumeRole" },
  });
});
