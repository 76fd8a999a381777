import type { Finding as InspectorFinding, Resource } from "@aws-sdk/client-inspector2";
import type { ExploitAvailable, FindingStatus, FindingType, FixAvailable } from "#lib/domain/finding.ts";
import { type ObservedFinding, observedFindingSchema } from "#lib/domain/observed-finding.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { toObservedResource } from "./map-resource.ts";
import { toObservedVulnerability } from "./map-vulnerability.ts";

// Records by text, not by the SDK's unions: Inspector adds words before the SDK knows them.
export const SEVERITY: Record<string, Severity> = {
  CRITICAL: "critical",
  HIGH: "high",
  MEDIUM: "medium",
  LOW: "low",
  UNTRIAGED: "untriaged",
  INFORMATIONAL: "info",
};
const STATUS: Record<string, FindingStatus> = { ACTIVE: "active", SUPPRESSED: "suppressed", CLOSED: "closed" };
export const TYPE: Record<string, FindingType> = {
  PACKAGE_VULNERABILITY: "package",
  NETWORK_REACHABILITY: "network",
  CODE_VULNERABILITY: "code",
};
export const FIX: Record<string, FixAvailable> = { YES: "yes", NO: "no", PARTIAL: "partial" };
export const EXPLOIT: Record<string, ExploitAvailable> = { YES: "yes", NO: "no" };

const NO_RESOURCE: Resource = { type: undefined, id: undefined };

/**
 * A finding of Inspector's ListFindings in our words. A severity we do not know counts as untriaged, a status as active:
 * it is shown rather than hidden. `exploitedAt`: when CISA listed the vulnerability as exploited. Throws ZodError when a field is missing that we cannot do without.
 */
export function toObservedFinding(finding: InspectorFinding, exploitedAt: Date | null): ObservedFinding {
  const [resource = NO_RESOURCE] = finding.resources ?? [];
  const observedResource = toObservedResource(resource);
  const code = toCode(finding);
  return observedFindingSchema.parse({
    sourceId: finding.findingArn,
    accountId: toAccountId(finding, resource),
    region: resource.region ?? toRegion(finding.findingArn),
    type: known(TYPE, finding.type) ?? finding.type,
    status: known(STATUS, finding.status) ?? "active",
    severity: known(SEVERITY, finding.severity) ?? "untriaged",
    score: finding.inspectorScore ?? null,
    // Which instance is open stands in the words of a reachability finding; the exposure itself is shared.
    description: finding.networkReachabilityDetails ? finding.description : null,
    scoreAdjustments: finding.inspectorScoreDetails?.adjustedCvss?.adjustments ?? [],
    title: finding.title ?? finding.description,
    vulnerability: toObservedVulnerability(finding),
    resource: observedResource,
    lineage: code === null ? observedResource.lineage : `${observedResource.lineage}#${code.path}`,
    packages: toPackages(finding),
    code,
    network: toNetwork(finding),
    scanName: null,
    fixAvailable: known(FIX, finding.fixAvailable),
    exploitAvailable: known(EXPLOIT, finding.exploitAvailable),
    knownExploitedAt: exploitedAt,
    remediation: toRemediation(finding),
    firstObservedAt: finding.firstObservedAt,
    lastObservedAt: finding.lastObservedAt,
    updatedAt: later(finding.updatedAt ?? finding.lastObservedAt, exploitedAt),
    raw: finding,
  });
}

/** Inspector does not touch a finding when CISA lists its vulnerability, yet that changes how it ranks. */
function later(updatedAt: Date | undefined, exploitedAt: Date | null): Date | undefined {
  return updatedAt && exploitedAt && exploitedAt > updatedAt ? exploitedAt : updatedAt;
}

function known<Word>(words: Record<string, Word>, word: string | undefined): Word | null {
  return words[word ?? ""] ?? null;
}

/** In another cloud, the account is that cloud's (a subscription), not the AWS account that connects it. */
function toAccountId(
  { awsAccountId }: InspectorFinding,
  { provider, providerAccountId }: Resource,
): string | undefined {
  return provider === undefined || provider === "AWS" ? awsAccountId : (providerAccountId ?? awsAccountId);
}

function toPackages({ packageVulnerabilityDetails }: InspectorFinding) {
  return (packageVulnerabilityDetails?.vulnerablePackages ?? []).map((vulnerable) => ({
    name: vulnerable.name,
    version: toVersion(vulnerable),
    // "NotAvailable" is Inspector's word for no fix.
    fixedIn: vulnerable.fixedInVersion === "NotAvailable" ? null : (vulnerable.fixedInVersion ?? null),
    manager: vulnerable.packageManager ?? null,
    path: vulnerable.filePath ?? null,
    remediation: vulnerable.remediation ?? null,
  }));
}

/** epoch:version-release, as the system's package manager writes it. */
function toVersion({ epoch, version, release }: { epoch?: number; version: string | undefined; release?: string }) {
  const before = epoch ? `${epoch}:` : "";
  const after = release ? `-${release}` : "";
  return `${before}${version ?? ""}${after}`;
}

function toCode({ codeVulnerabilityDetails: code }: InspectorFinding) {
  if (!code) return null;
  return {
    path: code.filePath?.filePath,
    startLine: code.filePath?.startLine,
    endLine: code.filePath?.endLine,
    detectorId: code.detectorId,
    detectorName: code.detectorName,
    detectorTags: code.detectorTags ?? [],
    ruleId: code.ruleId ?? null,
    snippet: [], // BatchGetCodeSnippet has it, when a person opens the finding
    steps: [],
    suggestedFixes: [],
  };
}

function toNetwork({ networkReachabilityDetails: network }: InspectorFinding) {
  if (!network) return null;
  return {
    protocol: network.protocol,
    portBegin: network.openPortRange?.begin,
    portEnd: network.openPortRange?.end,
    path: network.networkPath?.steps ?? [],
  };
}

function toRemediation({ remediation }: InspectorFinding) {
  const { text, Url } = remediation?.recommendation ?? {};
  if (!text && !Url) return null;
  return { text: text ?? "", url: Url ?? null };
}

/** arn:aws:inspector2:REGION:ACCOUNT:finding/ID */
function toRegion(arn: string | undefined): string | undefined {
  return arn?.split(":")[3];
}
