import { exposuresOf, untilReplaced } from "./exposures.ts";
import type { Finding, Resource } from "./finding.ts";
import { networkProblem } from "./network-problems.ts";
import { HOSTS, type Platform } from "./platforms.ts";
import { hexOf, type Random } from "./random.ts";
import { DAY, HOUR, NEVER, toEpochSeconds, WEEK } from "./time.ts";
import { findingsOf, type Site, type Workload } from "./workload.ts";

const ROLES = ["web", "api", "worker", "bastion", "ingest", "scheduler", "cache", "search", "reporting", "build-agent"];
const TYPES = ["t3.small", "t3.large", "m7g.large", "m6i.xlarge", "c7g.xlarge", "r6i.2xlarge"];

/**
 * Instances under one name: an auto scaling group that replaces its instances every few weeks, or instances
 * that live for years and are patched in place.
 */
export function fleetWorkload(site: Site): Workload {
  const { random, year, budget } = site;
  const platform = random.pick(HOSTS);
  const role = random.pick(ROLES);
  const isGroup = random.chance(0.45);
  const size = Math.max(1, Math.min(random.int(1, isGroup ? 5 : 3), Math.round(budget / 6)));
  const openTo = role === "bastion" || random.chance(0.3) ? random.pick([22, 3389, 8080, 9200]) : null;
  const resources = Array.from({ length: size }, (_, slot) =>
    slotInstances(site, { platform, role, isGroup, slot }),
  ).flat();
  // A generation sees only part of the exposures, so a group can have more of them within its budget.
  const seenShare = isGroup ? 0.4 * (resources.length / size) : 0.9;
  const count = Math.max(1, Math.round(budget / size / seenShare));
  const exposures = exposuresOf(count, () => site.packageProblems.pick(platform, ["OS"], random), random, year);
  const findings: Finding[] = [];
  for (const resource of resources) {
    for (const { problem, spans } of exposures) {
      findings.push(...findingsOf(site, resource, problem, isGroup ? untilReplaced(spans, resource) : spans));
    }
    if (openTo !== null) findings.push(...openPort(site, resource, openTo));
  }
  return { resources, findings };
}

function openPort(site: Site, resource: Resource, port: number): Finding[] {
  const closedAt = site.random.chance(0.5) ? Math.round(resource.bornAt + site.random.between(10, 200) * DAY) : NEVER;
  return findingsOf(site, resource, networkProblem(resource, port), [{ from: resource.bornAt, to: closedAt }]);
}

type Slot = { platform: Platform; role: string; isGroup: boolean; slot: number };

/** The instances that follow one another in one place of the fleet. */
function slotInstances(site: Site, place: Slot): Resource[] {
  const { random, year } = site;
  const instances: Resource[] = [];
  let bornAt = Math.round(year.start - random.between(0, place.isGroup ? 80 : 500) * DAY);
  if (!place.isGroup) bornAt = random.chance(0.25) ? Math.round(random.between(year.start, year.end - WEEK)) : bornAt;
  while (bornAt < year.end) {
    const lifetime = lifetimeOf(place, random);
    const goneAt = Math.round(bornAt + lifetime);
    instances.push(instance(site, place, bornAt, goneAt));
    if (!place.isGroup) break;
    bornAt = goneAt - Math.round(0.2 * HOUR);
  }
  return instances.filter(({ goneAt }) => goneAt > year.start);
}

function lifetimeOf({ isGroup }: Slot, random: Random): number {
  if (isGroup) return random.between(90, 240) * DAY;
  return random.chance(0.12) ? random.between(100, 700) * DAY : NEVER;
}

function instance(site: Site, { platform, role, isGroup, slot }: Slot, bornAt: number, goneAt: number): Resource {
  const { account, region, random, name } = site;
  const identity = `${site.year.seed}/${name}/${slot}/${bornAt}`;
  const id = `i-${hexOf(identity, 17)}`;
  const label = `${account.name}-${role}`;
  const group = `${label}-asg-${hexOf(name, 4)}`;
  const tags = {
    Name: isGroup ? label : `${label}-${slot + 1}-${hexOf(name, 4)}`,
    Environment: account.name.endsWith("staging") ? "staging" : "production",
    Team: account.name.replace(/-(prod|staging)$/, ""),
    ...(isGroup && { "aws:autoscaling:groupName": group }),
  };
  const imageId = `ami-${hexOf(`${name}/${bornAt}`, 17)}`;
  const address = `10.${random.int(0, 63)}.${random.int(0, 255)}.${random.int(4, 250)}`;
  return {
    accountId: account.id,
    region,
    type: "AWS_EC2_INSTANCE",
    id,
    bornAt,
    goneAt,
    unscanned: unscannedInstance(site, isGroup, bornAt, goneAt),
    scanTypes: ["PACKAGE", "NETWORK"],
    body: {
      type: "AWS_EC2_INSTANCE",
      id,
      partition: "aws",
      provider: "AWS",
      providerAccountId: account.id,
      region,
      tags,
      details: {
        awsEc2Instance: {
          type: random.pick(TYPES),
          imageId,
          ipV4Addresses: [address],
          ipV6Addresses: [],
          iamInstanceProfileArn: `arn:aws:iam::${account.id}:instance-profile/${label}`,
          vpcId: `vpc-${hexOf(`${account.id}/${region}/vpc`, 17)}`,
          subnetId: `subnet-${hexOf(`${account.id}/${region}/${slot % 3}`, 17)}`,
          launchedAt: toEpochSeconds(bornAt),
          platform: platform.name,
        },
      },
    },
    coverage: {
      resourceMetadata: { ec2: { tags, amiId: imageId, platform: "LINUX" } },
      scanMode: random.chance(0.2) ? "EC2_AGENTLESS" : "EC2_SSM_AGENT_BASED",
    },
  };
}

/** Some long-lived instances are lost to Inspector: stopped, or their agent no longer answers. */
function unscannedInstance(
  { random, year }: Site,
  isGroup: boolean,
  bornAt: number,
  goneAt: number,
): Resource["unscanned"] {
  if (isGroup || !random.chance(0.07)) return null;
  // A third were never scanned at all.
  const from = random.chance(0.33) ? bornAt : random.between(Math.max(bornAt, year.start), Math.min(goneAt, year.end));
  const reasons = ["EC2_INSTANCE_STOPPED", "NO_INVENTORY", "UNMANAGED_EC2_INSTANCE", "STALE_INVENTORY"];
  return { from: Math.round(from), reason: random.pick(reasons), closesFindings: false };
}
