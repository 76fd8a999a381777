import { beforeEach, expect, test } from "vitest";
import { closedReasonSchema, type FindingStatus, findingStatusSchema } from "#lib/domain/finding.ts";
import {
  type LifecycleEventCause,
  type LifecycleEventKind,
  lifecycleEventCauseSchema,
  MOVE_REASON,
  MOVEMENT_SIGN,
  type Movement,
  type MoveReason,
  moveReasonSchema,
} from "#lib/domain/lifecycle-event.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass, wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { rebuildRollups } from "./rebuild-rollups.ts";
import { verifyRollups } from "./verify-rollups.ts";

appDatabase();

const IN_CODE = {
  path: "src/app.ts",
  startLine: 1,
  endLine: 1,
  detectorId: "rule",
  detectorName: "A rule",
  detectorTags: [],
  ruleId: null,
  snippet: [],
  steps: [],
  suggestedFixes: [],
};

beforeEach(async () => {
  await clearFindings();
  await database().pool.query(
    `WITH made AS (INSERT INTO team (id, name, position, created_at) VALUES ('all', 'All', 1, now()) ON CONFLICT DO NOTHING)
     INSERT INTO team_rule (team_id, number, kind, pattern, like_pattern) VALUES ('all', 1, 'account', '*', '%') ON CONFLICT DO NOTHING`,
  );
  const connectionId = await aConnection();
  const finding = anObservedFinding({ updatedAt: new Date("2026-01-01") });
  await wholePass(connectionId, "2026-01-01T00:00:00Z", [
    finding,
    anObservedFinding({ cve: "CVE-2026-1" }),
    anObservedFinding({ cve: "CVE-2026-2", type: "code", packages: [], code: IN_CODE, scanName: "shop" }),
  ]);
  await database().pool.query(
    `UPDATE issue SET due_at = '2026-01-20T23:59:59.999Z', person_due_at = '2026-01-20T23:59:59.999Z';
     UPDATE finding_version SET due_at = '2026-01-20T23:59:59.999Z'`,
  );
  await incrementalPass(connectionId, "2026-02-02T00:00:00Z", [
    { ...finding, status: "closed", updatedAt: new Date("2026-02-01") },
  ]);
  await database().pool.query("UPDATE issue_clock SET is_fix = true WHERE closed_at IS NOT NULL");
  expect(await verifyRollups()).toEqual([]);
});

test.each([
  ["finding_cube", "UPDATE finding_cube SET n = n + 1 WHERE status = 'active'"],
  ["finding_cube", "DELETE FROM finding_cube"],
  ["place_cube", "UPDATE place_cube SET region = 'elsewhere'"],
  ["organisation_cube", "DELETE FROM organisation_cube WHERE status = 'closed'"],
  ["vulnerability_cube", "UPDATE vulnerability_cube SET rank = rank + 1 WHERE status = 'active'"],
  ["package_cube", "UPDATE package_cube SET n = n + 1"],
  ["scan_cube", "DELETE FROM scan_cube WHERE scan_name = 'shop'"],
  ["file_cube", "DELETE FROM file_cube"],
  ["finding_title", "DELETE FROM finding_title"],
  ["finding_path", "DELETE FROM finding_path"],
  ["finding_score", "UPDATE finding_score SET rank = rank + 1"],
  ["shown_package", "DELETE FROM shown_package"],
  ["account_cube", "DELETE FROM account_cube"],
  ["team_cube", "UPDATE team_cube SET team_id = 'elsewhere'"],
  ["team_account_cube", "UPDATE team_account_cube SET n = n + 1"],
  ["fix_cube", "UPDATE fix_cube SET known_exploited = known_exploited + 1"],
  ["fix_cube", "DELETE FROM fix_cube"],
  ["day_delta_lineage", "UPDATE day_delta_lineage SET n = n + 1"],
  ["day_delta_account", "DELETE FROM day_delta_account WHERE movement = 'not-reported'"],
  ["day_delta_organisation", "UPDATE day_delta_organisation SET movement = 'fixed' WHERE movement = 'not-reported'"],
  ["day_delta_resource_type", "UPDATE day_delta_resource_type SET resource_type = 'AWS_LAMBDA_FUNCTION'"],
  ["day_delta_resource_type_organisation", "DELETE FROM day_delta_resource_type_organisation"],
  ["open_cohort", "UPDATE open_cohort SET opened_on = opened_on + 1 WHERE n > 0"],
  ["remediation_histogram", "UPDATE remediation_histogram SET days = days + 1"],
  ["open_cohort_organisation", "UPDATE open_cohort_organisation SET n = n + 1 WHERE n > 0"],
  ["remediation_organisation", "DELETE FROM remediation_organisation"],
  ["open_age", "UPDATE open_age SET opened_on = opened_on - 1 WHERE n > 0"],
  ["open_age_organisation", "DELETE FROM open_age_organisation WHERE n > 0"],
  ["due_delta", "UPDATE due_delta SET issues_overdue = issues_overdue + 1"],
  ["due_delta_organisation", "DELETE FROM due_delta_organisation"],
  ["due_open", "UPDATE due_open SET assignee_id = gen_random_uuid()"],
  ["due_open_organisation", "UPDATE due_open_organisation SET n = n + 1"],
  ["due_fix", "UPDATE due_fix SET is_in_time = NOT is_in_time"],
  ["due_fix_organisation", "UPDATE due_fix_organisation SET known_on = known_on + 1"],
  ["issue_fix", "UPDATE issue_fix SET month_before = month - 31"],
  ["fixed_finding", "UPDATE fixed_finding SET n = 7"],
  ["fixed_finding_organisation", "DELETE FROM fixed_finding_organisation"],
  ["open_cohort_team", "UPDATE open_cohort_team SET team_id = 'elsewhere' WHERE n > 0"],
  ["remediation_team", "UPDATE remediation_team SET days = days + 1"],
  ["open_age_team", "DELETE FROM open_age_team"],
  ["fixed_finding_team", "UPDATE fixed_finding_team SET n = n + 1"],
  ["issue", "UPDATE issue SET active_findings = 7"],
  ["issue", "UPDATE issue SET severity = 'info'"],
  ["issue_clock", "DELETE FROM issue_clock"],
  ["issue_clock_version", "DELETE FROM issue_clock_version WHERE valid_to = 'infinity'"],
  ["issue_clock_version", "UPDATE issue_clock_version SET opened_at = opened_at - INTERVAL '1 day'"],
  ["finding_version", "DELETE FROM finding_version WHERE valid_to = 'infinity'"],
  ["finding_version", "UPDATE finding_version SET rank = 1 WHERE valid_to = 'infinity'"],
  ["finding_version", "UPDATE finding_version SET due_at = now() WHERE valid_to = 'infinity'"],
])("a wrong %s is named, and made right again (%s)", async (rollup, harm) => {
  await database().pool.query(harm);
  const differences = await verifyRollups();
  expect(differences.map((difference) => difference.rollup)).toContain(rollup);
  await rebuildRollups();
  expect(await verifyRollups()).toEqual([]);
});

type Step = {
  kind: LifecycleEventKind;
  cause: LifecycleEventCause;
  before: FindingStatus | null;
  after: FindingStatus;
};

const standing = (kind: LifecycleEventKind): Step[] =>
  findingStatusSchema.options.map((status) => ({ kind, cause: "source", before: status, after: status }));

/** Every step that an event can tell of. */
const STEPS = {
  opened: (["new", "scope-added"] as const).map((cause) => ({ kind: "opened", cause, before: null, after: "active" })),
  closed: closedReasonSchema.options.flatMap((cause) => [
    { kind: "closed", cause, before: "active", after: "closed" },
    { kind: "closed", cause, before: "suppressed", after: "closed" },
  ]),
  reopened: (["active", "suppressed"] as const).map((after) => ({
    kind: "reopened",
    cause: "source",
    before: "closed",
    after,
  })),
  suppressed: [
    { kind: "suppressed", cause: "rule", before: "active", after: "suppressed" },
    { kind: "suppressed", cause: "person", before: "suppressed", after: "suppressed" },
  ],
  unsuppressed: [
    { kind: "unsuppressed", cause: "expiry", before: "suppressed", after: "active" },
    { kind: "unsuppressed", cause: "person", before: "suppressed", after: "suppressed" },
    { kind: "unsuppressed", cause: "person", before: "closed", after: "closed" },
  ],
  rescored: standing("rescored"),
  moved: standing("moved"),
  assigned: standing("assigned"),
  "due-set": standing("due-set"),
  commented: standing("commented"),
} satisfies Record<LifecycleEventKind, Step[]>;

test("every step of a finding is counted by one movement, or by one out and one in, with their signs", async () => {
  const reached = new Set<string>();
  for (const { kind, cause, before, after } of Object.values(STEPS).flat()) {
    const { rows } = await database().pool.query<{ movement: Movement }>(
      `SELECT movement FROM movements_of(jsonb_populate_record(NULL::lifecycle_event, $1))`,
      [
        {
          kind,
          cause,
          status_before: before,
          status_after: after,
          severity_before: before && "high",
          severity_after: "low",
        },
      ],
    );
    const signs = rows.map(({ movement }) => MOVEMENT_SIGN[movement]);
    const change = Number(after === "active") - Number(before === "active");
    const moves = change === 0 ? [] : [change];
    const expected = before === "active" && after === "active" ? [-1, 1] : moves;
    expect([kind, before, after, signs]).toEqual([kind, before, after, expected]);
    for (const { movement } of rows) reached.add(movement);
  }
  expect([...reached].sort()).toEqual(Object.keys(MOVEMENT_SIGN).sort());
});

const CAUSES_OF: Partial<Record<LifecycleEventKind, LifecycleEventCause[]>> = {
  opened: ["new", "scope-added"],
  closed: [...closedReasonSchema.options],
};

test("whatever moves has the one reason that its event says, upwards and downwards", async () => {
  const reached = new Set<MoveReason>();
  for (const { kind, before, after } of Object.values(STEPS).flat()) {
    for (const cause of CAUSES_OF[kind] ?? lifecycleEventCauseSchema.options) {
      for (const [from, to] of [["low", "critical"] as const, ["untriaged", "info"] as const]) {
        const { rows } = await database().pool.query<{ reason: MoveReason }>(
          `SELECT reason FROM movements_of(jsonb_populate_record(NULL::lifecycle_event, $1))`,
          [
            {
              kind,
              cause,
              status_before: before,
              status_after: after,
              severity_before: before && from,
              // Only a rescoring changes the severity.
              severity_after: kind === "rescored" ? to : from,
            },
          ],
        );
        const expected = MOVE_REASON[kind]?.({ cause, isWorse: to === "critical" });
        expect([kind, cause, new Set(rows.map(({ reason }) => reason))]).toEqual([
          kind,
          cause,
          new Set(rows.length > 0 ? [expected] : []),
        ]);
        for (const { reason } of rows) reached.add(reason);
      }
    }
  }
  expect([...reached].sort()).toEqual([...moveReasonSchema.options].sort());
});
