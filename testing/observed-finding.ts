import type { ObservedFinding } from "#lib/domain/observed-finding.ts";

type Overrides = Partial<Omit<ObservedFinding, "vulnerability" | "resource">> & {
  cve?: string;
  epss?: number | null;
  vulnerability?: Partial<ObservedFinding["vulnerability"]>;
  resource?: Partial<ObservedFinding["resource"]>;
};

let made = 0;

/** A package finding as Inspector reports one; each call makes another finding. Say what the test is about. */
export function anObservedFinding(overrides: Overrides = {}): ObservedFinding {
  made += 1;
  const { cve = "CVE-2025-24813", epss = 0.4, vulnerability, resource, ...rest } = overrides;
  const accountId = rest.accountId ?? "111122223333";
  const observedAt = rest.updatedAt ?? rest.firstObservedAt ?? new Date("2026-01-05T00:00:00Z");
  const wholeResource = {
    type: "AWS_ECR_CONTAINER_IMAGE",
    id: `arn:aws:ecr:eu-west-1:${accountId}:repository/api/sha256:${String(made).padStart(64, "0")}`,
    name: "api",
    provider: "AWS",
    lineage: "image:api",
    tags: {},
    details: {},
    ...resource,
  };
  return {
    sourceId: `arn:aws:inspector2:eu-west-1:${accountId}:finding/${made.toString(16).padStart(32, "0")}`,
    accountId,
    region: "eu-west-1",
    type: "package",
    status: "active",
    severity: "high",
    score: 7.5,
    scoreAdjustments: [],
    description: null,
    title: `${cve} - tomcat-embed-core`,
    vulnerability: {
      name: cve,
      kind: "cve",
      title: "Remote code execution through partial PUT",
      description: "A request can write a file that the server later runs.",
      cwes: ["CWE-44"],
      cvss: [{ source: "NVD", version: "3.1", vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", score: 9.8 }],
      sourceUrl: `https://nvd.nist.gov/vuln/detail/${cve}`,
      referenceUrls: [],
      epss,
      publishedAt: new Date("2025-03-10T00:00:00Z"),
      ...vulnerability,
    },
    resource: wholeResource,
    lineage: wholeResource.lineage,
    packages: [
      {
        name: "tomcat-embed-core",
        version: "10.1.34",
        fixedIn: "10.1.35",
        manager: "JAR",
        path: null,
        remediation: null,
      },
    ],
    code: null,
    network: null,
    scanName: null,
    fixAvailable: "yes",
    exploitAvailable: "no",
    knownExploitedAt: null,
    remediation: { text: "Update the package.", url: null },
    firstObservedAt: observedAt,
    lastObservedAt: observedAt,
    updatedAt: observedAt,
    raw: { made },
    ...rest,
  };
}
