import {
  type PackageManager,
  type Severity,
  severityOf,
  type Vulnerability,
  vulnerabilities,
} from "../vulnerability.ts";
import { assessmentsOf } from "./assessments.ts";
import type { Assessment, Problem } from "./finding.ts";
import { binaryPackages, carries, type Platform, upgradeCommand } from "./platforms.ts";
import { hexOf, type Random } from "./random.ts";
import { toEpochSeconds } from "./time.ts";

export type PackageProblems = {
  /** A problem of one of these managers on that platform; rarer severities come up as rarely as in the field. */
  pick(platform: Platform, managers: readonly PackageManager[], random: Random): Problem;
};

const SEVERITY_WEIGHTS: [Severity, number][] = [
  ["CRITICAL", 0.05],
  ["HIGH", 0.36],
  ["MEDIUM", 0.49],
  ["LOW", 0.1],
];
const MANIFESTS: Record<Exclude<PackageManager, "OS">, (name: string) => string> = {
  NPM: (name) => `app/node_modules/${name}/package.json`,
  PIP: (name) => `usr/local/lib/python3.11/site-packages/${name}/METADATA`,
  JAR: (name) => `app/BOOT-INF/lib/${name.split(":").at(-1)}.jar`,
  GOMOD: () => "src/go.mod",
  GOBINARY: () => "usr/local/bin/server",
  NUGET: () => "app/service.deps.json",
  BUNDLER: () => "app/Gemfile.lock",
  COMPOSER: () => "var/www/composer.lock",
  CARGO: () => "src/Cargo.lock",
};

/** The package problems of a year; the same vulnerability on the same platform is one problem. */
export function packageProblemsOf(year: { seed: string; start: number; end: number }): PackageProblems {
  const known = new Map<string, Problem>();
  const pools = new Map<string, readonly Vulnerability[]>();
  const assessments = new Map(vulnerabilities.map((each) => [each.id, assessmentsOf(each, year)]));
  const published = vulnerabilities.filter(({ publishedOn }) => Date.parse(publishedOn) < year.end).toReversed();
  const poolOf = (platform: Platform, manager: PackageManager, severity: Severity) => {
    const key = `${platform.family}/${platform.kind}/${manager}/${severity}`;
    const pool = pools.get(key) ?? published.filter((each) => isFoundOn(platform, manager, severity, each));
    pools.set(key, pool);
    return pool;
  };
  return {
    pick(platform, managers, random) {
      // Each mention of a manager counts, so a list may give one more weight than another.
      const manager = random.pick(managers);
      const wanted = poolOf(platform, manager, weightedSeverity(random));
      const vulnerability = pickEarly(wanted.length > 0 ? wanted : poolOf(platform, manager, "HIGH"), random);
      const key = `${vulnerability.id}/${platform.name}/${platform.kind}/${platform.arch}`;
      const problem = known.get(key) ?? packageProblem(key, vulnerability, platform, assessments.get(vulnerability.id));
      known.set(key, problem);
      return problem;
    },
  };
}

function isFoundOn(
  platform: Platform,
  manager: PackageManager,
  severity: Severity,
  vulnerability: Vulnerability,
): boolean {
  const { packageManager, packageName } = vulnerability;
  if (packageManager !== manager || severityOf(vulnerability) !== severity) return false;
  return packageManager !== "OS" || carries(platform, packageName);
}

/** The pools begin with the newest vulnerabilities, and those are what most resources have. */
function pickEarly<T>(pool: readonly T[], random: Random): T {
  const picked = pool[Math.floor(pool.length * random.next() ** 1.8)];
  if (picked === undefined) throw new Error("No vulnerability to pick");
  return picked;
}

function weightedSeverity(random: Random): Severity {
  let left = random.next();
  for (const [severity, weight] of SEVERITY_WEIGHTS) {
    left -= weight;
    if (left < 0) return severity;
  }
  return "MEDIUM";
}

function packageProblem(
  key: string,
  vulnerability: Vulnerability,
  platform: Platform,
  assessments: Problem["assessments"] | undefined,
): Problem {
  if (assessments === undefined) throw new Error(`${vulnerability.id} was never assessed`);
  const packages = vulnerablePackages(key, vulnerability, platform);
  const fixAvailable = fixAvailableFor(packages);
  return {
    key,
    type: "PACKAGE_VULNERABILITY",
    vulnerability,
    fixAvailable,
    assessments,
    snippet: null,
    describe: (assessment) => ({
      title: `${vulnerability.id} - ${packages.map(({ name }) => name).join(", ")}`,
      description: `${vulnerability.title}.`,
      remediation: { recommendation: { text: recommendationOf(vulnerability) } },
      fixAvailable,
      exploitAvailable: assessment.exploitAvailable ? "YES" : "NO",
      ...(assessment.epssScore !== null && { epss: { score: assessment.epssScore } }),
      ...scores(vulnerability, assessment),
      packageVulnerabilityDetails: {
        vulnerabilityId: vulnerability.id,
        source: vulnerability.packageManager === "OS" ? platform.vendor : "NVD",
        sourceUrl: `https://nvd.nist.gov/vuln/detail/${vulnerability.id}`,
        cvss: assessment.vector === null ? [] : [cvss(assessment.vector, assessment.score)],
        referenceUrls: [`https://www.cve.org/CVERecord?id=${vulnerability.id}`],
        relatedVulnerabilities: [],
        vendorSeverity: assessment.severity,
        vendorCreatedAt: toEpochSeconds(Date.parse(vulnerability.publishedOn)),
        vulnerablePackages: packages,
      },
    }),
  };
}

function scores(vulnerability: Vulnerability, { vector, score, exploitAvailable }: Assessment): object {
  if (vector === null || score === null) return {};
  const adjustedCvss = {
    scoreSource: "NVD",
    cvssSource: "NVD",
    version: "3.1",
    score,
    scoringVector: vector,
    adjustments: [],
  };
  const exploited = vulnerability.knownExploitedOn;
  return {
    inspectorScore: score,
    inspectorScoreDetails: { adjustedCvss },
    ...(exploited &&
      exploitAvailable && { exploitabilityDetails: { lastKnownExploitAt: toEpochSeconds(Date.parse(exploited)) } }),
  };
}

function cvss(scoringVector: string, baseScore: number | null): object {
  return { baseScore, scoringVector, version: "3.1", source: "NVD" };
}

function recommendationOf({ fixedVersion, packageName }: Vulnerability): string {
  return fixedVersion === null ? "None Provided" : `Upgrade ${packageName} to ${fixedVersion} or later.`;
}

function vulnerablePackages(key: string, vulnerability: Vulnerability, platform: Platform): { name: string }[] {
  const { packageManager, packageName, affectedVersion, fixedVersion } = vulnerability;
  const names = packageManager === "OS" ? binaryPackages(platform, packageName) : [packageName];
  const unrepaired = unrepairedOf(key, packageManager, names);
  return names.map((name) => ({
    name,
    version: affectedVersion,
    packageManager,
    ...(packageManager === "OS"
      ? { arch: platform.arch, epoch: 0, remediation: upgradeCommand(platform, name) }
      : { filePath: MANIFESTS[packageManager](packageName) }),
    ...(platform.kind === "image" && { sourceLayerHash: `sha256:${hexOf(`${key}/layer`, 64)}` }),
    ...(fixedVersion !== null && !unrepaired.includes(name) && { fixedInVersion: fixedVersion }),
  }));
}

/** A distribution has not yet repaired some of its packages, and now and then all but one of those from one source. */
function unrepairedOf(key: string, packageManager: PackageManager, names: readonly string[]): readonly string[] {
  if (packageManager !== "OS") return [];
  const fate = Number.parseInt(hexOf(key, 2), 16) / 256;
  if (fate < 0.08) return names;
  return fate < 0.14 ? names.slice(1) : [];
}

function fixAvailableFor(packages: readonly object[]): "YES" | "NO" | "PARTIAL" {
  const fixable = packages.filter((each) => "fixedInVersion" in each).length;
  if (fixable === 0) return "NO";
  return fixable < packages.length ? "PARTIAL" : "YES";
}
