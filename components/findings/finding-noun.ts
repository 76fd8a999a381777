import type { Finding } from "#lib/domain/finding.ts";

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
 * What is wrong, in a sentence: the title without what has its own place. "CVE-2025-1 - openssl" says nothing that the
 * id and the package do not; then the summary stands there, or the versions where there is none.
 */
export function findingTitle(finding: Finding): string {
  const rest = withoutIdentifier(finding);
  const { package: pack } = finding;
  if (!pack || !namesOnlyPackages(rest, pack.name)) return rest;
  if (finding.summary !== null) return finding.summary;
  const more = finding.packageCount > 1 ? ` and ${finding.packageCount - 1} more` : "";
  return pack.fixedIn
    ? `${pack.version}${more}, fixed in ${pack.fixedIn}`
    : `${pack.version}${more}, no fixed version yet`;
}

/** The same for the head of the detail, where the versions stand below: the source's title where there is no summary. */
export function findingHeadline(finding: Finding): string {
  const rest = withoutIdentifier(finding);
  if (!finding.package || !namesOnlyPackages(rest, finding.package.name)) return rest;
  return finding.summary ?? finding.title;
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
