import type { PackageManager } from "../vulnerability.ts";
import type { Language } from "./code-problems.ts";
import { exposuresOf } from "./exposures.ts";
import type { Resource } from "./finding.ts";
import { codePlatform } from "./platforms.ts";
import { hexOf, uuidOf } from "./random.ts";
import { DAY, NEVER } from "./time.ts";
import { findingsOf, type Site, type Workload } from "./workload.ts";

const PROJECTS: { project: string; managers: PackageManager[]; languages: Language[] }[] = [
  { project: "checkout-web", managers: ["NPM"], languages: ["JavaScript", "TypeScript"] },
  { project: "ledger-service", managers: ["JAR"], languages: ["Java"] },
  { project: "risk-models", managers: ["PIP"], languages: ["Python"] },
  { project: "cloud-foundation", managers: ["NPM"], languages: ["Terraform", "TypeScript"] },
  { project: "partner-api", managers: ["PIP"], languages: ["Python", "Terraform"] },
  { project: "mobile-gateway", managers: ["GOMOD"], languages: ["TypeScript", "Terraform"] },
];

/** One repository that Inspector's code security scans: findings in its own code and in what it depends on. */
export function codeRepositoryWorkload(site: Site): Workload {
  const { random, year, budget } = site;
  const { project, managers, languages } = random.pick(PROJECTS);
  const provider = random.chance(0.7) ? "GITHUB" : "GITLAB_SELF_MANAGED";
  const platform = codePlatform("REPOSITORY");
  const projectName = `example-corp/${project}-${hexOf(site.name, 3)}`;
  const resource = codeRepository(site, projectName, provider);
  const inCode = Math.max(1, Math.round(budget * 0.6));
  const exposures = [
    ...exposuresOf(inCode, () => site.codeProblems.pick(projectName, languages, random), random, year),
    ...exposuresOf(
      Math.max(1, budget - inCode),
      () => site.packageProblems.pick(platform, managers, random),
      random,
      year,
    ),
  ];
  const findings = exposures.flatMap(({ problem, spans }) => findingsOf(site, resource, problem, spans));
  return { resources: [resource], findings };
}

function codeRepository(site: Site, projectName: string, providerType: string): Resource {
  const { account, region, random, year } = site;
  const integrationArn = `arn:aws:inspector2:${region}:${account.id}:codesecurity-integration/${uuidOf(`${year.seed}/${account.id}/${providerType}`)}`;
  const id = `${integrationArn}/project-${uuidOf(`${year.seed}/${projectName}`)}`;
  return {
    accountId: account.id,
    region,
    type: "CODE_REPOSITORY",
    id,
    bornAt: Math.round(year.start - random.between(20, 300) * DAY),
    goneAt: NEVER,
    unscanned: random.chance(0.05)
      ? {
          from: Math.round(random.between(year.start, year.end)),
          reason: "INTEGRATION_CONNECTION_LOST",
          closesFindings: false,
        }
      : null,
    scanTypes: ["CODE"],
    body: {
      type: "CODE_REPOSITORY",
      id,
      partition: "aws",
      provider: "AWS",
      providerAccountId: account.id,
      region,
      details: { codeRepository: { projectName, integrationArn, providerType } },
    },
    coverage: {
      resourceMetadata: {
        codeRepository: { projectName, integrationArn, providerType, providerTypeVisibility: "PRIVATE" },
      },
    },
  };
}
