import { Inspector2Client, paginateListFindings } from "@aws-sdk/client-inspector2";
import { afterAll, expect, test } from "vitest";
import { startSample } from "./server.ts";

const sample = await startSample({ port: 0, findings: 3000, end: new Date("2026-11-01T00:00:00Z") });
afterAll(() => sample.close());

function clientAt(path: string, region = "us-east-1"): Inspector2Client {
  return new Inspector2Client({
    endpoint: `${sample.url}${path}`,
    region,
    credentials: { accessKeyId: "sample", secretAccessKey: "sample" },
    retryMode: "standard",
  });
}

test("every page of a past instant parses in the SDK and holds findings of one region only", async () => {
  const client = clientAt("/as-of/2026-03-01T00:00:00Z");
  const findings = [];
  for await (const page of paginateListFindings({ client, pageSize: 100 }, {})) findings.push(...(page.findings ?? []));
  expect(findings.length).toBeGreaterThan(100);
  expect(new Set(findings.map(({ findingArn }) => findingArn)).size).toBe(findings.length);
  expect(findings.every(({ findingArn }) => findingArn?.startsWith("arn:aws:inspector2:us-east-1:"))).toBe(true);
  expect(findings.every(({ updatedAt }) => (updatedAt?.getTime() ?? 0) <= Date.parse("2026-03-01T00:00:00Z"))).toBe(
    true,
  );
});
