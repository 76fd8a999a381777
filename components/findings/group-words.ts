import type { GroupKey } from "#lib/domain/finding-groups.ts";

/** What a group of each kind has in common: as a choice, in the middle of a sentence, and of many. */
export const GROUP_WORDS: Record<GroupKey, { choice: string; one: string; many: string }> = {
  issue: { choice: "Issue", one: "issue", many: "issues" },
  cve: { choice: "CVE", one: "CVE", many: "CVEs" },
  package: { choice: "Package", one: "package", many: "packages" },
  resource: { choice: "Resource", one: "resource", many: "resources" },
  account: { choice: "Account", one: "account", many: "accounts" },
  image: { choice: "Image repository", one: "image repository", many: "image repositories" },
  function: { choice: "Lambda function", one: "Lambda function", many: "Lambda functions" },
  repository: { choice: "Code repository", one: "code repository", many: "code repositories" },
  detector: { choice: "Detector", one: "detector", many: "detectors" },
  scan: { choice: "Scan", one: "scan", many: "scans" },
  team: { choice: "Team", one: "team", many: "teams" },
};
