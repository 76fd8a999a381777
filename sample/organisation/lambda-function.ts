import type { PackageManager } from "../vulnerability.ts";
import type { Language } from "./code-problems.ts";
import { exposuresOf } from "./exposures.ts";
import type { Resource } from "./finding.ts";
import { codePlatform } from "./platforms.ts";
import { hexOf } from "./random.ts";
import { DAY, NEVER, toEpochSeconds } from "./time.ts";
import { findingsOf, type Site, type Workload } from "./workload.ts";

const RUNTIMES: { runtime: string; managers: PackageManager[]; languages: Language[] }[] = [
  { runtime: "PYTHON_3_11", managers: ["PIP"], languages: ["Python"] },
  { runtime: "PYTHON_3_9", managers: ["PIP"], languages: ["Python"] },
  { runtime: "NODEJS_22_X", managers: ["NPM"], languages: ["JavaScript", "TypeScript"] },
  { runtime: "NODEJS_18_X", managers: ["NPM"], languages: ["JavaScript"] },
  { runtime: "JAVA_17", managers: ["JAR"], languages: ["Java"] },
];
const TASKS = [
  "resize-images",
  "send-receipts",
  "rotate-keys",
  "export-orders",
  "sync-crm",
  "score-risk",
  "ingest-events",
];

/** One function: the same resource for years, new code with each deployment, problems in packages and code. */
export function lambdaFunctionWorkload(site: Site): Workload {
  const { random, year, budget, account } = site;
  const { runtime, managers, languages } = random.pick(RUNTIMES);
  const platform = codePlatform(runtime);
  const functionName = `${account.name}-${random.pick(TASKS)}-${hexOf(site.name, 3)}`;
  const resource = lambdaFunction(site, functionName, runtime);
  const inCode = Math.max(1, Math.min(4, Math.round(budget * 0.25)));
  const exposures = [
    ...exposuresOf(
      Math.max(1, budget - inCode),
      () => site.packageProblems.pick(platform, managers, random),
      random,
      year,
    ),
    ...exposuresOf(inCode, () => site.codeProblems.pick(functionName, languages, random), random, year),
  ];
  const findings = exposures.flatMap(({ problem, spans }) => findingsOf(site, resource, problem, spans));
  return { resources: [resource], findings };
}

function lambdaFunction(site: Site, functionName: string, runtime: string): Resource {
  const { account, region, random, year, name } = site;
  const bornAt = Math.round(
    random.chance(0.25) ? random.between(year.start, year.end - 30 * DAY) : year.start - 200 * DAY,
  );
  const goneAt = random.chance(0.08)
    ? Math.round(random.between(Math.max(bornAt, year.start) + 14 * DAY, year.end + 200 * DAY))
    : NEVER;
  const id = `arn:aws:lambda:${region}:${account.id}:function:${functionName}:$LATEST`;
  const layers = random.chance(0.4)
    ? [`arn:aws:lambda:${region}:${account.id}:layer:shared-dependencies:${random.int(1, 40)}`]
    : [];
  const tags = { Team: account.name.replace(/-(prod|staging)$/, "") };
  return {
    accountId: account.id,
    region,
    type: "AWS_LAMBDA_FUNCTION",
    id,
    bornAt,
    goneAt,
    unscanned: random.chance(0.06)
      ? {
          from: Math.round(random.between(Math.max(bornAt, year.start), year.end)),
          reason: "SCAN_ELIGIBILITY_EXPIRED",
          closesFindings: true,
        }
      : null,
    scanTypes: ["PACKAGE", "CODE"],
    body: {
      type: "AWS_LAMBDA_FUNCTION",
      id,
      partition: "aws",
      provider: "AWS",
      providerAccountId: account.id,
      region,
      tags,
      details: {
        awsLambdaFunction: {
          functionName,
          runtime,
          codeSha256: Buffer.from(hexOf(`${year.seed}/${name}/code`, 64), "hex").toString("base64"),
          version: "$LATEST",
          executionRoleArn: `arn:aws:iam::${account.id}:role/service-role/${functionName}`,
          packageType: "ZIP",
          architectures: ["X86_64"],
          ...(layers.length > 0 && { layers }),
          lastModifiedAt: toEpochSeconds(bornAt),
        },
      },
    },
    coverage: { resourceMetadata: { lambdaFunction: { functionName, runtime, layers, functionTags: tags } } },
  };
}
