import { exposuresOf } from "./exposures.ts";
import type { Resource } from "./finding.ts";
import { AZURE_HOST, AZURE_IMAGE } from "./platforms.ts";
import { hexOf, uuidOf } from "./random.ts";
import { DAY, NEVER, toEpochSeconds } from "./time.ts";
import { findingsOf, type Site, type Workload } from "./workload.ts";

const AZURE_REGION = "westeurope";
const ROLES = ["crm", "fileserver", "jump", "reporting"];

/** Virtual machines or an image in another cloud, which Inspector sees through a connector of this account. */
export function azureWorkload(site: Site): Workload {
  const { random, year, budget } = site;
  const role = `${random.pick(ROLES)}-${hexOf(site.name, 3)}`;
  const size = Math.max(1, Math.min(3, Math.round(budget / 8)));
  const isImage = random.chance(0.3);
  const resources = isImage
    ? [containerImage(site, role)]
    : Array.from({ length: size }, (_, slot) => machine(site, `${role}-${slot + 1}`));
  const pick = () => site.packageProblems.pick(isImage ? AZURE_IMAGE : AZURE_HOST, ["OS"], random);
  const exposures = exposuresOf(Math.max(1, Math.round(budget / resources.length)), pick, random, year);
  const findings = resources.flatMap((resource) =>
    exposures.flatMap(({ problem, spans }) => findingsOf(site, resource, problem, spans)),
  );
  return { resources, findings };
}

function machine(site: Site, vmName: string): Resource {
  const type = "Microsoft.Compute/virtualMachines";
  const id = `${resourceGroupOf(site)}/providers/microsoft.compute/virtualmachines/${vmName}`;
  const bornAt = bornBefore(site);
  const vmImageReference = "Canonical:0001-com-ubuntu-server-jammy:22_04-lts:latest";
  const tags = { Name: vmName };
  const vm = {
    type: "Standard_D2s_v3",
    vmName,
    vmImageReference,
    ipV4Addresses: [`10.${site.random.int(100, 120)}.0.${site.random.int(4, 250)}`],
    ipV6Addresses: [],
    launchedAt: toEpochSeconds(bornAt),
    platform: AZURE_HOST.name,
  };
  return {
    ...scanned(site, { type, id, bornAt }),
    body: { type, id, region: AZURE_REGION, tags, ...ownerOf(site), details: { vm } },
    coverage: {
      ...ownerOf(site),
      providerRegion: AZURE_REGION,
      scanMode: "VM_INSPECTOR_AGENT_BASED",
      resourceMetadata: { vmInstance: { tags, platform: "LINUX", vmImageReference } },
    },
  };
}

function containerImage(site: Site, repositoryName: string): Resource {
  const type = "Microsoft.ContainerRegistry/registry/containerImage";
  const registry = site.account.name.replaceAll("-", "");
  const imageDigest = `sha256:${hexOf(`${site.year.seed}/${site.name}/azure-image`, 64)}`;
  const id = `${resourceGroupOf(site)}/providers/microsoft.containerregistry/registries/${registry}/repositories/${repositoryName}/images/${imageDigest}`;
  const bornAt = bornBefore(site);
  const image = {
    repositoryName,
    registry: `${registry}.azurecr.io`,
    imageTags: ["latest"],
    imageDigest,
    pushedAt: toEpochSeconds(bornAt),
    architecture: "amd64",
    platform: AZURE_IMAGE.name,
  };
  return {
    ...scanned(site, { type, id, bornAt }),
    body: { type, id, region: AZURE_REGION, ...ownerOf(site), details: { image } },
    coverage: {
      ...ownerOf(site),
      providerRegion: AZURE_REGION,
      resourceMetadata: { containerImage: { imageTags: image.imageTags } },
    },
  };
}

function scanned(
  { account, region }: Site,
  identity: Pick<Resource, "type" | "id" | "bornAt">,
): Omit<Resource, "body" | "coverage"> {
  return { accountId: account.id, region, ...identity, goneAt: NEVER, unscanned: null, scanTypes: ["PACKAGE"] };
}

function bornBefore({ random, year }: Site): number {
  return Math.round(year.start - random.between(10, 300) * DAY);
}

function ownerOf({ account, year }: Site): object {
  return {
    provider: "AZURE",
    providerAccountId: subscriptionOf({ account, year }),
    providerOrgId: uuidOf(`${year.seed}/tenant`),
  };
}

function resourceGroupOf({ account, year }: Site): string {
  return `/subscriptions/${subscriptionOf({ account, year })}/resourcegroups/${account.name}-rg`;
}

/** The Azure subscription that belongs to an account's team. */
export function subscriptionOf({ account, year }: { account: { id: string }; year: { seed: string } }): string {
  return uuidOf(`${year.seed}/${account.id}/subscription`);
}
