import type { Finding } from "./finding.ts";
import { SARIF_LEVELS, toSarifLocation } from "./sarif.ts";

export const SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** What a finding is an instance of: a CVE, a detector; where the source names neither, its title. */
export function toSarifRuleId({ cve, detectorId, title }: Finding): string {
  return cve ?? detectorId ?? title;
}

/** The rule of a finding, as its own severity makes it. */
export function toSarifRule(finding: Finding): object {
  const { level, score } = SARIF_LEVELS[finding.severity];
  return {
    id: toSarifRuleId(finding),
    shortDescription: { text: finding.summary ?? finding.title },
    defaultConfiguration: { level },
    properties: { tags: ["security", finding.type], "security-severity": score },
  };
}

/** A finding as a result; what is closed is absent, what is suppressed says so. */
export function toSarifResult(finding: Finding, ruleIndex: number): object {
  const { level, score } = SARIF_LEVELS[finding.severity];
  return {
    ruleId: toSarifRuleId(finding),
    ruleIndex,
    // Of the kinds only `fail` may have a level other than `none`.
    kind: level === "none" ? "informational" : "fail",
    level,
    message: { text: finding.title },
    ...(finding.status === "closed" && { baselineState: "absent" }),
    ...(finding.status === "suppressed" && { suppressions: [{ kind: "external" }] }),
    partialFingerprints: { "sightlineFinding/v1": finding.id },
    locations: [toPlace(finding)],
    provenance: { firstDetectionTimeUtc: finding.firstObservedAt },
    properties: { ...toProperties(finding), "security-severity": finding.score?.toFixed(1) ?? score },
  };
}

/** What is no place in a file is a place in the cloud. */
function toPlace({ location, resource }: Finding): object {
  const name = { fullyQualifiedName: resource.id || resource.name, name: resource.name, kind: "resource" };
  return { ...(location && toSarifLocation(location)), logicalLocations: [name] };
}

function toProperties(finding: Finding): object {
  const { severity, status, source, type, accountId, region, resource, package: named, dueAt, assignee } = finding;
  const { scanName, fixAvailable, exploitAvailable, knownExploited, epss, closedReason } = finding;
  const told = { severity, status, closedReason, source, type, accountId, region, resourceType: resource.type };
  const more = { scanName, package: named, fixAvailable, exploitAvailable, knownExploited, epss, dueAt, assignee };
  return Object.fromEntries(Object.entries({ ...told, ...more }).filter(([, value]) => value !== null));
}
