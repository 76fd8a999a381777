import { ListFindingsCommand, ListMembersCommand, paginateListFindings } from "@aws-sdk/client-inspector2";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sampleClient } from "#testing/sample-client.ts";
import { type Sample, startSample } from "./server.ts";

const end = new Date("2026-11-01T00:00:00Z");
let sample: Sample;
beforeEach(async () => {
  sample = await startSample({ port: 0, findings: 1000, end });
});
afterEach(() => sample.close());

/** The ARNs of all pages, page by page. */
async function pagesOf(): Promise<string[][]> {
  const pages: string[][] = [];
  for await (const page of paginateListFindings({ client: sampleClient(sample.url), pageSize: 20 }, {})) {
    pages.push(page.findings?.map(({ findingArn }) => findingArn ?? "") ?? []);
  }
  return pages;
}
const listOnce = () => sampleClient(sample.url).send(new ListFindingsCommand({ maxResults: 20 }));

test("a throttled request says when to come again, and the next one is answered", async () => {
  sample.inject({ kind: "throttle", retryAfterSeconds: 7 });
  await expect(listOnce()).rejects.toMatchObject({
    name: "ThrottlingException",
    retryAfterSeconds: 7,
    $metadata: { httpStatusCode: 429 },
  });
  await expect(listOnce()).resolves.toBeDefined();
});

test("a failure befalls as many requests as it is told to", async () => {
  sample.inject({ kind: "fail", times: 2 });
  for (const _request of [1, 2])
    await expect(listOnce()).rejects.toMatchObject({ name: "InternalServerException", $fault: "server" });
  await expect(listOnce()).resolves.toBeDefined();
});

test("a denial names the user and the action", async () => {
  sample.inject({ kind: "deny", operation: "ListFindings" });
  await expect(listOnce()).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: expect.stringMatching(
      /^User: arn:aws:sts::\d{12}:\S+ is not authorized to perform: inspector2:ListFindings/,
    ),
  });
});

test("a fault waits for its own operation and page", async () => {
  sample.inject({ kind: "fail", operation: "ListCoverage" });
  sample.inject({ kind: "fail", operation: "ListFindings", page: 2 });
  await expect(listOnce()).resolves.toBeDefined();
  await expect(pagesOf()).rejects.toMatchObject({ name: "InternalServerException" });
  await expect(pagesOf()).resolves.toBeDefined();
});

test("a hanging request holds up neither others nor the end of the sample", async () => {
  sample.inject({ kind: "hang", operation: "ListMembers" });
  const hanging = sampleClient(sample.url).send(new ListMembersCommand({}));
  const settled = hanging.then(
    () => "answered",
    () => "broken off",
  );
  await expect(listOnce()).resolves.toBeDefined();
  await sample.close();
  expect(await settled).toBe("broken off");
});

test("a cut answer is an error, not a shorter page", async () => {
  sample.inject({ kind: "cut" });
  await expect(listOnce()).rejects.toThrow();
  await expect(listOnce()).resolves.toBeDefined();
});

test("a repeated page comes twice and nothing is lost", async () => {
  const whole = await pagesOf();
  sample.inject({ kind: "repeat-page", page: 2 });
  expect(await pagesOf()).toEqual([...whole.slice(0, 2), ...whole.slice(1)]);
});

test("a lost page is missing without a sign", async () => {
  const whole = await pagesOf();
  sample.inject({ kind: "lose-page", page: 2 });
  expect(await pagesOf()).toEqual([...whole.slice(0, 2), ...whole.slice(3)]);
});

test("an expired token breaks a pass off in the middle", async () => {
  sample.inject({ kind: "expire-token", page: 3 });
  await expect(pagesOf()).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.stringMatching(/expired/),
  });
});

test("faults can be there from the start", async () => {
  const faulty = await startSample({ port: 0, findings: 1000, end, faults: [{ kind: "fail" }] });
  const listed = sampleClient(faulty.url).send(new ListFindingsCommand({}));
  await expect(listed).rejects.toMatchObject({ name: "InternalServerException" });
  await faulty.close();
});
