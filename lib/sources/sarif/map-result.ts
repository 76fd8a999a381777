import { firstSentence } from "#lib/domain/finding.ts";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import { type ObservedFinding, observedFindingSchema } from "#lib/domain/observed-finding.ts";
import type { SarifResult, SarifRule } from "#lib/domain/sarif-log.ts";
import { toArtifactPath } from "./artifact-path.ts";
import { toCleanLine, toCleanText, toWebUrl } from "./clean-text.ts";
import { toLines, toOffsetWords, toSnippet } from "./code-lines.ts";
import { type FoundRule, findRule } from "./find-rule.ts";
import { toFlowSteps } from "./flow-steps.ts";
import type { Named } from "./identity.ts";
import { toMessageText } from "./message-text.ts";
import { toNamedPackages, toPublicName } from "./named-vulnerability.ts";
import type { RunContext } from "./run-context.ts";
import { toSeverity } from "./severity.ts";
import { toSuggestedFixes } from "./suggested-fixes.ts";
import { toCwes, toOwnCwes, toTags } from "./weaknesses.ts";

const LONGEST_TITLE = 200;
const LONGEST_TEXT = 8_000;
const LONGEST_ID = 150;

/** Whether a result is a problem that is there: not what passed, did not apply, or is only told to be gone. */
export function isFinding({ kind, baselineState }: SarifResult): boolean {
  return kind !== "pass" && kind !== "notApplicable" && baselineState !== "absent";
}

/** What names a result: its rule, its file, its words. */
export function toNamed(result: SarifResult, run: RunContext): Named {
  const found = findRule(result, run);
  const location = result.locations?.[0] ?? {};
  const artifact = location.physicalLocation?.artifactLocation ?? result.analysisTarget;
  const [logical] = location.logicalLocations ?? [];
  const path = toArtifactPath(artifact, run) ?? toCleanLine(logical?.fullyQualifiedName ?? logical?.name ?? "", 500);
  const message = toCleanText(toMessageText(result.message, found.rule, run), LONGEST_TEXT);
  return { result, location, path, found, message, category: run.category };
}

/** `identity` is the finding's name among those of its file; results of one identity are told apart by `place`, from 0. */
export type MappedReport = { name: string; at: Date; run: RunContext; raw: unknown };
export function toObservedFinding(
  named: Named,
  ids: { identity: string; place: number },
  report: MappedReport,
): ObservedFinding {
  const { result, found, message } = named;
  const { name, at, run } = report;
  const { publicName, ...vulnerability } = toVulnerability(found, run);
  const packages = toNamedPackages(message);
  const code = toCode(named, run);
  const lineage = `scan:${name}`;
  const isPackage = publicName !== null || packages.length > 0;
  const isFixable = code.suggestedFixes.length > 0 || packages.some(({ fixedIn }) => fixedIn !== null);
  return observedFindingSchema.parse({
    sourceId: `${name}/${ids.identity}${ids.place === 0 ? "" : `/${ids.place}`}`,
    accountId: INSTALLATION_ACCOUNT_ID,
    region: name,
    type: isPackage ? "package" : "code",
    ...toStanding(result),
    ...toSeverity(result, found.rule),
    scoreAdjustments: [],
    title: toTitle(named, packages[0]?.name),
    description: toDescription(named),
    vulnerability,
    resource: toResource(name, lineage),
    lineage: `${lineage}|${named.path}|${ids.identity}`,
    packages,
    code: named.path === "" ? null : code,
    network: null,
    scanName: name,
    fixAvailable: isFixable ? "yes" : null,
    exploitAvailable: null,
    knownExploitedAt: null,
    remediation: null,
    firstObservedAt: toFirstObserved(result, at),
    lastObservedAt: at,
    updatedAt: at,
    raw: report.raw,
  });
}

function toResource(name: string, lineage: string): ObservedFinding["resource"] {
  return { type: "CODE_SCAN", id: name, name, provider: "sarif", lineage, tags: {}, details: {} };
}

/** The same for every result of a rule, made once: what many findings share must not change from one to the next. */
const made = new WeakMap<SarifRule, ReturnType<typeof makeVulnerability>>();

function toVulnerability(found: FoundRule, run: RunContext): ReturnType<typeof makeVulnerability> {
  // A part of a rule has a name of its own.
  if (found.rule?.id !== found.id) return makeVulnerability(found, run);
  const known = made.get(found.rule) ?? makeVulnerability(found, run);
  made.set(found.rule, known);
  return known;
}

function makeVulnerability(found: FoundRule, run: RunContext) {
  const { rule } = found;
  const publicName = toPublicName(found.id);
  const texts = [rule?.fullDescription?.text ?? rule?.shortDescription?.text, rule?.help?.text];
  const description = [...new Set(texts.map((text) => toCleanText(text ?? "", LONGEST_TEXT)))]
    .filter(Boolean)
    .join("\n\n");
  return {
    publicName,
    name: publicName ?? toDetectorId(found),
    kind: publicName === null ? ("detector" as const) : ("cve" as const),
    title: toRuleTitle(found) ?? toCleanLine(found.id, LONGEST_TITLE),
    description,
    cwes: toCwes(rule, run),
    cvss: [],
    sourceUrl: toWebUrl(rule?.helpUri),
    referenceUrls: [],
    epss: null,
    publishedAt: null,
  };
}

/** Rules of different tools may have the same id. */
function toDetectorId({ toolName, id }: Named["found"]): string {
  return `${toCleanLine(toolName, 80)}/${toCleanLine(id, LONGEST_ID)}`;
}

/** What a rule is about, in one sentence; null where the tool says only names. */
function toRuleTitle({ id, rule }: Named["found"]): string | null {
  const words = [rule?.shortDescription?.text, firstSentence(rule?.fullDescription?.text ?? "")];
  const told = words
    .map((text) => toCleanLine(text ?? "", LONGEST_TITLE))
    .find((text) => text !== "" && !text.includes(id));
  if (told) return told;
  const name = toCleanLine(rule?.name ?? "", LONGEST_TITLE);
  return name.includes(" ") ? name : null;
}

function toTitle({ found, message }: Named, packageName: string | undefined): string {
  const publicName = toPublicName(found.id);
  if (publicName !== null && packageName) return `${publicName} - ${packageName}`;
  const title = toRuleTitle(found) ?? firstSentence(message) ?? found.rule?.name ?? found.id;
  return toCleanLine(title, LONGEST_TITLE);
}

function toDescription({ message, location }: Named): string | null {
  const { region } = location.physicalLocation ?? {};
  const where = region && toLines(region).startLine === 0 ? toOffsetWords(region) : null;
  return [message, where].filter(Boolean).join("\n\n") || null;
}

function toCode(named: Named, run: RunContext) {
  const { result, location, path, found } = named;
  const snippet = toSnippet(location);
  return {
    path,
    ...toLines(location.physicalLocation?.region),
    detectorId: toDetectorId(found),
    detectorName: toRuleTitle(found) ?? toCleanLine(found.id, LONGEST_TITLE),
    detectorTags: [...toTags(found.rule), ...toOwnCwes(result, run)],
    ruleId: toCleanLine(found.id, LONGEST_ID),
    snippet,
    isUnavailable: true,
    steps: toFlowSteps(result, run),
    suggestedFixes: toSuggestedFixes(result, { path, snippet }, run),
  };
}

/** A suppression that is under review, or was refused, suppresses nothing. */
function toStanding({ suppressions }: SarifResult): Pick<ObservedFinding, "status" | "suppressionReason"> {
  const told = suppressions ?? [];
  const isSuppressed = told.length > 0 && told.every(({ status }) => !status || status === "accepted");
  if (!isSuppressed) return { status: "active" };
  const reason = told.map(({ justification, kind }) => justification || WORDS_OF_KIND[kind ?? ""]).find(Boolean);
  return { status: "suppressed", suppressionReason: toCleanText(reason ?? "", 1_000) || undefined };
}

const WORDS_OF_KIND: Record<string, string> = {
  inSource: "A mark in the source code suppresses it.",
  external: "The tool's own records suppress it.",
};

/** As the tool remembers it; never after the report itself. */
function toFirstObserved({ provenance }: SarifResult, at: Date): Date {
  const told = new Date(provenance?.firstDetectionTimeUtc ?? "");
  return told.getTime() > 0 && told < at ? told : at;
}
