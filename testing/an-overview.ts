import type { Fix } from "#lib/domain/fix.ts";
import type { FreshnessScope } from "#lib/domain/freshness.ts";
import type { Overview } from "#lib/domain/overview.ts";
import { severitySchema } from "#lib/domain/severity.ts";

const nothing = { open: 0, new: 0, fixed: 0 };

/** An overview of an installation that has been read, and in which nothing is open. Say what the test is about. */
export function anOverview(overrides: Partial<Overview> = {}): Overview {
  return {
    asOf: "2026-11-24T06:12:00.000Z",
    firstSyncAt: "2026-01-01T00:00:00.000Z",
    since: {
      kind: "visit",
      at: "2026-11-23T17:42:00.000Z",
      from: "2026-11-23T17:42:00.001Z",
      to: "2026-11-24T06:12:00.001Z",
      new: 0,
      reopened: 0,
      fixed: 0,
      resourceGone: 0,
      notReported: 0,
      suppressed: 0,
    },
    critical: { ...nothing, before: 0 },
    knownExploited: { findings: 0, vulnerabilities: 0, resources: 0 },
    notScanned: { resources: 0, notScanned: 0, reasons: [] },
    worst: [],
    urgent: 0,
    matrix: {
      sources: ["inspector"],
      rows: severitySchema.options.map((severity) => ({ ...nothing, severity, bySource: {} })),
      total: { ...nothing, bySource: {} },
    },
    fixes: [],
    freshness: { asOf: "2026-11-24T06:12:00.000Z", late: 0, scopes: [] },
    scans: [],
    ...overrides,
  };
}

/** A change that closes findings: a package that is brought to a fixed version. */
export function aFix(overrides: Partial<Fix> = {}): Fix {
  return {
    kind: "package",
    place: "payments/api",
    lineageId: "01900000-0000-7000-8000-000000000001",
    accountId: "111122223333",
    accountName: "payments-prod",
    resourceType: "AWS_ECR_CONTAINER_IMAGE",
    packageName: "openssl",
    packageVersion: "3.0.1",
    fixedIn: "3.0.2",
    code: null,
    command: "apt-get install --only-upgrade openssl",
    findings: 12,
    resources: 3,
    knownExploited: 0,
    overdue: 0,
    dueThisWeek: 0,
    bySeverity: { critical: 2, high: 10 },
    filter: "status=active&packageName=openssl",
    ...overrides,
  };
}

/** A place whose last pass was whole. */
export function aFreshnessScope(overrides: Partial<FreshnessScope> = {}): FreshnessScope {
  return {
    source: "inspector",
    accountId: "111122223333",
    accountName: "payments-prod",
    region: "eu-west-1",
    state: "complete",
    lastWholePassAt: "2026-11-24T06:12:00.000Z",
    lastPassAt: "2026-11-24T06:12:00.000Z",
    failure: null,
    isSample: false,
    ...overrides,
  };
}
