import { invalidField } from "./errors.ts";
import type { SeenFinding } from "./seen-finding.ts";

type Compare = (a: SeenFinding, b: SeenFinding) => number;

/** From the least to the most severe, as Inspector sorts. */
const SEVERITIES = ["UNTRIAGED", "INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"];

const FIELDS: Record<string, Compare> = {
  AWS_ACCOUNT_ID: byText(({ finding }) => finding.resource.accountId),
  FINDING_TYPE: byText(({ finding }) => finding.problem.type),
  FINDING_STATUS: byText(({ status }) => status),
  RESOURCE_TYPE: byText(({ finding }) => finding.resource.type),
  VULNERABILITY_ID: byText(({ finding }) => finding.problem.vulnerability?.id ?? ""),
  SEVERITY: byNumber(({ assessment }) => SEVERITIES.indexOf(assessment.severity)),
  FIRST_OBSERVED_AT: byNumber(({ firstObservedAt }) => firstObservedAt),
  LAST_OBSERVED_AT: byNumber(({ lastObservedAt }) => lastObservedAt),
  INSPECTOR_SCORE: byNumber(({ assessment }) => assessment.score ?? -1),
  EPSS_SCORE: byNumber(({ assessment }) => assessment.epssScore ?? -1),
};

/** The order of `sortCriteria`; ties in the order of the ARNs. Throws ApiError for a field it does not know. */
export function findingOrder({ field, sortOrder }: { field: string; sortOrder: "ASC" | "DESC" }): Compare {
  const compare = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
  if (compare === undefined) throw invalidField("sortCriteria.field", `The sample does not sort by ${field}`);
  const direction = sortOrder === "ASC" ? 1 : -1;
  return (a, b) => direction * compare(a, b) || (a.finding.arn < b.finding.arn ? -1 : 1);
}

function byNumber(read: (seen: SeenFinding) => number): Compare {
  return (a, b) => read(a) - read(b);
}

function byText(read: (seen: SeenFinding) => string): Compare {
  return (a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === right) return 0;
    return left < right ? -1 : 1;
  };
}
