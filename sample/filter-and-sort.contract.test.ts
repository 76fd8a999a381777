import { type FilterCriteria, type Finding, paginateListFindings, type SortCriteria } from "@aws-sdk/client-inspector2";
import { afterAll, expect, test } from "vitest";
import { sampleClient } from "#testing/sample-client.ts";
import { startSample } from "./server.ts";

const sample = await startSample({ port: 0, findings: 3000, end: new Date("2026-11-01T00:00:00Z") });
afterAll(() => sample.close());
const client = sampleClient(sample.url, { asOf: "2026-06-01T00:00:00Z" });

async function findingsOf(filterCriteria?: FilterCriteria, sortCriteria?: SortCriteria): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const page of paginateListFindings({ client, pageSize: 100 }, { filterCriteria, sortCriteria })) {
    findings.push(...(page.findings ?? []));
  }
  return findings;
}
const arns = (findings: Finding[]) => findings.map(({ findingArn }) => findingArn);
const all = await findingsOf();

const since = new Date("2026-05-20T00:00:00Z");
const account = all[0]?.awsAccountId ?? "";
const resource = all[0]?.resources?.[0]?.id ?? "";
test.each<[string, FilterCriteria, (finding: Finding) => boolean]>([
  ["status", { findingStatus: [{ comparison: "EQUALS", value: "ACTIVE" }] }, ({ status }) => status === "ACTIVE"],
  [
    "status by exclusion",
    { findingStatus: [{ comparison: "NOT_EQUALS", value: "CLOSED" }] },
    ({ status }) => status !== "CLOSED",
  ],
  [
    "any of two severities",
    {
      severity: [
        { comparison: "EQUALS", value: "CRITICAL" },
        { comparison: "EQUALS", value: "HIGH" },
      ],
    },
    ({ severity }) => severity === "CRITICAL" || severity === "HIGH",
  ],
  [
    "none of two severities",
    {
      severity: [
        { comparison: "NOT_EQUALS", value: "MEDIUM" },
        { comparison: "NOT_EQUALS", value: "HIGH" },
      ],
    },
    ({ severity }) => severity !== "MEDIUM" && severity !== "HIGH",
  ],
  [
    "account",
    { awsAccountId: [{ comparison: "EQUALS", value: account }] },
    ({ awsAccountId }) => awsAccountId === account,
  ],
  [
    "type",
    { findingType: [{ comparison: "EQUALS", value: "CODE_VULNERABILITY" }] },
    ({ type }) => type === "CODE_VULNERABILITY",
  ],
  [
    "resource",
    { resourceId: [{ comparison: "EQUALS", value: resource }] },
    ({ resources }) => resources?.[0]?.id === resource,
  ],
  [
    "resource type by prefix",
    { resourceType: [{ comparison: "PREFIX", value: "AWS_E" }] },
    ({ resources }) => resources?.[0]?.type?.startsWith("AWS_E") === true,
  ],
  [
    "vulnerability by prefix",
    { vulnerabilityId: [{ comparison: "PREFIX", value: "CVE-2023-" }] },
    ({ packageVulnerabilityDetails }) => packageVulnerabilityDetails?.vulnerabilityId?.startsWith("CVE-2023-") === true,
  ],
  ["fix", { fixAvailable: [{ comparison: "EQUALS", value: "NO" }] }, ({ fixAvailable }) => fixAvailable === "NO"],
  [
    "exploit",
    { exploitAvailable: [{ comparison: "EQUALS", value: "YES" }] },
    ({ exploitAvailable }) => exploitAvailable === "YES",
  ],
  [
    "changes since",
    { updatedAt: [{ startInclusive: since }] },
    ({ updatedAt }) => (updatedAt?.getTime() ?? 0) >= since.getTime(),
  ],
  [
    "first seen in a span",
    { firstObservedAt: [{ startInclusive: since, endInclusive: new Date("2026-05-25T00:00:00Z") }] },
    ({ firstObservedAt }) => {
      const at = firstObservedAt?.getTime() ?? 0;
      return at >= since.getTime() && at <= Date.parse("2026-05-25T00:00:00Z");
    },
  ],
  [
    "last seen",
    { lastObservedAt: [{ endInclusive: since }] },
    ({ lastObservedAt }) => (lastObservedAt?.getTime() ?? 0) <= since.getTime(),
  ],
  ["score", { inspectorScore: [{ lowerInclusive: 9.5 }] }, ({ inspectorScore }) => (inspectorScore ?? 0) >= 9.5],
  [
    "EPSS",
    { epssScore: [{ lowerInclusive: 0.5, upperInclusive: 0.9 }] },
    ({ epss }) => (epss?.score ?? 0) >= 0.5 && (epss?.score ?? 0) <= 0.9,
  ],
  [
    "ARN",
    { findingArn: [{ comparison: "EQUALS", value: all[3]?.findingArn ?? "" }] },
    ({ findingArn }) => findingArn === all[3]?.findingArn,
  ],
  [
    "two criteria",
    {
      findingStatus: [{ comparison: "EQUALS", value: "ACTIVE" }],
      exploitAvailable: [{ comparison: "EQUALS", value: "YES" }],
    },
    ({ status, exploitAvailable }) => status === "ACTIVE" && exploitAvailable === "YES",
  ],
])("a filter by %s keeps exactly what it should", async (_name, filterCriteria, matches) => {
  const kept = all.filter(matches);
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(all.length);
  expect(arns(await findingsOf(filterCriteria))).toEqual(arns(kept));
});

const SEVERITIES = ["UNTRIAGED", "INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"];
test.each<[SortCriteria["field"], (finding: Finding) => number]>([
  ["SEVERITY", ({ severity }) => SEVERITIES.indexOf(severity ?? "")],
  ["FIRST_OBSERVED_AT", ({ firstObservedAt }) => firstObservedAt?.getTime() ?? 0],
  ["LAST_OBSERVED_AT", ({ lastObservedAt }) => lastObservedAt?.getTime() ?? 0],
  ["INSPECTOR_SCORE", ({ inspectorScore }) => inspectorScore ?? -1],
  ["EPSS_SCORE", ({ epss }) => epss?.score ?? -1],
])("sorted by %s, findings come in that order both ways", async (field, read) => {
  const ascending = (await findingsOf(undefined, { field, sortOrder: "ASC" })).map(read);
  expect(ascending).toEqual(all.map(read).sort((a, b) => a - b));
  const descending = (await findingsOf(undefined, { field, sortOrder: "DESC" })).map(read);
  expect(descending).toEqual(all.map(read).sort((a, b) => b - a));
});
