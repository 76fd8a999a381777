import type { Finding } from "#lib/domain/finding.ts";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";

const HEADLINE_LENGTH = 160;

/** The end of a path: enough to know the file by, the whole is in the detail. */
export function shortPath(path: string, parts = 2): string {
  return path.split("/").filter(Boolean).slice(-parts).join("/");
}

/** What a person would call the finding by: its package, or its file and line. Null where the title says it all. */
export function findingNoun(finding: Finding): { text: string; isCode: boolean } | null {
  if (finding.package) return { text: finding.package.name, isCode: false };
  if (finding.location)
    return { text: `${shortPath(finding.location.path)}:${finding.location.startLine}`, isCode: true };
  return null;
}

/**
 * The title without what has its own place: "CVE-2025-1 - openssl" says nothing that the id and the package do not, so
 * the versions stand there instead.
 */
export function findingTitle(finding: Finding): string {
  const rest = withoutIdentifier(finding);
  const { package: pack } = finding;
  if (!pack || !namesOnlyPackages(rest, pack.name)) return rest;
  const more = finding.packageCount > 1 ? ` and ${finding.packageCount - 1} more` : "";
  return pack.fixedIn
    ? `${pack.version}${more}, fixed in ${pack.fixedIn}`
    : `${pack.version}${more}, no fixed version yet`;
}

/** What is wrong, in a sentence: the title, or the first sentence of the description where the title is only names. */
export function findingHeadline(finding: FindingWithDetail): string {
  const rest = withoutIdentifier(finding);
  if (!finding.package || !namesOnlyPackages(rest, finding.package.name)) return rest;
  const [sentence = ""] = finding.description.trim().split(/(?<=\.)\s|\n/, 1);
  return sentence === "" || sentence.length > HEADLINE_LENGTH ? finding.title : sentence.replace(/\.$/, "");
}

function withoutIdentifier({ title, cve }: Finding): string {
  if (!cve || !title.startsWith(cve)) return title;
  const rest = title.slice(cve.length).replace(/^[\s:–-]+/, "");
  return rest === "" ? title : rest;
}

/** "curl, libcurl": a list of names that begins with the package's own. */
function namesOnlyPackages(text: string, name: string): boolean {
  return text === name || (text.startsWith(`${name}, `) && !/\.\s|\s(a|an|in|of|the|to)\s/i.test(text));
}
