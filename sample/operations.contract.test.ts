import {
  BatchGetAccountStatusCommand,
  BatchGetCodeSnippetCommand,
  BatchGetFindingDetailsCommand,
  type CoverageFilterCriteria,
  type CoveredResource,
  type FilterCriteria,
  type Finding,
  ListDelegatedAdminAccountsCommand,
  ListFindingsCommand,
  ListMembersCommand,
  paginateListCoverage,
  paginateListFindings,
} from "@aws-sdk/client-inspector2";
import { afterAll, expect, test } from "vitest";
import { sampleClient } from "#testing/sample-client.ts";
import { startSample } from "./server.ts";

const end = new Date("2026-11-01T00:00:00Z");
const sample = await startSample({ port: 0, findings: 3000, end });
afterAll(() => sample.close());

const client = sampleClient(sample.url);
const organisation = await (await fetch(`${sample.url}/organisation`)).json();

async function coverageOf(filterCriteria?: CoverageFilterCriteria, asOf?: string): Promise<CoveredResource[]> {
  const covered: CoveredResource[] = [];
  const from = sampleClient(sample.url, asOf === undefined ? {} : { asOf });
  for await (const page of paginateListCoverage({ client: from, pageSize: 200 }, { filterCriteria })) {
    covered.push(...(page.coveredResources ?? []));
  }
  return covered;
}

async function someFindings(filterCriteria: FilterCriteria): Promise<Finding[]> {
  const { findings } = await client.send(new ListFindingsCommand({ maxResults: 10, filterCriteria }));
  return findings ?? [];
}
const ofType = (value: string): FilterCriteria => ({ findingType: [{ comparison: "EQUALS", value }] });
const arnsOf = (findings: Finding[]) => findings.map(({ findingArn }) => findingArn ?? "");

test("the organisation tells its accounts by name, its regions and its year", () => {
  expect(organisation.accounts.length).toBeGreaterThanOrEqual(12);
  expect(organisation.accounts[0]).toEqual({
    id: organisation.adminAccountId,
    name: "security-tooling",
    email: "aws+security-tooling@example.com",
  });
  expect(organisation).toMatchObject({ end: end.toISOString(), start: "2025-11-02T00:00:00.000Z", seed: "sightline" });
  expect(organisation.regions).toHaveLength(3);
});

test("health is told without a signature", async () => {
  expect(await (await fetch(`${sample.url}/healthz`)).json()).toEqual({ status: "ok" });
});

test("every resource with an active finding is covered, scanned or with a reason why not", async () => {
  const covered = new Map((await coverageOf()).map((each) => [each.resourceId, each]));
  for await (const page of paginateListFindings({ client, pageSize: 100 }, {})) {
    for (const { status, resources } of page.findings ?? []) {
      const scanStatus = covered.get(resources?.[0]?.id)?.scanStatus;
      if (status === "ACTIVE") expect(scanStatus?.reason).toBeTruthy();
    }
  }
});

test("coverage is one entry for each way of scanning a resource, last scanned after it appeared and not later than now", async () => {
  const covered = await coverageOf();
  const keys = covered.map(({ resourceId, scanType }) => `${resourceId} ${scanType}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { lastScannedAt } of covered) expect(lastScannedAt?.getTime()).toBeLessThanOrEqual(end.getTime());
  expect(new Set(covered.map(({ scanType }) => scanType))).toEqual(new Set(["PACKAGE", "NETWORK", "CODE"]));
});

test("some resources are no longer scanned, each for a reason", async () => {
  const inactive = await coverageOf({ scanStatusCode: [{ comparison: "EQUALS", value: "INACTIVE" }] });
  const reasons = new Set(inactive.map(({ scanStatus }) => scanStatus?.reason));
  expect(inactive.length).toBeGreaterThan(5);
  expect(reasons.size).toBeGreaterThan(1);
  expect(reasons).not.toContain("SUCCESSFUL");
});

test("coverage filters keep exactly what they should", async () => {
  const all = await coverageOf();
  const wanted = all.filter(({ resourceType }) => resourceType === "AWS_LAMBDA_FUNCTION");
  expect(await coverageOf({ resourceType: [{ comparison: "EQUALS", value: "AWS_LAMBDA_FUNCTION" }] })).toEqual(wanted);
  const id = all[4]?.resourceId ?? "";
  expect(await coverageOf({ resourceId: [{ comparison: "EQUALS", value: id }] })).toEqual(
    all.filter(({ resourceId }) => resourceId === id),
  );
  await expect(coverageOf({ scanMode: [{ comparison: "EQUALS", value: "EC2_AGENTLESS" }] })).rejects.toThrow(
    /scanMode/,
  );
});

test("resources come and go with time, and a terminated one is listed for a day", async () => {
  const ids = async (asOf: string) => new Set((await coverageOf(undefined, asOf)).map(({ resourceId }) => resourceId));
  const [january, july] = [await ids("2026-01-10T00:00:00Z"), await ids("2026-07-10T00:00:00Z")];
  expect(january.isSubsetOf(july)).toBe(false);
  expect(july.isSubsetOf(january)).toBe(false);
});

test("the account that joins late is a member and enabled only from then on", async () => {
  const at = async (asOf: string) => {
    const then = sampleClient(sample.url, { asOf });
    const { members = [] } = await then.send(new ListMembersCommand({}));
    const accountIds = organisation.accounts.map(({ id }: { id: string }) => id);
    const { accounts = [] } = await then.send(new BatchGetAccountStatusCommand({ accountIds }));
    return [members.length, accounts.filter(({ state }) => state?.status === "ENABLED").length];
  };
  const count = organisation.accounts.length;
  expect(await at("2026-02-01T00:00:00Z")).toEqual([count - 2, count - 1]);
  expect(await at("2026-05-01T00:00:00Z")).toEqual([count - 1, count]);
});

test("members can be paged", async () => {
  const first = await client.send(new ListMembersCommand({ maxResults: 10 }));
  const second = await client.send(new ListMembersCommand({ maxResults: 10, nextToken: first.nextToken }));
  expect([first.members?.length, second.members?.length]).toEqual([10, organisation.accounts.length - 11]);
});

test("an account of somebody else fails on its own", async () => {
  const accountIds = [organisation.adminAccountId, "999999999999"];
  const { accounts, failedAccounts } = await client.send(new BatchGetAccountStatusCommand({ accountIds }));
  expect(accounts?.map(({ accountId }) => accountId)).toEqual([organisation.adminAccountId]);
  expect(failedAccounts?.map(({ accountId, errorCode }) => [accountId, errorCode])).toEqual([
    ["999999999999", "ACCESS_DENIED"],
  ]);
});

test("without account ids the status is the caller's own, and disabled where Inspector is off", async () => {
  const elsewhere = sampleClient(sample.url, { region: "sa-east-1" });
  const { accounts } = await elsewhere.send(new BatchGetAccountStatusCommand({}));
  expect(accounts?.map(({ accountId, state }) => [accountId, state?.status])).toEqual([
    [organisation.adminAccountId, "DISABLED"],
  ]);
});

test("there is one delegated administrator", async () => {
  const { delegatedAdminAccounts } = await client.send(new ListDelegatedAdminAccountsCommand({}));
  expect(delegatedAdminAccounts).toEqual([{ accountId: organisation.adminAccountId, status: "ENABLED" }]);
});

test("a code finding's snippet holds the lines that the finding names", async () => {
  const findings = await someFindings(ofType("CODE_VULNERABILITY"));
  const { codeSnippetResults } = await client.send(new BatchGetCodeSnippetCommand({ findingArns: arnsOf(findings) }));
  expect(codeSnippetResults).toHaveLength(findings.length);
  for (const { findingArn, startLine, endLine, codeSnippet } of codeSnippetResults ?? []) {
    const finding = findings.find((each) => each.findingArn === findingArn);
    expect(finding?.codeVulnerabilityDetails?.filePath).toMatchObject({ startLine, endLine });
    const numbers = codeSnippet?.map(({ lineNumber }) => lineNumber);
    expect(numbers).toEqual(expect.arrayContaining([startLine, endLine]));
  }
  expect(codeSnippetResults?.some(({ suggestedFixes }) => suggestedFixes?.[0]?.code)).toBe(true);
});

test("a finding without code has no snippet", async () => {
  const findingArns = arnsOf(await someFindings(ofType("PACKAGE_VULNERABILITY"))).slice(0, 2);
  const { codeSnippetResults, errors } = await client.send(new BatchGetCodeSnippetCommand({ findingArns }));
  expect(codeSnippetResults).toEqual([]);
  expect(errors?.map(({ findingArn, errorCode }) => [findingArn, errorCode])).toEqual(
    findingArns.map((arn) => [arn, "CODE_SNIPPET_NOT_FOUND"]),
  );
});

test("details of a package finding carry its weaknesses and, in CISA's catalogue, the day it was added", async () => {
  const exploited: Finding[] = [];
  for await (const page of paginateListFindings(
    { client, pageSize: 100 },
    { filterCriteria: ofType("PACKAGE_VULNERABILITY") },
  )) {
    exploited.push(...(page.findings?.filter(({ exploitabilityDetails }) => exploitabilityDetails) ?? []));
  }
  const findingArns = arnsOf(exploited).slice(0, 10);
  const { findingDetails = [] } = await client.send(new BatchGetFindingDetailsCommand({ findingArns }));
  expect(findingDetails.length).toBeGreaterThan(0);
  expect(findingDetails.map(({ findingArn }) => findingArn)).toEqual(findingArns);
  for (const { cwes, epssScore, riskScore, cisaData } of findingDetails) {
    expect(cwes?.[0]).toMatch(/^CWE-\d+$/);
    expect(epssScore).toBeGreaterThan(0);
    expect(riskScore).toBeGreaterThan(20);
    expect(cisaData?.dateAdded).toBeInstanceOf(Date);
  }
});

test("a finding of another region, and an ARN that is none, are told apart", async () => {
  const { findings } = await sampleClient(sample.url, { region: "eu-central-1" }).send(
    new ListFindingsCommand({ maxResults: 1 }),
  );
  const { errors } = await client.send(new BatchGetFindingDetailsCommand({ findingArns: arnsOf(findings ?? []) }));
  expect(errors?.map(({ errorCode }) => errorCode)).toEqual(["FINDING_DETAILS_NOT_FOUND"]);
  const invalid = client.send(new BatchGetFindingDetailsCommand({ findingArns: ["arn:aws:s3:::bucket"] }));
  await expect(invalid).rejects.toMatchObject({ name: "ValidationException" });
});

test("more than ten ARNs in a call are refused", async () => {
  const findingArns = arnsOf(await someFindings({})).concat(arnsOf(await someFindings({})));
  await expect(client.send(new BatchGetCodeSnippetCommand({ findingArns }))).rejects.toThrow(/findingArns/);
});
