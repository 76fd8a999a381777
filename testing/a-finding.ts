import type { Finding } from "#lib/domain/finding.ts";
import type { FindingPage, FindingWithDetail, LifecycleEvent } from "#lib/domain/finding-page.ts";

const idOf = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, "0")}`;

/** A finding as a list shows it. Say what the test is about. */
export function aFinding({ number = 1, ...overrides }: Partial<Finding> & { number?: number } = {}): Finding {
  return {
    id: idOf(number),
    source: "inspector",
    type: "package",
    severity: "high",
    score: 7.5,
    title: "CVE-2025-24813 - tomcat-embed-core",
    summary: "A partial PUT runs code",
    status: "active",
    accountId: "111122223333",
    accountName: "payments-prod",
    region: "eu-west-1",
    resource: {
      type: "AWS_ECR_CONTAINER_IMAGE",
      id: "arn:aws:ecr:eu-west-1:111122223333:repository/api/sha256:9f",
      name: "api:1.9",
    },
    cve: "CVE-2025-24813",
    detectorId: null,
    scanName: null,
    location: null,
    package: { name: "tomcat-embed-core", version: "10.1.34", fixedIn: "10.1.35" },
    packageCount: 1,
    rank: 4300,
    fixAvailable: "yes",
    exploitAvailable: "no",
    knownExploited: false,
    epss: 0.4,
    firstObservedAt: "2026-01-05T00:00:00.000Z",
    lastObservedAt: "2026-01-06T00:00:00.000Z",
    updatedAt: "2026-01-06T00:00:00.000Z",
    closedAt: null,
    closedReason: null,
    suppression: null,
    assignee: null,
    dueAt: null,
    issueId: idOf(900_000),
    isSample: false,
    ...overrides,
  };
}

/** One page of a list. */
export function aFindingPage(items: Finding[], overrides: Partial<FindingPage> = {}): FindingPage {
  return {
    asOf: null,
    items,
    nextCursor: null,
    prevCursor: null,
    total: { count: items.length, exact: true },
    ...overrides,
  };
}

/** One entry of a timeline. */
export function aLifecycleEvent(overrides: Partial<LifecycleEvent> = {}): LifecycleEvent {
  return {
    id: idOf(800_000),
    kind: "opened",
    cause: "new",
    occurredAt: "2026-01-05T00:00:00.000Z",
    recordedAt: "2026-01-06T00:00:00.000Z",
    severityBefore: null,
    severityAfter: "high",
    actor: null,
    syncRunId: null,
    scanRun: null,
    decision: null,
    ruleId: null,
    ...overrides,
  };
}

type DetailOverrides = Partial<Omit<FindingWithDetail, "detail" | "vulnerability">> & {
  detail?: Partial<FindingWithDetail["detail"]>;
  vulnerability?: Partial<FindingWithDetail["vulnerability"]>;
};

/** A finding with everything its source said. */
export function aFindingWithDetail({ detail, vulnerability, ...overrides }: DetailOverrides = {}): FindingWithDetail {
  return {
    ...aFinding(),
    sourceId: "arn:aws:inspector2:eu-west-1:111122223333:finding/1",
    description: "A partial PUT runs code. More follows.",
    vulnerability: {
      name: "CVE-2025-24813",
      kind: "cve",
      title: "CVE-2025-24813",
      cwes: ["CWE-44"],
      cvss: [{ source: "NVD", version: "3.1", vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", score: 9.8 }],
      sourceUrl: "https://nvd.nist.gov/vuln/detail/CVE-2025-24813",
      referenceUrls: [],
      publishedAt: "2025-03-10T00:00:00.000Z",
      knownExploitedAt: null,
      knownExploit: null,
      epssAt: null,
      epssPercentile: null,
      ...vulnerability,
    },
    resourceDetails: { provider: "AWS", tags: {}, details: {}, lineage: "image:api" },
    detail: {
      description: null,
      scoreAdjustments: [],
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
      remediation: null,
      ...detail,
    },
    codeState: "none",
    issue: { id: idOf(900_000), openedAt: "2026-01-05T00:00:00.000Z", openFindings: 1, resources: 1 },
    sameFix: null,
    elsewhere: null,
    exposures: [],
    sameProblems: [],
    closedByScanRun: null,
    suppressions: [],
    dueBy: null,
    sourceSeverity: "high",
    severityOverride: null,
    timeline: [aLifecycleEvent()],
    raw: { findingArn: "arn:aws:inspector2:eu-west-1:111122223333:finding/1" },
    ...overrides,
  };
}
