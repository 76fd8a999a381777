import type { Finding } from "#lib/domain/finding.ts";

const PATH_TAIL = 2;

/** The last folders of a path: enough to know the file by, the whole is in the detail. */
export function shortPath(path: string): string {
  return path.split("/").filter(Boolean).slice(-PATH_TAIL).join("/");
}

/** What a person would call the finding by: its package, or its file and line. Null where the title says it all. */
export function findingNoun(finding: Finding): { text: string; isCode: boolean } | null {
  if (finding.package) return { text: finding.package.name, isCode: false };
  if (finding.location)
    return { text: `${shortPath(finding.location.path)}:${finding.location.startLine}`, isCode: true };
  return null;
}

/** The title without the identifier that has its own column: "CVE-2025-1 - openssl" becomes "openssl". */
export function findingTitle(finding: Finding): string {
  const id = finding.cve;
  if (!id || !finding.title.startsWith(id)) return finding.title;
  const rest = finding.title.slice(id.length).replace(/^[\s:–-]+/, "");
  return rest === "" ? finding.title : rest;
}
