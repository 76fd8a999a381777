import {
  type PackageManager,
  type Severity,
  severityOf,
  type Vulnerability,
  vulnerabilities,
} from "../vulnerability.ts";
import { assessmentsOf } from "./assessments.ts";
import type { Assessment, Problem } from "./finding.ts";
import { hexOf, type Random } from "./random.ts";
import { toEpochSeconds } from "./time.ts";

/** Where packages are found: it decides who reports them and where they lie. */
export type Platform = { name: string; arch: "X86_64" | "ARM64"; upgrade: string; vendor: string; layered: boolean };

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
/** Binary packages that are built from one source and so are reported together. */
const BINARY_PACKAGES: Record<string, readonly string[]> = {
  openssl: ["openssl", "openssl-libs"],
  glibc: ["glibc", "glibc-common", "glibc-minimal-langpack"],
  curl: ["curl", "libcurl"],
  systemd: ["systemd", "systemd-libs", "systemd-pam"],
  python3: ["python3", "python3-libs"],
  krb5: ["krb5-libs"],
  "util-linux": ["util-linux", "libblkid", "libmount", "libuuid"],
  vim: ["vim-common", "vim-minimal"],
  openssh: ["openssh", "openssh-server", "openssh-clients"],
  perl: ["perl", "perl-libs"],
};
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
  const assessments = new Map(vulnerabilities.map((each) => [each.id, assessmentsOf(each, year)]));
  const pools = new Map<string, Vulnerability[]>();
  for (const vulnerability of vulnerabilities.toReversed()) {
    if (Date.parse(vulnerability.publishedOn) >= year.end) continue;
    const pool = `${vulnerability.packageManager}/${severityOf(vulnerability)}`;
    pools.set(pool, [...(pools.get(pool) ?? []), vulnerability]);
  }
  const poolOf = (managers: readonly PackageManager[], severity: Severity) =>
    managers.flatMap((manager) => pools.get(`${manager}/${severity}`) ?? []);
  return {
    pick(platform, managers, random) {
      const wanted = poolOf(managers, weightedSeverity(random));
      const vulnerability = pickEarly(wanted.length > 0 ? wanted : poolOf(managers, "HIGH"), random);
      const key = `${vulnerability.id}/${platform.name}/${platform.arch}`;
      const problem = known.get(key) ?? packageProblem(key, vulnerability, platform, assessments.get(vulnerability.id));
      known.set(key, problem);
      return problem;
    },
  };
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
  const names = packageManager === "OS" ? (BINARY_PACKAGES[packageName] ?? [packageName]) : [packageName];
  const unrepaired = unrepairedOf(key, packageManager, names);
  return names.map((name) => ({
    name,
    version: affectedVersion,
    packageManager,
    ...(packageManager === "OS"
      ? { arch: platform.arch, epoch: 0, remediation: `${platform.upgrade} ${name}` }
      : { filePath: MANIFESTS[packageManager](packageName) }),
    ...(platform.layered && { sourceLayerHash: `sha256:${hexOf(`${key}/layer`, 64)}` }),
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
