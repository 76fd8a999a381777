import type { EngineFinding, EngineSeverity, EngineStep, SkippedFile } from "../engine/engine-finding.ts";
import type { Report } from "./report.ts";

const LEVEL: Record<EngineSeverity, "error" | "warning" | "note"> = {
  Critical: "error",
  High: "error",
  Medium: "warning",
  Low: "note",
  Info: "note",
};
/** What code hosts sort by. */
const SECURITY_SEVERITY: Record<EngineSeverity, string> = {
  Critical: "9.5",
  High: "8.0",
  Medium: "5.5",
  Low: "2.5",
  Info: "0.0",
};

/** The report as SARIF 2.1.0. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function toSarif(report: Report): object {
  const rules = [...new Map(report.findings.map((finding) => [finding.detectorId, finding])).values()];
  const isNew = new Set(report.newFindings);
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Sightline", rules: rules.map(toRule) } },
        columnKind: "utf16CodeUnits",
        results: report.findings.map((finding) => ({
          ...toResult(finding),
          ruleIndex: rules.findIndex(({ detectorId }) => detectorId === finding.detectorId),
          baselineState: isNew.has(finding) ? "new" : "unchanged",
        })),
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.skippedFiles.map(toNotification),
          },
        ],
      },
    ],
  };
}

function toRule(finding: EngineFinding): object {
  return {
    id: finding.detectorId,
    name: finding.detectorName,
    shortDescription: { text: finding.title },
    fullDescription: { text: finding.description },
    help: { text: finding.recommendation.text },
    ...(finding.recommendation.url && { helpUri: finding.recommendation.url }),
    defaultConfiguration: { level: LEVEL[finding.severity] },
    properties: {
      tags: [...finding.detectorTags, ...finding.cwes.map((cwe) => `external/cwe/${cwe.toLowerCase()}`)],
      "security-severity": SECURITY_SEVERITY[finding.severity],
    },
  };
}

function toResult(finding: EngineFinding): object {
  return {
    ruleId: finding.detectorId,
    level: LEVEL[finding.severity],
    message: { text: `${finding.title}. ${finding.recommendation.text}` },
    locations: [toLocation(finding.path, finding.startLine, finding.endLine)],
    partialFingerprints: { "sightline/v1": finding.fingerprint },
    ...(finding.steps.length > 0 && {
      codeFlows: [{ threadFlows: [{ locations: finding.steps.map(toFlowLocation) }] }],
    }),
  };
}

function toLocation(path: string, startLine: number, endLine: number) {
  const artifactLocation = { uri: path.split("/").map(encodeURIComponent).join("/") };
  return { physicalLocation: { artifactLocation, region: { startLine, endLine } } };
}

function toFlowLocation({ path, line, label, content }: EngineStep): object {
  return { location: { ...toLocation(path, line, line), message: { text: `${label}: ${content}` } } };
}

function toNotification({ path, reason, detail }: SkippedFile): object {
  const artifactLocation = { uri: path.split("/").map(encodeURIComponent).join("/") };
  return {
    level: "note",
    message: { text: detail ? `Not analysed (${reason}): ${detail}` : `Not analysed (${reason}).` },
    locations: [{ physicalLocation: { artifactLocation } }],
  };
}
