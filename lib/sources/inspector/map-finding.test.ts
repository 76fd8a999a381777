import type { Finding } from "@aws-sdk/client-inspector2";
import { expect, test } from "vitest";
import { ZodError } from "zod";
import {
  codeInFunction,
  codeInRepository,
  packageInImage,
  packageOnAzure,
  packageOnInstance,
  portOnInstance,
} from "./fixtures/findings.ts";
import { toObservedFinding } from "./map-finding.ts";

test("a package finding keeps its score, its packages and what is known of exploits", () => {
  const listedAt = new Date("2026-01-30T00:00:00Z");
  const observed = toObservedFinding(packageOnInstance, listedAt);
  expect(observed).toMatchObject({
    sourceId: packageOnInstance.findingArn,
    accountId: "111122223333",
    region: "eu-west-1",
    type: "package",
    status: "active",
    severity: "critical",
    score: 9.8,
    fixAvailable: "yes",
    exploitAvailable: "yes",
    knownExploitedAt: listedAt,
    remediation: { text: "Update the packages.", url: "https://example.com/advice" },
    updatedAt: new Date("2026-02-01T10:00:05Z"),
    code: null,
    network: null,
  });
  expect(observed.scoreAdjustments).toEqual([{ metric: "AV", reason: "The port is reachable from the internet." }]);
  expect(observed.packages).toEqual([
    {
      name: "openssh-clients",
      version: "8.7p1-24.amzn2023",
      fixedIn: "0:8.7p1-34.amzn2023",
      manager: "OS",
      path: null,
      remediation: "dnf update openssh-clients",
    },
    { name: "openssh", version: "1:8.7p1-24", fixedIn: null, manager: "OS", path: null, remediation: null },
  ]);
  expect(observed.vulnerability).toMatchObject({ name: "CVE-2023-38408", kind: "cve", epss: 0.42 });
});

test("the vulnerability's title holds no package of one resource", () => {
  expect(toObservedFinding(packageOnInstance, null).vulnerability.title).toBe("CVE-2023-38408");
  const told = { ...packageOnInstance, title: "CVE-2023-38408 - Untrusted search path in ssh-agent" };
  expect(toObservedFinding(told, null).vulnerability.title).toBe("Untrusted search path in ssh-agent");
});

test("an open port is an exposure named by protocol and port", () => {
  const observed = toObservedFinding(portOnInstance, null);
  expect(observed).toMatchObject({ type: "network", status: "suppressed", severity: "medium", score: null });
  expect(observed.vulnerability).toMatchObject({ name: "tcp/22", kind: "exposure" });
  expect(observed.network).toEqual({
    protocol: "TCP",
    portBegin: 22,
    portEnd: 22,
    path: [{ componentId: "igw-1", componentType: "AWS::EC2::InternetGateway" }],
  });
});

test("what was never updated was last changed when it was last observed", () => {
  expect(toObservedFinding(portOnInstance, null).updatedAt).toEqual(portOnInstance.lastObservedAt);
});

test("a vulnerability that CISA lists later is a change of its findings", () => {
  const listedAt = new Date("2026-03-01T00:00:00Z");
  expect(toObservedFinding(packageOnInstance, listedAt).updatedAt).toEqual(listedAt);
});

test("a code finding has its place and its detector, and no snippet yet", () => {
  const observed = toObservedFinding(codeInFunction, null);
  expect(observed.code).toMatchObject({ path: "src/main.py", startLine: 6, endLine: 7, snippet: [] });
  expect(observed.vulnerability).toMatchObject({
    name: "python/hardcoded-credentials@v1.0",
    kind: "detector",
    title: "Hardcoded credentials",
    cwes: ["CWE-798"],
  });
});

test.each<[string, Finding, string, string]>([
  ["an instance of a group", packageOnInstance, "fleet:eu-west-1/web", "web-7"],
  ["an instance on its own", portOnInstance, "resource:i-0bbbbbbbbbbbbbbbb", "i-0bbbbbbbbbbbbbbbb"],
  ["an image", packageInImage, "image:111122223333/shop/api", "shop/api:v42"],
  ["a function's code", codeInFunction, "function:eu-central-1/invoices#src/main.py", "invoices"],
  ["a repository's code", codeInRepository, "repository:GITHUB/shop/checkout#src/main.py", "shop/checkout"],
  ["a machine of another cloud", packageOnAzure, `resource:${packageOnAzure.resources?.[0]?.id}`, "vm-1"],
])("the clock of %s hangs on what outlives a redeploy", (_what, finding, lineage, name) => {
  const observed = toObservedFinding(finding, null);
  expect([observed.lineage, observed.resource.name]).toEqual([lineage, name]);
});

test("the account of another cloud's resource is that cloud's, and so is the region", () => {
  expect(toObservedFinding(packageOnAzure, null)).toMatchObject({
    accountId: "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
    region: "eastus",
  });
});

test("words that Inspector added after us are kept or shown, never lost", () => {
  const later = {
    ...packageOnInstance,
    type: "MALWARE",
    severity: "SEVERE",
    status: "SNOOZED",
    fixAvailable: "SOON",
    resources: [{ type: "AWS_QUANTUM_BOX", id: "box-1", region: "eu-west-1" }],
  };
  // The SDK's unions are today's words; the wire may hold tomorrow's.
  expect(toObservedFinding(later as Finding, null)).toMatchObject({
    type: "MALWARE",
    severity: "untriaged",
    status: "active",
    fixAvailable: null,
    resource: { type: "AWS_QUANTUM_BOX" },
  });
});

test("a finding without its ARN or its resource cannot be used", () => {
  expect(() => toObservedFinding({ ...packageOnInstance, findingArn: undefined }, null)).toThrow(ZodError);
  expect(() => toObservedFinding({ ...packageOnInstance, resources: [] }, null)).toThrow(ZodError);
});
