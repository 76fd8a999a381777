import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";

const ACCOUNTS = 12;
const CVES = 300;
const RESOURCES_AN_ACCOUNT = 250;
const PACKAGES = 120;
const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 0, 1);

/** One batch out of `count` findings in order of account, each with some 6 KB of raw JSON, as pages of Inspector hold them. */
export function batchOf(batch: { prefix: string; start: number; size: number; count: number }): ObservedFinding[] {
  return Array.from({ length: batch.size }, (_, at) => aFinding(batch.start + at, batch.count, batch.prefix));
}

function aFinding(index: number, count: number, prefix: string): ObservedFinding {
  const accountId = `${prefix}${String(Math.floor((index * ACCOUNTS) / count)).padStart(10, "0")}`;
  const cve = `CVE-2025-${10_000 + (index % CVES)}`;
  const resource = `arn:aws:ecr:eu-west-1:${accountId}:repository/team-${index % 40}/sha256:${hex(index % RESOURCES_AN_ACCOUNT, 64)}`;
  const severity = SEVERITIES[index % SEVERITIES.length] ?? "medium";
  const firstObservedAt = new Date(START_MS + (index % 300) * DAY_MS);
  const packageName = `package-${index % PACKAGES}`;
  const lineage = `image:eu-west-1:team-${index % 40}`;
  const sourceId = `arn:aws:inspector2:eu-west-1:${accountId}:finding/${hex(index, 32)}`;
  return {
    sourceId,
    accountId,
    region: "eu-west-1",
    type: "package",
    status: index % 20 === 0 ? "closed" : "active",
    severity,
    score: (index % 100) / 10,
    scoreAdjustments: [],
    description: null,
    title: `${cve} - ${packageName}`,
    vulnerability: {
      name: cve,
      kind: "cve",
      title: cve,
      description: `A flaw in ${packageName} lets a remote attacker do what they should not. `.repeat(6),
      cwes: ["CWE-787"],
      cvss: [{ source: "NVD", version: "3.1", vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", score: 9.8 }],
      sourceUrl: `https://nvd.nist.gov/vuln/detail/${cve}`,
      referenceUrls: [`https://example.org/advisories/${cve}`],
      epss: (index % CVES) / CVES,
      publishedAt: new Date(START_MS),
    },
    resource: {
      type: "AWS_ECR_CONTAINER_IMAGE",
      id: resource,
      name: resource,
      provider: "AWS",
      lineage,
      tags: {},
      details: {},
    },
    lineage,
    packages: [
      {
        name: packageName,
        version: "1.2.3",
        fixedIn: index % 3 ? "1.2.4" : null,
        manager: "OS",
        path: null,
        remediation: null,
      },
    ],
    code: null,
    network: null,
    scanName: null,
    fixAvailable: index % 3 ? "yes" : "no",
    exploitAvailable: index % 7 ? "no" : "yes",
    knownExploitedAt: null,
    remediation: { text: "Update the package.", url: null },
    firstObservedAt,
    lastObservedAt: firstObservedAt,
    updatedAt: firstObservedAt,
    raw: rawOf({ sourceId, cve, resource, packageName, index }),
  };
}

/** Text that compresses about as well as an answer of Inspector does. */
function rawOf(of: { sourceId: string; cve: string; resource: string; packageName: string; index: number }): unknown {
  return {
    ...of,
    vulnerablePackages: Array.from({ length: 14 }, (_, at) => ({
      arch: "X86_64",
      name: `${of.packageName}-part-${at}`,
      version: `1.${of.index % 50}.${at}`,
      sourceLayerHash: `sha256:${hex(of.index * 31 + at * 7_919, 64)}`,
      filePath: `/usr/lib/${of.packageName}/${hex(of.index * 17 + at, 12)}/lib.so`,
      packageManager: "OS",
      fixedInVersion: "0:1.2.4",
    })),
    referenceUrls: Array.from(
      { length: 30 },
      (_, at) => `https://example.org/${of.cve}/${hex(of.index * 13 + at * 101, 24)}`,
    ),
  };
}

/** A number as so many hexadecimal digits, spread over all of them. */
function hex(number: number, digits: number): string {
  let text = "";
  for (let part = number + 1; text.length < digits; part = (part * 2_654_435_761 + 12_345) % 4_294_967_296) {
    text += part.toString(16).padStart(8, "0");
  }
  return text.slice(0, digits);
}
