import type { ChangedFinding, ScanDifference } from "./scan-difference.ts";
import type { Severity } from "./severity.ts";

type Level = "error" | "warning" | "note" | "none";
/** SARIF knows four levels; `score` is what code hosts sort alerts by (their property `security-severity`, 0 to 10). */
export const SARIF_LEVELS: Record<Severity, { level: Level; score: string }> = {
  critical: { level: "error", score: "9.5" },
  high: { level: "error", score: "8.0" },
  medium: { level: "warning", score: "5.5" },
  low: { level: "note", score: "2.5" },
  untriaged: { level: "warning", score: "0.0" },
  info: { level: "none", score: "0.0" },
};

/**
 * What was open when a run had ended as SARIF 2.1.0, each result marked as new or unchanged. What the run fixed is left
 * out: hosts that ignore `baselineState` would raise an alert for it.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function toSarif({ run, new: fresh, unchanged }: ScanDifference): object {
  const open = [...fresh.items, ...unchanged.items];
  const rules = [...new Map(open.map((finding) => [ruleIdOf(finding), finding])).values()];
  const places = new Map(rules.map((finding, place) => [ruleIdOf(finding), place]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Sightline", rules: rules.map(toRule) } },
        automationDetails: { id: `${encodeURIComponent(run.name)}/${run.revision}`, guid: run.runId },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: run.createdAt,
            ...(run.finishedAt && { endTimeUtc: run.finishedAt }),
            toolExecutionNotifications: run.skippedFiles.map(({ path, reason }) => ({
              level: "note",
              message: { text: `Left out: ${reason}` },
              locations: [{ physicalLocation: { artifactLocation: toArtifact(path) } }],
            })),
          },
        ],
        results: [
          ...fresh.items.map((finding) => toResult(finding, "new", places)),
          ...unchanged.items.map((finding) => toResult(finding, "unchanged", places)),
        ],
      },
    ],
  };
}

const ruleIdOf = ({ detectorId, cve }: ChangedFinding): string => detectorId ?? cve ?? "unknown";

function toRule(finding: ChangedFinding): object {
  const { level, score } = SARIF_LEVELS[finding.severity];
  return {
    id: ruleIdOf(finding),
    shortDescription: { text: finding.summary ?? finding.title },
    fullDescription: { text: finding.description || finding.title },
    defaultConfiguration: { level },
    properties: {
      tags: ["security", ...finding.cwes.map((cwe) => `external/cwe/${cwe.toLowerCase()}`)],
      "security-severity": score,
    },
  };
}

function toResult(finding: ChangedFinding, baselineState: "new" | "unchanged", places: Map<string, number>): object {
  const { level } = SARIF_LEVELS[finding.severity];
  return {
    ruleId: ruleIdOf(finding),
    ruleIndex: places.get(ruleIdOf(finding)),
    // Of the kinds only `fail` may have a level other than `none`.
    kind: level === "none" ? "informational" : "fail",
    level,
    message: { text: finding.title },
    baselineState,
    partialFingerprints: { "sightlineFinding/v1": finding.id },
    locations: finding.location ? [toSarifLocation(finding.location)] : [],
    ...(finding.status === "suppressed" && { suppressions: [{ kind: "external" }] }),
  };
}

export function toSarifLocation({ path, startLine, endLine }: NonNullable<ChangedFinding["location"]>) {
  const from = Math.max(1, startLine);
  const region = { startLine: from, endLine: Math.max(from, endLine) };
  return { physicalLocation: { artifactLocation: toArtifact(path), region } };
}

/** A path is no address: a space or a percent sign in it would be read as something else. */
function toArtifact(path: string): object {
  const parts = path.split("/").filter((part) => part !== "");
  return { uri: parts.map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" };
}
