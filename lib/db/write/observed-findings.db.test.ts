import { beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass, wholePass } from "#testing/sync-passes.ts";

appDatabase();
let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  connectionId = await aConnection();
});

const JANUARY_1 = "2026-01-01T00:00:00.000Z";
const JANUARY_2 = "2026-01-02T00:00:00.000Z";
const JANUARY_9 = "2026-01-09T00:00:00.000Z";

test("a finding that is seen for the first time is opened, with its issue and a version", async () => {
  const finding = anObservedFinding({ firstObservedAt: new Date("2025-12-20T00:00:00Z") });
  const run = await wholePass(connectionId, JANUARY_1, [finding]);
  expect(run).toMatchObject({ state: "succeeded", counts: { observed: 1, opened: 1, closed: 0, unchanged: 0 } });
  expect(await events()).toEqual([
    {
      kind: "opened",
      cause: "scope-added",
      occurred_at: new Date("2025-12-20"),
      recorded_at: new Date(JANUARY_1),
      status_before: null,
      status_after: "active",
    },
  ]);
  const { rows } = await database().pool.query(
    `SELECT f.status, f.rank, i.active_findings, i.open_findings, i.severity, k.opened_at, k.closed_at, v.valid_from, v.rank AS version_rank
     FROM finding f JOIN issue i ON i.id = f.issue_id JOIN issue_clock k ON k.issue_id = i.id JOIN finding_version v ON v.finding_id = f.id`,
  );
  expect(rows).toEqual([
    {
      status: "active",
      rank: 4300,
      active_findings: 1,
      open_findings: 1,
      severity: "high",
      opened_at: new Date("2025-12-20"),
      closed_at: null,
      valid_from: new Date(JANUARY_1),
      version_rank: 4300,
    },
  ]);
});

test("a pass that finds everything as it was writes no finding, no event and no version", async () => {
  const finding = anObservedFinding();
  await wholePass(connectionId, JANUARY_1, [finding]);
  const run = await wholePass(connectionId, JANUARY_2, [
    { ...finding, lastObservedAt: new Date(JANUARY_2), raw: { other: 1 } },
  ]);
  expect(run.counts).toMatchObject({ observed: 1, opened: 0, changed: 0, unchanged: 1 });
  expect(await events()).toHaveLength(1);
});

test("what a scope shows after its first whole pass is new", async () => {
  await wholePass(connectionId, JANUARY_1, [anObservedFinding()]);
  await incrementalPass(connectionId, JANUARY_2, [anObservedFinding({ updatedAt: new Date(JANUARY_2) })]);
  expect((await events()).map(({ cause }) => cause)).toEqual(["scope-added", "new"]);
});

async function events() {
  const { rows } = await database().pool.query(
    "SELECT kind, cause, occurred_at, recorded_at, status_before, status_after FROM lifecycle_event ORDER BY recorded_at, id",
  );
  return rows;
}
