import type { PackageManager } from "../vulnerability.ts";
import { exposuresOf, untilReplaced } from "./exposures.ts";
import type { Finding, Resource } from "./finding.ts";
import { IMAGE_BASES, type Platform } from "./platforms.ts";
import { hexOf } from "./random.ts";
import { DAY, HOUR, NEVER, toEpochSeconds } from "./time.ts";
import { findingsOf, type Site, type Workload } from "./workload.ts";

const STACKS: { service: string; managers: PackageManager[] }[] = [
  { service: "checkout", managers: ["OS", "NPM", "NPM"] },
  { service: "storefront-bff", managers: ["OS", "NPM"] },
  { service: "ledger", managers: ["OS", "JAR", "JAR"] },
  { service: "fraud-scoring", managers: ["OS", "PIP", "PIP"] },
  { service: "notifier", managers: ["GOBINARY", "GOMOD", "OS"] },
  { service: "edge-router", managers: ["GOBINARY", "GOMOD", "OS"] },
  { service: "catalogue", managers: ["OS", "JAR"] },
  { service: "customer-portal", managers: ["OS", "BUNDLER"] },
  { service: "marketing-site", managers: ["OS", "COMPOSER"] },
  { service: "billing", managers: ["OS", "NUGET"] },
  { service: "feature-store", managers: ["OS", "PIP"] },
  { service: "telemetry-agent", managers: ["OS", "CARGO", "GOMOD"] },
];

/**
 * One image repository: a new digest with every release, which carries the same problems until a rebuild
 * leaves them out. What is no longer in use stops being scanned, or is deleted by a lifecycle rule.
 */
export function imageRepositoryWorkload(site: Site): Workload {
  const { random, budget, year } = site;
  const base = random.pick(IMAGE_BASES);
  const { service, managers } = random.pick(STACKS);
  const repositoryName = `${site.account.name.replace(/-(prod|staging)$/, "")}/${service}-${hexOf(site.name, 3)}`;
  const resources = digestsOf(
    site,
    repositoryName,
    base,
    Math.max(2, Math.min(random.int(3, 8), Math.round(budget / 5))),
  );
  const count = Math.max(1, Math.round((budget / resources.length) * 2));
  const exposures = exposuresOf(count, () => site.packageProblems.pick(base, managers, random), random, year);
  const findings: Finding[] = [];
  for (const resource of resources) {
    for (const { problem, spans } of exposures) {
      findings.push(...findingsOf(site, resource, problem, untilReplaced(spans, resource)));
    }
  }
  return { resources, findings };
}

/** The digests of the year, evenly apart but for chance; one or two are from before it. */
function digestsOf(site: Site, repositoryName: string, base: Platform, count: number): Resource[] {
  const { random, year } = site;
  const interval = (year.end - year.start) / count;
  const pushes: number[] = [];
  for (
    let pushedAt = year.start - interval * 0.9;
    pushedAt < year.end;
    pushedAt += interval * random.between(0.5, 1.5)
  ) {
    pushes.push(Math.round(pushedAt));
  }
  return pushes.map((pushedAt, index) => {
    const replacedAt = pushes[index + 1] ?? NEVER;
    // Most stay in the registry and are forgotten by the scanner two weeks after their last use.
    const isDeleted = random.chance(0.15);
    const retiredAt = Math.round(replacedAt + random.between(5, 40) * DAY);
    return image(
      site,
      { repositoryName, base, pushedAt, replacedAt, index },
      {
        goneAt: isDeleted ? retiredAt : NEVER,
        unscanned:
          isDeleted || retiredAt === NEVER
            ? null
            : { from: retiredAt, reason: "SCAN_ELIGIBILITY_EXPIRED", closesFindings: true },
      },
    );
  });
}

type Push = { repositoryName: string; base: Platform; pushedAt: number; replacedAt: number; index: number };

function image(site: Site, push: Push, fate: Pick<Resource, "goneAt" | "unscanned">): Resource {
  const { account, region, year } = site;
  const digest = `sha256:${hexOf(`${year.seed}/${site.name}/${push.pushedAt}`, 64)}`;
  const id = `arn:aws:ecr:${region}:${account.id}:repository/${push.repositoryName}/${digest}`;
  const imageTags = [`1.${push.index}.${site.random.int(0, 9)}`];
  const lastInUseAt = Math.min(push.replacedAt, year.end) - HOUR;
  return {
    accountId: account.id,
    region,
    type: "AWS_ECR_CONTAINER_IMAGE",
    id,
    bornAt: push.pushedAt,
    ...fate,
    scanTypes: ["PACKAGE"],
    body: {
      type: "AWS_ECR_CONTAINER_IMAGE",
      id,
      partition: "aws",
      provider: "AWS",
      providerAccountId: account.id,
      region,
      tags: {},
      details: {
        awsEcrContainerImage: {
          repositoryName: push.repositoryName,
          imageTags,
          pushedAt: toEpochSeconds(push.pushedAt),
          architecture: push.base.arch === "ARM64" ? "arm64" : "amd64",
          imageHash: digest,
          registry: account.id,
          platform: push.base.name,
        },
      },
    },
    coverage: { resourceMetadata: { ecrImage: { tags: imageTags, lastInUseAt: toEpochSeconds(lastInUseAt) } } },
  };
}
