import type { Finding, VulnerablePackage } from "@aws-sdk/client-inspector2";
import { hexOf, type Random, randomFrom, uuidOf } from "../sample/organisation/random.ts";
import { vulnerabilities } from "../sample/vulnerability.ts";

const DAY_MS = 86_400_000;
const LAYERS = 6;

/** Words of the trade, whose order is left to chance: more various than sentences, so that they compress no better. */
const WORDS = [...new Set(vulnerabilities.flatMap(({ title }) => title.split(" ")))];

const REFERENCES: ((random: Random, cve: string) => string)[] = [
  (random, cve) => `https://git.example.org/projects/${word(random)}/commit/${hexOf(`${cve}/${random.next()}`, 40)}`,
  (random) =>
    `https://lists.example.net/archives/announce/20${random.int(15, 26)}/msg${random.int(10_000, 99_999)}.html`,
  (random) => `https://errata.example.com/errata/ADV-20${random.int(15, 26)}:${random.int(1_000, 9_999)}`,
  (random) => `https://bugs.example.com/show_bug.cgi?id=${random.int(1_000_000, 2_400_000)}`,
  (random, cve) => `https://lists.example.org/list/package-announce/message/${hexOf(`${random.next()}`, 32)}/#${cve}`,
  (random) => `https://${word(random)}.example.org/security/${word(random)}-${word(random)}-${random.int(100, 999)}`,
];

/**
 * A finding of the sample with as much more as Inspector's have: a whole description, its references, both scores,
 * releases, layers and other places of packages, an image's tags by commit, an instance's tags of its stack. What belongs
 * to a vulnerability is the same in all its findings, and so is what belongs to a resource.
 */
export function toldInFull(finding: Finding): Finding {
  const [resource] = finding.resources ?? [];
  const told = ofVulnerability(finding, resource?.id ?? "");
  if (!resource?.details) return told;
  return { ...told, resources: [ofResource(resource, randomFrom(`${resource.id}`))] };
}

function ofVulnerability(finding: Finding, resourceId: string): Finding {
  const details = finding.packageVulnerabilityDetails;
  if (!details) return finding;
  const cve = `${details.vulnerabilityId}`;
  const random = randomFrom(cve);
  const [score] = details.cvss ?? [];
  return {
    ...finding,
    description: `${finding.description} ${wordsOf(random, random.int(20, 130))}.`,
    packageVulnerabilityDetails: {
      ...details,
      cvss: score ? [score, { ...score, source: details.source }] : [],
      referenceUrls: [...(details.referenceUrls ?? []), ...referencesOf(random, cve)],
      relatedVulnerabilities: random.chance(0.2) ? relatedOf(random) : [],
      vendorUpdatedAt: new Date(Date.UTC(2026, 0, 1) + random.int(0, 300) * DAY_MS),
      vulnerablePackages: (details.vulnerablePackages ?? []).flatMap((one) => ofPackage(one, cve, resourceId)),
    },
  };
}

/** Packages of a system have a release; one of an application lies in several places, in every fourth case. */
function ofPackage(one: VulnerablePackage, cve: string, resourceId: string): VulnerablePackage[] {
  const random = randomFrom(`${cve}/${one.name}`);
  if (one.packageManager === "OS") {
    const release = `${random.int(1, 90)}.${random.int(1, 9)}`;
    const { fixedInVersion } = one;
    return [
      layered(
        { ...one, release, ...(fixedInVersion && { fixedInVersion: `0:${fixedInVersion}-${release}` }) },
        resourceId,
      ),
    ];
  }
  const owners = random.chance(0.25) ? ["", word(random), word(random)] : [""];
  return owners.map((owner) => layered(owner ? { ...one, filePath: `opt/${owner}/${one.filePath}` } : one, resourceId));
}

function layered(one: VulnerablePackage, resourceId: string): VulnerablePackage {
  if (!one.sourceLayerHash) return one;
  const layer = randomFrom(`${one.name}${one.filePath}`).int(1, LAYERS);
  return { ...one, sourceLayerHash: `sha256:${hexOf(`${resourceId}/${layer}`, 64)}` };
}

type Resource = NonNullable<Finding["resources"]>[number];

function ofResource(resource: Resource, random: Random): Resource {
  const { awsEcrContainerImage: image, awsEc2Instance: instance } = resource.details ?? {};
  if (image) {
    const imageTags = [...(image.imageTags ?? []), hexOf(`${resource.id}/commit`, 40)];
    const lastInUseAt = new Date(Date.UTC(2026, 10, 1) + random.int(0, 23 * 86_400) * 1_000);
    const inUseCount = random.int(0, 40);
    return { ...resource, details: { awsEcrContainerImage: { ...image, imageTags, lastInUseAt, inUseCount } } };
  }
  if (!instance) return resource;
  const stack = `${word(random)}-${word(random)}`;
  const tags = {
    ...resource.tags,
    "aws:cloudformation:stack-name": stack,
    "aws:cloudformation:stack-id": `arn:aws:cloudformation:${resource.region}:${resource.providerAccountId}:stack/${stack}/${uuidOf(stack)}`,
    "aws:ec2launchtemplate:id": `lt-${hexOf(`${resource.id}/template`, 17)}`,
    CostCenter: `${random.int(1_000, 9_999)}`,
    Owner: `${word(random)}@example.com`,
    PatchGroup: word(random),
  };
  const keyName = `${word(random)}-${random.int(2_019, 2_026)}`;
  return { ...resource, tags, details: { awsEc2Instance: { ...instance, keyName } } };
}

const word = (random: Random): string => random.pick(WORDS).toLowerCase();
const wordsOf = (random: Random, count: number): string => Array.from({ length: count }, () => word(random)).join(" ");

function referencesOf(random: Random, cve: string): string[] {
  return Array.from({ length: random.int(2, 16) }, () => random.pick(REFERENCES)(random, cve));
}

function relatedOf(random: Random): string[] {
  return Array.from({ length: random.int(1, 6) }, () => `CVE-20${random.int(15, 26)}-${random.int(1_000, 60_000)}`);
}
