import {
  type FilterCriteria,
  type Finding,
  type Inspector2Client,
  Inspector2ServiceException,
  ListFindingsCommand,
  paginateListFindings,
} from "@aws-sdk/client-inspector2";
import { afterAll, expect, test } from "vitest";
import { sampleClient } from "#testing/sample-client.ts";
import { startSample } from "./server.ts";

const end = new Date("2026-11-01T00:00:00Z");
const sample = await startSample({ port: 0, findings: 3000, end });
afterAll(() => sample.close());

const asOf = "2026-06-01T00:00:00Z";
const client = sampleClient(sample.url, { asOf });

async function findingsOf(from: Inspector2Client): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const page of paginateListFindings({ client: from, pageSize: 100 }, {})) {
    findings.push(...(page.findings ?? []));
  }
  return findings;
}
const arns = (findings: Finding[]) => findings.map(({ findingArn }) => findingArn);
/** The request as the SDK signs it, but the answer as it is on the wire. */
const signed = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=SAMPLE/20260601/us-east-1/inspector2/aws4_request, SignedHeaders=host, Signature=0",
};
const post = (path: string, body: unknown, headers: Record<string, string> = signed) =>
  fetch(`${sample.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });

const all = await findingsOf(client);

test("a whole pass yields every finding of the region once, and nothing of the future", () => {
  expect(all.length).toBeGreaterThan(200);
  expect(new Set(arns(all)).size).toBe(all.length);
  for (const { findingArn, updatedAt } of all) {
    expect(findingArn).toMatch(/^arn:aws:inspector2:us-east-1:/);
    expect(updatedAt?.getTime()).toBeLessThanOrEqual(Date.parse(asOf));
  }
});

test("pages of any size add up to the same findings in the same order", async () => {
  const small: Finding[] = [];
  for await (const page of paginateListFindings({ client, pageSize: 7 }, {})) small.push(...(page.findings ?? []));
  expect(arns(small)).toEqual(arns(all));
});

test("the SDK knows every member that the sample sends", async () => {
  const criteria = { findingType: [{ comparison: "EQUALS", value: "NETWORK_REACHABILITY" }] } as const;
  for (const filterCriteria of [{}, criteria]) {
    const onTheWire = await (await post(`/as-of/${asOf}/findings/list`, { maxResults: 100, filterCriteria })).json();
    const { findings } = await client.send(
      new ListFindingsCommand({ maxResults: 100, filterCriteria: { ...filterCriteria } as FilterCriteria }),
    );
    expect(membersOf(findings)).toEqual(membersOf(onTheWire.findings));
  }
});

/** The paths of all members, list indexes left out. */
function membersOf(value: unknown, path = ""): Set<string> {
  if (typeof value !== "object" || value === null || value instanceof Date) return new Set([path]);
  return new Set(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === undefined ? [] : [...membersOf(inner, Array.isArray(value) ? `${path}[]` : `${path}.${key}`)],
    ),
  );
}

test("an earlier instant shows an earlier state, and the same one always the same bytes", async () => {
  const body = { maxResults: 100 };
  const [one, two] = await Promise.all([
    post(`/as-of/${asOf}/findings/list`, body),
    post(`/as-of/${asOf}/findings/list`, body),
  ]);
  expect(await one.text()).toBe(await two.text());
  const earlier = await findingsOf(sampleClient(sample.url, { asOf: "2026-01-15T00:00:00.000Z" }));
  expect(arns(earlier)).not.toEqual(arns(all));
});

test("without an instant the sample answers as of now, which for it is the end of its year", async () => {
  const now = await findingsOf(sampleClient(sample.url));
  expect(arns(now)).toEqual(arns(await findingsOf(sampleClient(sample.url, { asOf: end.toISOString() }))));
});

test("after the end of its year the sample stays as it was, and before the beginning it refuses", async () => {
  expect(arns(await findingsOf(sampleClient(sample.url, { asOf: "2027-06-01T00:00:00Z" })))).toEqual(
    arns(await findingsOf(sampleClient(sample.url))),
  );
  expect((await post("/as-of/2025-11-01T23:59:59Z/findings/list", {})).status).toBe(400);
  expect((await post("/as-of/2025-11-02T00:00:00Z/findings/list", {})).status).toBe(200);
});

test("regions are apart, and one where nothing runs is empty", async () => {
  const frankfurt = await findingsOf(sampleClient(sample.url, { asOf, region: "eu-central-1" }));
  expect(frankfurt.length).toBeGreaterThan(100);
  expect(arns(frankfurt).filter((arn) => arns(all).includes(arn))).toEqual([]);
  expect(await findingsOf(sampleClient(sample.url, { asOf, region: "sa-east-1" }))).toEqual([]);
});

test.each<[string, unknown, string]>([
  [
    "an unknown criterion",
    { filterCriteria: { colour: [{ comparison: "EQUALS", value: "red" }] } },
    "filterCriteria.colour",
  ],
  ["a name that every object has", { filterCriteria: { constructor: [] } }, "filterCriteria.constructor"],
  [
    "a comparison of another kind",
    { filterCriteria: { severity: [{ comparison: "LIKE", value: "x" }] } },
    "filterCriteria.severity",
  ],
  [
    "eleven filters",
    { filterCriteria: { severity: Array(11).fill({ comparison: "EQUALS", value: "LOW" }) } },
    "filterCriteria.severity",
  ],
  ["too large a page", { maxResults: 101 }, "maxResults"],
  ["an unknown sort field", { sortCriteria: { field: "COLOUR", sortOrder: "ASC" } }, "sortCriteria.field"],
  ["a made-up token", { nextToken: "bm90IGEgdG9rZW4" }, "nextToken"],
])("%s is refused by name", async (_case, body, field) => {
  const response = await post("/findings/list", body);
  expect(response.status).toBe(400);
  expect(response.headers.get("x-amzn-errortype")).toBe("ValidationException");
  expect(await response.json()).toMatchObject({ reason: "FIELD_VALIDATION_FAILED", fields: [{ name: field }] });
});

test("a token is good only for the query, region and instant it was given to", async () => {
  const { nextToken } = await client.send(new ListFindingsCommand({ maxResults: 10 }));
  const active = { findingStatus: [{ comparison: "EQUALS" as const, value: "ACTIVE" }] };
  await expect(client.send(new ListFindingsCommand({ nextToken, filterCriteria: active }))).rejects.toThrow(
    /nextToken/,
  );
  const elsewhere = sampleClient(sample.url, { asOf, region: "eu-central-1" });
  await expect(elsewhere.send(new ListFindingsCommand({ nextToken }))).rejects.toThrow(/nextToken/);
  const later = sampleClient(sample.url, { asOf: "2026-06-02T00:00:00Z" });
  await expect(later.send(new ListFindingsCommand({ nextToken }))).rejects.toThrow(/nextToken/);
});

test("a request without a signature, or signed for another service, is denied", async () => {
  const unsigned = await post("/findings/list", {}, {});
  expect([unsigned.status, unsigned.headers.get("x-amzn-errortype")]).toEqual([403, "AccessDeniedException"]);
  const foreign = await post(
    "/findings/list",
    {},
    { authorization: signed.authorization.replace("inspector2", "ec2") },
  );
  expect(foreign.status).toBe(403);
});

test("what is no request at all gets an answer too", async () => {
  const broken = await fetch(`${sample.url}/findings/list`, { method: "POST", headers: signed, body: "{" });
  expect(broken.status).toBe(400);
  expect((await post("/no/such/operation", {})).status).toBe(404);
  expect((await post("/as-of/yesterday/findings/list", {})).status).toBe(400);
  expect((await post("/as-of/%zz/findings/list", {})).status).toBe(400);
  expect((await fetch(`${sample.url}/findings/list`, { headers: signed })).status).toBe(404);
});

test("the SDK sees a typed exception", async () => {
  const failure = client.send(
    new ListFindingsCommand({ sortCriteria: { field: "VENDOR_SEVERITY", sortOrder: "ASC" } }),
  );
  await expect(failure).rejects.toBeInstanceOf(Inspector2ServiceException);
  await expect(failure).rejects.toMatchObject({ name: "ValidationException", reason: "FIELD_VALIDATION_FAILED" });
});
