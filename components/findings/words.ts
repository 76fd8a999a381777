import { NOBODY } from "#lib/domain/filter-words.ts";
import type { ClosedReason, ExploitAvailable, FindingStatus, FixAvailable, SourceName } from "#lib/domain/finding.ts";
import type { Due, FieldName, FindingSort, HoldKind } from "#lib/domain/finding-filter.ts";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import { MOVE_REASON_WORDS } from "#lib/domain/move-reason-words.ts";
import { resourceTypeName } from "#lib/domain/resource-type.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";

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

/** An account by its name where one is known. What the scanner here finds belongs to no account of AWS. */
export const accountWord = (id: string, name: string | null): string =>
  id === INSTALLATION_ACCOUNT_ID ? "This installation" : (name ?? id);

export const FIELD_WORDS: Record<FieldName, string> = {
  severity: "Severity",
  status: "Status",
  source: "Source",
  type: "Type",
  accountId: "Account",
  region: "Region",
  resourceType: "Resource type",
  resourceId: "Resource",
  tag: "Tag",
  image: "Image",
  function: "Function",
  repository: "Repository",
  path: "File",
  cve: "CVE",
  cwe: "CWE",
  detectorId: "Detector",
  scanName: "Scan",
  team: "Team",
  fixAvailable: "Fix",
  exploitAvailable: "Exploit",
  knownExploited: "Known exploited",
  issueId: "Issue",
  epss: "EPSS",
  score: "Score",
  age: "Age in days",
  assignee: "Assignee",
  due: "Due",
  overdueDays: "Days overdue",
  suppressedBy: "Suppressed by",
  exception: "Exception",
  q: "Text",
  firstObservedFrom: "First seen",
  firstObservedTo: "First seen",
  updatedFrom: "Updated",
  updatedTo: "Updated",
  lineageId: "Place",
  packageName: "Package",
  packageVersion: "Version",
  packageFixedIn: "Fixed in",
  packageManager: "Package manager",
  movement: "Change",
  moved: "Why it changed",
  movedFrom: "Changed",
  movedTo: "Changed",
  issueOpenedFrom: "Issue opened",
  issueOpenedTo: "Issue opened",
  issueFixedFrom: "Issue fixed",
  issueFixedTo: "Issue fixed",
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

const DUE_WORDS: Record<Due, string> = {
  overdue: "Overdue",
  "at-risk": "At risk",
  week: "Within 7 days",
  later: "Later",
  none: "No due date",
};
export const HOLD_WORDS: Record<HoldKind, string> = {
  aws: "AWS",
  sarif: "The imported report",
  person: "A person",
  rule: "A rule",
};

const VALUE_WORDS: Partial<Record<FieldName, Record<string, string>>> = {
  source: SOURCE_WORDS,
  status: STATUS_WORDS,
  type: TYPE_WORDS,
  fixAvailable: FIX_FACET_WORDS,
  exploitAvailable: EXPLOIT_WORDS,
  knownExploited: KNOWN_EXPLOITED_WORDS,
  due: DUE_WORDS,
  suppressedBy: HOLD_WORDS,
  moved: MOVE_REASON_WORDS,
  assignee: { [NOBODY]: "Nobody" },
  team: { [NO_TEAM]: "No team" },
};

/** A filter's value in the words of the page. */
export function valueWord(field: FieldName, value: string): string {
  if (field === "resourceType") return resourceTypeName(value);
  const words = VALUE_WORDS[field];
  return words && Object.hasOwn(words, value) ? (words[value] ?? value) : value;
}
