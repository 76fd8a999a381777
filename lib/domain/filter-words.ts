/** The orders of the list; the first is the default. */
export const FINDING_SORTS = ["rank", "newest", "oldest", "epss", "due"] as const;

export const YES_OR_NO = ["yes", "no"] as const;

/**
 * When an issue is due. `week`: within the seven days to come. `at-risk`: not overdue, and at most three days or a quarter
 * of its time are left.
 */
export const DUES = ["overdue", "at-risk", "week", "later", "none"] as const;

/** Who holds a finding back: AWS's own suppression, a report's, a person's decision, a rule. */
export const HOLD_KINDS = ["aws", "sarif", "person", "rule"] as const;

/** Stands for a user name where nobody is assigned; no user name has such a sign. */
export const NOBODY = "@nobody";

/** What findings can be grouped by. */
export const GROUP_KEYS = [
  "issue",
  "cve",
  "package",
  "resource",
  "account",
  "image",
  "function",
  "repository",
  "detector",
  "scan",
  "team",
] as const;

/** The fields whose values are looked up in a dictionary; of the others every value is known. */
export const SUGGESTED_FIELDS = [
  "cve",
  "detectorId",
  "cwe",
  "packageName",
  "accountId",
  "region",
  "resourceType",
  "resourceId",
  "image",
  "function",
  "repository",
  "scanName",
  "team",
  "path",
  "assignee",
] as const;

/** What an event means in a trend. */
export const MOVEMENTS = [
  "new",
  "scope-added",
  "reopened",
  "unsuppressed",
  "rescored-in",
  "rescored-out",
  "moved-in",
  "moved-out",
  "fixed",
  "resource-gone",
  "not-reported",
  "scope-lost",
  "suppressed",
] as const;

/** Why what is open moved, in the order in which it is told. */
export const MOVE_REASONS = [
  "new",
  "reopened",
  "rescored-up",
  "expired", // the suppression's date came, or the fix that it waited for
  "lifted", // somebody took the suppression back, or its source did
  "scope-added",
  "moved", // to another issue: one out, one in
  "rescored-down",
  "suppressed", // or accepted
  "fixed",
  "resource-gone",
  "not-reported",
  "scope-lost",
] as const;
