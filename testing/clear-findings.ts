import { database } from "#lib/db/database.ts";

/** Empties what passes write, so that each test of a file begins with nothing. */
export async function clearFindings(): Promise<void> {
  await database().pool.query(
    [
      "connection",
      "scope",
      "scope_pass",
      "coverage",
      "resource",
      "vulnerability",
      "package",
      "account",
      "finding",
      "finding_raw",
      "finding_package",
      "finding_title",
      "finding_hold",
      "severity_override",
      "triage_target",
      "triage_decision",
      "issue",
      "issue_clock",
      "lifecycle_event",
      "finding_version",
      "finding_cube",
      "place_cube",
      "organisation_cube",
      "vulnerability_cube",
      "package_cube",
      "day_delta_lineage",
      "day_delta_account",
      "day_delta_organisation",
      "lineage_team",
      "day_delta_team",
      "day_delta_team_organisation",
      "day_delta_resource_type",
      "day_delta_resource_type_organisation",
      "open_cohort",
      "remediation_histogram",
      "open_cohort_organisation",
      "remediation_organisation",
      "open_age",
      "open_age_organisation",
      "issue_fix",
      "fixed_finding",
      "fixed_finding_organisation",
    ]
      .map((table) => `DELETE FROM ${table};`)
      .join(" "),
  );
}
