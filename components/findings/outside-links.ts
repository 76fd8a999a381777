import type { FindingWithDetail } from "#lib/domain/finding-page.ts";

export type OutsideReference = { href: string; label: string };

/** Who speaks at an address, where a person knows them by a name. The address itself is shown for all others. */
const SPEAKERS: [RegExp, string][] = [
  [/^https:\/\/nvd\.nist\.gov\/vuln\/detail\//, "NVD"],
  [/^https:\/\/www\.cve\.org\/CVERecord/, "CVE record"],
  [/^https:\/\/github\.com\/advisories\//, "GitHub advisory"],
  [/^https:\/\/(explore\.)?alas\.aws\.amazon\.com\//, "Amazon Linux advisory"],
  [/^https:\/\/access\.redhat\.com\//, "Red Hat advisory"],
  [/^https:\/\/ubuntu\.com\/security\//, "Ubuntu advisory"],
  [/^https:\/\/(people\.canonical\.com|git\.launchpad\.net)\//, "Ubuntu advisory"],
  [/^https:\/\/security-tracker\.debian\.org\//, "Debian advisory"],
  [/^https:\/\/(www\.)?suse\.com\/security\//, "SUSE advisory"],
  [/^https:\/\/secdb\.alpinelinux\.org\//, "Alpine advisory"],
];

const CVE = /^CVE-\d{4}-\d{4,19}$/;
const GHSA = /^GHSA(-[\da-z]{4}){3}$/i;

/**
 * Where to read on, once each: what everybody has about the identifier, then what the source names. Only https: what a
 * source names is shown, and never trusted.
 */
export function outsideReferences({ cve, knownExploited, vulnerability }: FindingWithDetail): OutsideReference[] {
  const { name, sourceUrl, referenceUrls, cwes } = vulnerability;
  const weaknesses = new Set(cwes.map(weaknessAddress));
  const known: OutsideReference[] = [];
  if (cve && CVE.test(cve)) {
    known.push({ href: `https://nvd.nist.gov/vuln/detail/${cve}`, label: "NVD" });
    if (knownExploited) known.push({ href: catalogueAddress(cve), label: "CISA’s catalogue" });
  }
  if (GHSA.test(name)) known.push({ href: `https://github.com/advisories/${name}`, label: "GitHub advisory" });
  const named = [sourceUrl, ...referenceUrls]
    .filter((url) => url !== null)
    .filter((url) => !weaknesses.has(url)) // they stand beside the scores
    .map((url) => toReference(url, name));
  return [...new Map([...named, ...known].map((one) => [one.href, one])).values()].sort(
    (one, other) => rankOf(one, known) - rankOf(other, known),
  );
}

const rankOf = ({ href }: OutsideReference, known: OutsideReference[]): number =>
  known.some((one) => one.href === href) ? 0 : 1;

/** An advisory has a name of its own, unless it is called after what it is about. */
function toReference(href: string, name: string): OutsideReference {
  const [, speaker] = SPEAKERS.find(([addresses]) => addresses.test(href)) ?? [];
  if (!speaker) return { href, label: href };
  return { href, label: href.includes(name) ? speaker : `${speaker}: ${href.split("/").filter(Boolean).at(-1)}` };
}

function catalogueAddress(cve: string): string {
  return `https://www.cisa.gov/known-exploited-vulnerabilities-catalog?search_api_fulltext=${cve}`;
}

/** MITRE's page on a weakness, as in CWE-79; null for what is no such name. */
export function weaknessAddress(cwe: string): string | null {
  const number = /^CWE-(\d{1,6})$/.exec(cwe)?.[1];
  return number ? `https://cwe.mitre.org/data/definitions/${number}.html` : null;
}
