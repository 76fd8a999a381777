import { createHash } from "node:crypto";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import { type ObservedFinding, observedFindingSchema } from "#lib/domain/observed-finding.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { Finding, FindingSeverity, FindingStep } from "./shapes.ts";

const SEVERITY: Record<FindingSeverity, Severity> = {
  Critical: "critical",
  High: "high",
  Medium: "medium",
  Low: "low",
  Info: "info",
};

/** Throws ZodError when the scanner leaves out a field that we cannot do without. */
export function toObservedFinding(finding: Finding, scan: { name: string; region: string }): ObservedFinding {
  const code = toCode(finding);
  const resourceLineage = `scan:${scan.name}`;
  const updatedAt = finding.updatedAt ?? finding.createdAt;
  return observedFindingSchema.parse({
    sourceId: `${scan.name}/${finding.id}`,
    accountId: INSTALLATION_ACCOUNT_ID,
    region: scan.region,
    type: "code",
    status: finding.status === "Closed" ? "closed" : "active",
    severity: finding.severity === undefined ? "untriaged" : SEVERITY[finding.severity],
    score: null,
    scoreAdjustments: [],
    description: null,
    title: toTitle(finding),
    vulnerability: toVulnerability(finding),
    resource: {
      type: "CODE_SCAN",
      id: scan.name,
      name: scan.name,
      provider: "sightline",
      lineage: resourceLineage,
      tags: {},
      details: {},
    },
    lineage: `${resourceLineage}|${code.path}|${fingerprint(code)}`,
    packages: [],
    code,
    network: null,
    scanName: scan.name,
    fixAvailable: code.suggestedFixes.length > 0 ? "yes" : null,
    exploitAvailable: null,
    knownExploitedAt: null,
    remediation: toRemediation(finding),
    firstObservedAt: finding.createdAt,
    lastObservedAt: updatedAt,
    updatedAt,
    raw: finding,
  });
}

function toVulnerability(finding: Finding) {
  return {
    name: finding.detectorId,
    kind: "detector",
    title: toTitle(finding),
    description: finding.description ?? "",
    cwes: finding.vulnerability?.relatedVulnerabilities ?? [],
    cvss: [],
    sourceUrl: finding.remediation?.recommendation?.url ?? null,
    referenceUrls: finding.vulnerability?.referenceUrls ?? [],
    epss: null,
    publishedAt: null,
  };
}

function toCode(finding: Finding) {
  const place = finding.vulnerability?.filePath ?? {};
  const startLine = place.startLine ?? 0;
  return {
    path: place.path ?? "",
    startLine,
    endLine: place.endLine ?? startLine,
    detectorId: finding.detectorId,
    detectorName: toTitle(finding),
    detectorTags: finding.detectorTags ?? [],
    ruleId: finding.ruleId ?? null,
    snippet: (place.codeSnippet ?? []).map(({ number = 0, content = "" }) => ({ number, content })),
    steps: (finding.xSightline?.steps ?? []).map(toStep),
    suggestedFixes: (finding.remediation?.suggestedFixes ?? []).map(({ description = "", code = "" }) => ({
      description,
      code,
    })),
  };
}

/** The list names the problem; the CWE is in the detail. */
function toTitle(finding: Finding): string {
  return finding.detectorName ?? finding.title ?? finding.detectorId ?? "";
}

function toRemediation(finding: Finding): ObservedFinding["remediation"] {
  const recommendation = finding.remediation?.recommendation;
  return recommendation?.text ? { text: recommendation.text, url: recommendation.url ?? null } : null;
}

function toStep(step: FindingStep) {
  const label = step.label === "source" || step.label === "sink" ? step.label : "step";
  return { label, path: step.path ?? "", line: step.line ?? 0, content: step.content ?? "" };
}

/** Of the marked lines, white space aside: the same code in the same file is the same issue, wherever its line is. */
function fingerprint({ snippet, startLine, endLine }: ReturnType<typeof toCode>): string {
  const marked = snippet.filter(({ number }) => number >= startLine && number <= endLine);
  const text = marked.map(({ content }) => content.replace(/\s+/g, "")).join("\n");
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
