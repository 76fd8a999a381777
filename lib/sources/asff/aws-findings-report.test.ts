import { expect, test } from "vitest";
import { ZodError } from "zod";
import { AppError } from "#lib/domain/errors.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { awsFindingsReport } from "./aws-findings-report.ts";
import { asffCode, asffPackage, asffPort, ocsfPackage, ocsfPort } from "./fixtures/findings.ts";

const at = new Date("2026-02-01T00:00:00Z");

async function* inChunks(text: string) {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += 97) yield bytes.subarray(from, from + 97);
}
const read = (list: unknown) =>
  awsFindingsReport({
    name: "hub",
    at,
    open: () => inChunks(JSON.stringify(list)),
    signal: new AbortController().signal,
  });
async function observe(list: unknown): Promise<ObservedFinding[]> {
  const report = await read(list);
  const pages = await Array.fromAsync(report.observeFindings());
  expect(pages.flat()).toHaveLength(report.findings);
  return pages.flat();
}

test("a package finding says the same in both formats, and belongs to its report", async () => {
  const [asff] = await observe([asffPackage]);
  const [ocsf] = await observe([ocsfPackage]);
  const common = {
    sourceId: "hub/arn:aws:inspector2:eu-west-1:111122223333:finding/0a1b",
    accountId: "000000000000",
    region: "hub",
    scanName: "hub",
    type: "package",
    status: "active",
    severity: "high",
    title: "CVE-2025-24813 - openssl",
    vulnerability: {
      name: "CVE-2025-24813",
      kind: "cve",
      epss: 0.42,
      sourceUrl: "https://nvd.nist.gov/vuln/detail/CVE-2025-24813",
      cvss: [{ source: "NVD", version: "3.1", vector: "CVSS:3.1/AV:N", score: 9.8 }],
    },
    resource: {
      type: "AWS_ECR_CONTAINER_IMAGE",
      lineage: "image:111122223333/shop/api",
      tags: { team: "shop", "aws:account": "111122223333", "aws:region": "eu-west-1" },
    },
    packages: [
      {
        name: "openssl",
        version: "1:3.0.1-2.amzn2023",
        fixedIn: "1:3.0.2",
        manager: "OS",
        remediation: "dnf update openssl",
      },
    ],
    fixAvailable: "yes",
    exploitAvailable: "yes",
    remediation: { text: "Update the package.", url: "https://example.com/advice" },
    firstObservedAt: new Date("2026-01-02T03:04:05Z"),
    updatedAt: at,
  };
  expect(asff).toMatchObject({ ...common, score: 8.1, raw: asffPackage });
  expect(ocsf).toMatchObject({ ...common, raw: ocsfPackage });
});

test("an open port is one in both formats", async () => {
  for (const list of [[asffPort], [ocsfPort]]) {
    expect(await observe(list)).toMatchObject([
      {
        type: "network",
        severity: "medium",
        vulnerability: { name: "tcp/22", kind: "exposure" },
        network: { portBegin: 22, portEnd: 22 },
      },
    ]);
  }
});

test("a finding in a function's code has its place and its weakness", async () => {
  expect(await observe({ Findings: [asffCode] })).toMatchObject([
    {
      type: "code",
      lineage: "function:eu-west-1/invoices#src/main.py",
      code: { path: "src/main.py", startLine: 6, detectorId: "python/hardcoded-credentials@v1.0" },
      vulnerability: { kind: "detector", cwes: ["CWE-798"] },
    },
  ]);
});

test("what is suppressed there is so here; what is archived, resolved or closed is no finding", async () => {
  const list = [
    { ...asffPackage, Workflow: { Status: "SUPPRESSED" } },
    { ...asffPort, RecordState: "ARCHIVED" },
    { ...asffCode, Workflow: { Status: "RESOLVED" } },
    { ...ocsfPort, status_id: 4 },
    { ...ocsfPort, activity_id: 3 },
  ];
  expect((await observe(list)).map(({ status }) => status)).toEqual(["suppressed"]);
});

test("what other products found is left out, and said", async () => {
  const guard = { ...asffPort, ProductArn: "arn:aws:securityhub:eu-west-1::product/aws/guardduty" };
  const report = await read([asffPackage, guard, guard]);
  expect(report).toMatchObject({
    findings: 1,
    isWhole: true,
    leftOut: [{ path: "hub", reason: "other-product", detail: expect.stringContaining("2 of other products") }],
  });
});

const damaged = (finding: object, path: PropertyKey[], value: unknown): object => {
  const [name, ...rest] = path;
  if (name === undefined) return value as object;
  const copy: Record<PropertyKey, unknown> = Array.isArray(finding) ? { ...finding } : { ...finding };
  copy[name] = rest.length === 0 ? value : damaged((copy[name] ?? {}) as object, rest, value);
  return Array.isArray(finding) ? Object.values(copy) : copy;
};

/** The paths to every value of a finding. */
function pathsOf(value: unknown, path: PropertyKey[] = []): PropertyKey[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, one]) => pathsOf(one, [...path, name]))].filter(
    (one) => one.length > 0,
  );
}

test("whatever is wrong with a finding is told with its path, or makes no difference: nothing fails later", async () => {
  const values = [null, 7, -1, "", "x".repeat(5_000), [], {}, true, "2026-13-99", Number.MAX_SAFE_INTEGER, undefined];
  for (const finding of [asffPackage, asffPort, asffCode, ocsfPackage, ocsfPort]) {
    for (const path of pathsOf(finding)) {
      for (const value of values) {
        const outcome = await observe([damaged(finding, path, value)]).catch((error: unknown) => error);
        expect(outcome, `${path.join(".")} = ${JSON.stringify(value)?.slice(0, 40)}`).not.toBeInstanceOf(ZodError);
        if (!Array.isArray(outcome)) expect(outcome).toBeInstanceOf(AppError);
      }
    }
  }
});
