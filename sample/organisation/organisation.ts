import { type Account, accountsOf, REGIONS, type Region } from "./accounts.ts";
import { azureWorkload } from "./azure.ts";
import { codeProblems } from "./code-problems.ts";
import { codeRepositoryWorkload } from "./code-repository.ts";
import type { Finding, Resource } from "./finding.ts";
import { fleetWorkload } from "./fleet.ts";
import { imageRepositoryWorkload } from "./image-repository.ts";
import { lambdaFunctionWorkload } from "./lambda-function.ts";
import { packageProblemsOf } from "./package-problems.ts";
import { randomFrom } from "./random.ts";
import { WEEK } from "./time.ts";
import type { Site, Workload } from "./workload.ts";

export type Organisation = {
  seed: string;
  start: number;
  end: number;
  accounts: [Account, ...Account[]];
  regions: readonly Region[];
  resources: Resource[];
  findings: Finding[];
};

/** In turn, so that every account gets some of each kind. */
const WORKLOADS: { make: (site: Site) => Workload; share: number }[] = [
  { make: imageRepositoryWorkload, share: 1.3 },
  { make: fleetWorkload, share: 1.4 },
  { make: lambdaFunctionWorkload, share: 0.4 },
  { make: imageRepositoryWorkload, share: 1.3 },
  { make: codeRepositoryWorkload, share: 0.7 },
  { make: fleetWorkload, share: 1.4 },
  { make: imageRepositoryWorkload, share: 1.3 },
  { make: lambdaFunctionWorkload, share: 0.4 },
  { make: fleetWorkload, share: 1.4 },
  { make: imageRepositoryWorkload, share: 1.3 },
  { make: codeRepositoryWorkload, share: 0.7 },
  { make: azureWorkload, share: 0.45 },
];

/**
 * A whole organisation and its last 52 weeks up to `end`: always the same for the same seed, size and end.
 * It stops at the first workload that brings the number of findings to `size`.
 */
export function generateOrganisation(options: { seed: string; size: number; end: number }): Organisation {
  const { seed, size, end } = options;
  const start = end - 52 * WEEK;
  const year = { seed, start, end };
  const accounts = accountsOf(seed, start);
  const sites = accounts.flatMap((account) => REGIONS.map((region) => ({ account, region })));
  const packageProblems = packageProblemsOf(year);
  const resources: Resource[] = [];
  const findings: Finding[] = [];
  // Enough workloads that a small organisation is in every account and region too.
  const budget = Math.max(4, Math.min(90, size / (sites.length * 2)));
  for (let index = 0; findings.length < size; index++) {
    const site = sites[index % sites.length];
    // 45 sites and 12 kinds: shifted by one each round, or a site would see few kinds only.
    const kind = WORKLOADS[(index + Math.floor(index / sites.length)) % WORKLOADS.length];
    if (site === undefined || kind === undefined) throw new Error("An organisation has sites and workloads");
    const name = `workload-${index}`;
    const random = randomFrom(`${seed}/${name}`);
    const workload = kind.make({
      ...site,
      name,
      year,
      random,
      budget: Math.max(1, Math.round(budget * kind.share * random.between(0.5, 1.5))),
      packageProblems,
      codeProblems,
    });
    resources.push(...workload.resources);
    findings.push(...workload.findings);
  }
  return { seed, start, end, accounts, regions: REGIONS, resources, findings };
}
