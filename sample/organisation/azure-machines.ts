import { exposuresOf } from "./exposures.ts";
import type { Resource } from "./finding.ts";
import type { Platform } from "./package-problems.ts";
import { hexOf, uuidOf } from "./random.ts";
import { DAY, NEVER, toEpochSeconds } from "./time.ts";
import { findingsOf, type Site, type Workload } from "./workload.ts";

const PLATFORM: Platform = {
  name: "UBUNTU_22_04",
  arch: "X86_64",
  upgrade: "apt-get install --only-upgrade",
  vendor: "UBUNTU_CVE",
  layered: false,
};
const ROLES = ["crm", "fileserver", "jump", "reporting"];

/** Virtual machines in another cloud, which Inspector sees through a connector of this account. */
export function azureMachinesWorkload(site: Site): Workload {
  const { random, year, budget } = site;
  const size = Math.max(1, Math.min(3, Math.round(budget / 8)));
  const role = random.pick(ROLES);
  const resources = Array.from({ length: size }, (_, slot) =>
    machine(site, `${role}-${hexOf(site.name, 3)}-${slot + 1}`),
  );
  const pick = () => site.packageProblems.pick(PLATFORM, ["OS"], random);
  const exposures = exposuresOf(Math.max(1, Math.round(budget / size)), pick, random, year);
  const findings = resources.flatMap((resource) =>
    exposures.flatMap(({ problem, spans }) => findingsOf(site, resource, problem, spans)),
  );
  return { resources, findings };
}

function machine(site: Site, vmName: string): Resource {
  const { account, region, random, year } = site;
  const providerAccountId = uuidOf(`${year.seed}/${account.id}/subscription`);
  const providerOrgId = uuidOf(`${year.seed}/tenant`);
  const id = `/subscriptions/${providerAccountId}/resourcegroups/${account.name}-rg/providers/microsoft.compute/virtualmachines/${vmName}`;
  const bornAt = Math.round(year.start - random.between(10, 300) * DAY);
  const image = "Canonical:0001-com-ubuntu-server-jammy:22_04-lts:latest";
  const provider = { provider: "AZURE", providerAccountId, providerOrgId };
  return {
    accountId: account.id,
    region,
    type: "Microsoft.Compute/virtualMachines",
    id,
    bornAt,
    goneAt: NEVER,
    unscanned: null,
    scanTypes: ["PACKAGE"],
    body: {
      type: "Microsoft.Compute/virtualMachines",
      id,
      region: "westeurope",
      tags: { Name: vmName },
      ...provider,
      details: {
        vm: {
          type: "Standard_D2s_v3",
          vmName,
          vmImageReference: image,
          ipV4Addresses: [`10.${random.int(100, 120)}.0.${random.int(4, 250)}`],
          ipV6Addresses: [],
          launchedAt: toEpochSeconds(bornAt),
          platform: PLATFORM.name,
        },
      },
    },
    coverage: {
      ...provider,
      providerRegion: "westeurope",
      scanMode: "VM_INSPECTOR_AGENT_BASED",
      resourceMetadata: { vmInstance: { tags: { Name: vmName }, platform: "LINUX", vmImageReference: image } },
    },
  };
}
