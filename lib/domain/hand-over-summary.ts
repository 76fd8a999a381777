import type { SourceName } from "./finding.ts";
import type { FindingWithDetail } from "./finding-page.ts";
import { fixCommand, platformOf } from "./fix-command.ts";
import type { HandOverFields } from "./hand-over-template.ts";
import { toMarkdownCode, toMarkdownCommand, toMarkdownText } from "./markdown.ts";

const SOURCES: Record<SourceName, string> = {
  inspector: "Inspector",
  codeguru: "a code scan",
  sarif: "an imported report",
};

/** Where the pages are, without a slash at its end. */
type Place = { appUrl: string };

/** The issue of a finding in Markdown: what, how bad and why, where, what to do, and the way back. Text of sources is only text. */
export function toSummary(finding: FindingWithDetail, { appUrl }: Place): string {
  return [
    `# ${capital(finding.severity)}: ${toMarkdownText(finding.title)}`,
    part("Why it ranks here", toReasons(finding)),
    part("Where", toPlaces(finding)),
    part("Fix", toFixes(finding)),
    part("Links", toLinks(finding, appUrl)),
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** What the template of a hand-over can name. */
export function toHandOverFields(
  finding: FindingWithDetail,
  { appUrl, by, note }: Place & { by: string; note: string },
): HandOverFields {
  const { issue, resource, package: pack, location } = finding;
  return {
    title: finding.title,
    severity: finding.severity,
    status: finding.status,
    summary: [note === "" ? "" : toMarkdownText(note), toSummary(finding, { appUrl })].filter(Boolean).join("\n\n"),
    note,
    by,
    cve: finding.cve,
    detector: finding.detectorId,
    accountId: finding.accountId,
    accountName: finding.accountName,
    region: finding.region,
    resourceType: resource.type,
    resourceId: resource.id,
    resourceName: resource.name,
    location: location && `${location.path}:${location.startLine}`,
    packageName: pack?.name ?? null,
    packageVersion: pack?.version ?? null,
    fixedIn: pack?.fixedIn ?? null,
    command: toCommands(finding)[0] ?? null,
    score: finding.score,
    epss: finding.epss,
    knownExploited: finding.knownExploited,
    findings: issue.openFindings,
    resources: issue.resources,
    firstObservedAt: finding.firstObservedAt,
    dueAt: finding.dueAt,
    assignee: finding.assignee,
    findingId: finding.id,
    issueId: issue.id,
    link: `${appUrl}/findings/${finding.id}`,
  };
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const countOf = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const day = (at: string) => at.slice(0, 10);
const part = (title: string, lines: string[]) => (lines.length === 0 ? "" : `## ${title}\n\n${lines.join("\n")}`);

function toReasons(finding: FindingWithDetail): string[] {
  const { severity, severityOverride, score, source, vulnerability, epss, exposures, issue, dueAt } = finding;
  const scored = score === null ? "" : `, score ${score.toFixed(1)}`;
  const by = severityOverride
    ? `set by ${severityOverride.userName}: ${toMarkdownText(severityOverride.reason)}`
    : `by ${SOURCES[source]}${scored}`;
  const since = vulnerability.knownExploitedAt ? ` since ${day(vulnerability.knownExploitedAt)}` : "";
  return [
    `- Severity ${severity}, ${by}`,
    ...(finding.knownExploited ? [`- Exploited in the wild: in CISA’s catalogue${since}`] : []),
    ...(finding.exploitAvailable === "yes" ? ["- An exploit is public"] : []),
    ...(epss === null ? [] : [`- EPSS ${(epss * 100).toFixed(1)} %: the chance of exploitation in the next 30 days`]),
    ...(exposures.length === 0
      ? []
      : [`- Reachable from outside: ${exposures.map(({ port }) => toMarkdownText(port)).join(", ")}`]),
    `- Open since ${day(issue.openedAt)}${dueAt ? `, due ${day(dueAt)}` : ""}`,
  ];
}

function toPlaces({ resource, accountId, accountName, region, location, issue }: FindingWithDetail): string[] {
  const account = accountName
    ? `${toMarkdownText(accountName)} (${toMarkdownText(accountId)})`
    : toMarkdownText(accountId);
  return [
    `- Resource: ${toMarkdownCode(resource.name || resource.id)}, ${toMarkdownText(resource.type)}`,
    `- Account: ${account}, ${toMarkdownText(region)}`,
    ...(location ? [`- File: ${toMarkdownCode(`${location.path}:${location.startLine}`)}`] : []),
    `- ${countOf(issue.openFindings, "open finding")} on ${countOf(issue.resources, "resource")}`,
  ];
}

const MOST_PACKAGES = 5;

function toFixes(finding: FindingWithDetail): string[] {
  const { packages, remediation } = finding.detail;
  const updates = packages.slice(0, MOST_PACKAGES).map(({ name, version, fixedIn }) => {
    const from = `${toMarkdownCode(name)} ${toMarkdownText(version)}`;
    return fixedIn === null ? `- ${from}: no fixed version yet` : `- Update ${from} to ${toMarkdownText(fixedIn)}`;
  });
  const told = remediation?.text ? [`- ${toMarkdownText(remediation.text)}`] : [];
  const commands = toCommands(finding).map((command) => `\n${toMarkdownCommand(command)}`);
  return [...updates, ...told, ...commands];
}

function toCommands({ detail: { packages }, resourceDetails }: FindingWithDetail): string[] {
  const platform = platformOf(resourceDetails.details);
  const commands = packages.slice(0, MOST_PACKAGES).map((one) => fixCommand(one, platform));
  return [...new Set(commands.filter((command) => command !== null))];
}

function toLinks({ id, issueId, vulnerability: { sourceUrl } }: FindingWithDetail, appUrl: string): string[] {
  return [
    `- [This finding](${appUrl}/findings/${id})`,
    `- [Every open finding of the issue](${appUrl}/findings?status=active&issueId=${issueId})`,
    ...(sourceUrl !== null && isWebUrl(sourceUrl) ? [`- [Advisory](<${toAddress(sourceUrl)}>)`] : []),
  ];
}

const isWebUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
/** Percent-encoded as browsers write it, so that nothing in it ends the link. */
const toAddress = (url: string): string => new URL(url).href.replace(/[<>\s]/g, encodeURIComponent);
