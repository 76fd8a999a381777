import { basename } from "node:path/posix";
import type { Finding } from "../store/read-findings.ts";
import { SERVICE, type Service } from "./operation.ts";

/** Times in a body are seconds since 1970, with a fraction. */
export function toSeconds(at: Date): number {
  return at.getTime() / 1000;
}

export function toScanNameArn({ region, accountId }: Service, scanName: string): string {
  return `arn:aws:${SERVICE}:${region}:${accountId}:scans/${scanName}`;
}

/** A finding as CodeGuru Security's API has it; `x-sightline` is ours, and other clients ignore it. */
export function toWireFinding(finding: Finding): object {
  const { content } = finding;
  return {
    id: finding.id,
    generatorId: "SightlineScanner",
    type: "Vulnerability",
    title: content.title,
    description: content.description,
    severity: finding.severity,
    status: finding.status,
    createdAt: toSeconds(finding.createdAt),
    updatedAt: toSeconds(finding.updatedAt),
    resource: { id: finding.scanName, subResourceId: finding.path },
    vulnerability: {
      id: content.cwes[0],
      relatedVulnerabilities: content.cwes,
      referenceUrls: content.recommendation.url ? [content.recommendation.url] : [],
      filePath: {
        name: basename(finding.path),
        path: finding.path,
        startLine: finding.startLine,
        endLine: finding.endLine,
        codeSnippet: content.snippet,
      },
    },
    remediation: { recommendation: content.recommendation, suggestedFixes: content.suggestedFixes },
    detectorId: finding.detectorId,
    detectorName: content.detectorName,
    detectorTags: content.detectorTags,
    ruleId: content.ruleId,
    "x-sightline": {
      steps: content.steps,
      firstRunId: finding.firstRunId,
      closedRunId: finding.closedRunId ?? undefined,
    },
  };
}
