import type { CoveredResource } from "@aws-sdk/client-inspector2";
import type { ObservedCoverage } from "../source.ts";
import { functionLineage, imageLineage, machineLineage, repositoryLineage } from "./lineage.ts";

/** One line of ListCoverage in our words. `region` is the connection's: AWS's own resources do not name theirs. */
export function toObservedCoverage(covered: CoveredResource, region: string): ObservedCoverage {
  const isElsewhere = covered.provider !== undefined && covered.provider !== "AWS";
  const place = isElsewhere ? (covered.providerRegion ?? region) : region;
  return {
    accountId: (isElsewhere ? covered.providerAccountId : undefined) ?? covered.accountId ?? "",
    region: place,
    resourceType: covered.resourceType ?? "",
    resourceId: covered.resourceId ?? "",
    scanType: covered.scanType ?? "",
    isScanned: covered.scanStatus?.statusCode === "ACTIVE",
    reason: covered.scanStatus?.reason ?? "",
    lineage: toLineage(covered, place),
  };
}

/** arn:aws:ecr:REGION:REGISTRY:repository/NAME/sha256:DIGEST */
const IMAGE_ARN = /^arn:[^:]+:ecr:[^:]*:(\d+):repository\/(.+)\/sha256:/;

/** As map-resource.ts names the same resource; null where ListCoverage does not tell enough. */
function toLineage({ resourceId, resourceMetadata = {} }: CoveredResource, region: string): string | null {
  const [, registry, repository] = IMAGE_ARN.exec(resourceId ?? "") ?? [];
  if (repository !== undefined) return imageLineage(registry, repository);
  const { ec2, vmInstance, lambdaFunction, serverlessFunction, codeRepository } = resourceMetadata;
  const functionName = lambdaFunction?.functionName ?? serverlessFunction?.serverlessFunctionName;
  if (functionName !== undefined) return functionLineage(region, functionName);
  if (codeRepository?.projectName) return repositoryLineage(codeRepository.providerType, codeRepository.projectName);
  const machine = ec2 ?? vmInstance;
  return machine === undefined ? null : machineLineage(region, resourceId ?? "", machine.tags);
}
