import {
  type ClosedReason,
  type ExploitAvailable,
  type FindingStatus,
  type FixAvailable,
  INSTALLATION_ACCOUNT_ID,
  type SourceName,
} from "#lib/domain/finding.ts";
import type { FindingConditions, FindingSort } from "#lib/domain/finding-filter.ts";

/** The word on screen for each word of the domain. What a source added after us is shown as it came. */
export const SOURCE_WORDS: Record<SourceName, string> = {
  inspector: "Inspector",
  codeguru: "Code scans",
  sarif: "SARIF imports",
};
export const STATUS_WORDS: Record<FindingStatus, string> = {
  active: "Active",
  suppressed: "Suppressed",
  closed: "Closed",
};
export const CLOSED_WORDS: Record<ClosedReason, string> = {
  fixed: "Fixed",
  "resource-gone": "Resource gone",
  "not-reported": "No longer reported",
  "scope-lost": "No longer read",
};
export const FIX_WORDS: Record<FixAvailable, string> = { yes: "Yes", no: "No", partial: "Partly" };
const FIX_FACET_WORDS: Record<FixAvailable, string> = { yes: "Available", no: "Not yet", partial: "For some packages" };
const EXPLOIT_WORDS: Record<ExploitAvailable, string> = { yes: "Exploit is public", no: "No public exploit" };
const KNOWN_EXPLOITED_WORDS = { yes: "Known exploited", no: "Not known exploited" };
const TYPE_WORDS: Record<string, string> = { package: "Package", network: "Network", code: "Code" };

// A map, since the keys come from outside: an object would also answer to "constructor".
const RESOURCE_TYPE_WORDS = new Map([
  ["AWS_EC2_INSTANCE", "EC2 instance"],
  ["AWS_ECR_CONTAINER_IMAGE", "ECR image"],
  ["AWS_ECR_REPOSITORY", "ECR repository"],
  ["AWS_LAMBDA_FUNCTION", "Lambda function"],
  ["CODE_REPOSITORY", "Code repository"],
]);

/** "AWS_EC2_INSTANCE" as "EC2 instance"; an unknown one as it came, without its capitals and underlines. */
export function resourceTypeWord(type: string): string {
  const known = RESOURCE_TYPE_WORDS.get(type);
  if (known) return known;
  const plain = type.replaceAll("_", " ").toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** An account by its name where one is known. What the scanner here finds belongs to no account of AWS. */
export const accountWord = (id: string, name: string | null): string =>
  id === INSTALLATION_ACCOUNT_ID ? "This installation" : (name ?? id);

export const FIELD_WORDS: Record<keyof FindingConditions, string> = {
  severity: "Severity",
  status: "Status",
  source: "Source",
  type: "Type",
  accountId: "Account",
  region: "Region",
  resourceType: "Resource type",
  resourceId: "Resource",
  cve: "CVE",
  detectorId: "Detector",
  scanName: "Scan",
  fixAvailable: "Fix",
  exploitAvailable: "Exploit",
  knownExploited: "Known exploited",
  issueId: "Issue",
  assignee: "Assignee",
  q: "Text",
  firstObservedFrom: "First seen",
  firstObservedTo: "First seen",
  updatedFrom: "Updated",
  updatedTo: "Updated",
  lineageId: "Place",
  packageName: "Package",
  packageFixedIn: "Fixed in",
  packageManager: "Package manager",
  movement: "Change",
  movedFrom: "Changed",
  movedTo: "Changed",
  issueOpenedFrom: "Issue opened",
  issueOpenedTo: "Issue opened",
  asOf: "As of",
};

/** For a small screen. */
export const SHORT_SORT_WORDS: Record<FindingSort, string> = {
  rank: "Severity",
  newest: "Newest",
  oldest: "Oldest",
  epss: "EPSS",
  due: "Due",
};
export const SORT_WORDS: Record<FindingSort, string> = {
  rank: "Severity, then score",
  newest: "Newest first",
  oldest: "Oldest first",
  epss: "EPSS, highest first",
  due: "Due first",
};

const VALUE_WORDS: Partial<Record<keyof FindingConditions, Record<string, string>>> = {
  source: SOURCE_WORDS,
  status: STATUS_WORDS,
  type: TYPE_WORDS,
  fixAvailable: FIX_FACET_WORDS,
  exploitAvailable: EXPLOIT_WORDS,
  knownExploited: KNOWN_EXPLOITED_WORDS,
};

/** A filter's value in the words of the page. */
export function valueWord(field: keyof FindingConditions, value: string): string {
  if (field === "resourceType") return resourceTypeWord(value);
  const words = VALUE_WORDS[field];
  return words && Object.hasOwn(words, value) ? (words[value] ?? value) : value;
}
