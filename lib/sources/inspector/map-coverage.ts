import type { CoveredResource } from "@aws-sdk/client-inspector2";
import type { ObservedCoverage } from "../source.ts";

/** One line of ListCoverage in our words. `region` is the connection's: AWS's own resources do not name theirs. */
export function toObservedCoverage(covered: CoveredResource, region: string): ObservedCoverage {
  const isElsewhere = covered.provider !== undefined && covered.provider !== "AWS";
  return {
    accountId: (isElsewhere ? covered.providerAccountId : undefined) ?? covered.accountId ?? "",
    region: isElsewhere ? (covered.providerRegion ?? region) : region,
    resourceType: covered.resourceType ?? "",
    resourceId: covered.resourceId ?? "",
    scanType: covered.scanType ?? "",
    isScanned: covered.scanStatus?.statusCode === "ACTIVE",
    reason: covered.scanStatus?.reason ?? "",
  };
}
