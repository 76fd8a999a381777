import { beforeEach, expect, test, vi } from "vitest";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass } from "#testing/sync-passes.ts";
import { database } from "../../database.ts";
import { verifyRollups } from "../verify-rollups.ts";

appDatabase();

let connections: Record<"inspector" | "sarif", string>;
beforeEach(async () => {
  await clearFindings();
  await database().pool.query("DELETE FROM team");
  await database().pool.query(
    `WITH made AS (INSERT INTO team (id, name, position, created_at) VALUES ('red', 'Red', 1, now()), ('blue', 'Blue', 2, now()))
     INSERT INTO team_rule (team_id, number, kind, pattern, tag_key, like_pattern)
     SELECT id, 1, 'tag', 'team=' || id, 'team', id FROM (VALUES ('red'), ('blue')) AS t (id)`,
  );
  connections = { inspector: await aConnection(), sarif: await aConnection({ source: "sarif" }) };
});

/** On one host of a fleet: what its tags say, they say of the whole fleet. */
function onHost(host: string, team: string | null, cve: string): ObservedFinding {
  const tags: Record<string, string> = team === null ? {} : { team };
  return anObservedFinding({
    sourceId: `${host}/${cve}`,
    cve,
    resource: { id: host, type: "AWS_EC2_INSTANCE", lineage: "fleet:eu-west-1/web", tags },
  });
}

const DAYS = ["2026-01-06T00:00:00Z", "2026-01-07T00:00:00Z", "2026-01-08T00:00:00Z"] as const;

const PATIENCE = { timeout: 20_000 };

/** Both at once: the first stops with its findings counted and nothing committed until the second is done or waits for it. */
async function atOnce(first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<void> {
  const { pool } = database();
  const gate = await pool.connect();
  try {
    await gate.query("BEGIN");
    // Contents are written last.
    await gate.query("LOCK TABLE finding_raw IN SHARE MODE");
    const one = first();
    await vi.waitFor(async () => expect(await countWaiting()).toBe(1), PATIENCE);
    let isDone = false;
    const other = second().finally(() => {
      isDone = true;
    });
    await vi.waitFor(async () => expect(isDone || (await countWaiting()) === 2).toBe(true), PATIENCE);
    await gate.query("COMMIT");
    await Promise.all([one, other]);
  } finally {
    gate.release(true);
  }
}

async function countWaiting(): Promise<number> {
  const { rows } = await database().pool.query<{ n: number }>(
    `SELECT count(DISTINCT l.pid)::int AS n FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE NOT l.granted AND a.datname = current_database()`,
  );
  return rows[0]?.n ?? 0;
}

async function teamOfFleet(): Promise<string[]> {
  const { rows } = await database().pool.query<{ team_id: string }>("SELECT team_id FROM lineage_team");
  return rows.map(({ team_id }) => team_id);
}

test("what one source writes is counted under the team that the fleet comes to by another source meanwhile", async () => {
  await incrementalPass(connections.inspector, DAYS[0], [onHost("i-1", "red", "CVE-2026-1")]);
  await incrementalPass(connections.sarif, DAYS[0], [onHost("i-2", null, "CVE-2026-2")]);
  expect(await teamOfFleet()).toEqual(["red"]);
  await atOnce(
    () => incrementalPass(connections.sarif, DAYS[1], [onHost("i-2", null, "CVE-2026-3")]),
    () =>
      incrementalPass(connections.inspector, DAYS[2], [
        { ...onHost("i-1", "blue", "CVE-2026-1"), updatedAt: new Date(DAYS[0]) },
      ]),
  );
  expect(await teamOfFleet()).toEqual(["blue"]);
  expect(await verifyRollups()).toEqual([]);
});

test("a fleet whose hosts all lose their tag at once, by different sources, is no team's", async () => {
  await incrementalPass(connections.inspector, DAYS[0], [onHost("i-1", "red", "CVE-2026-1")]);
  await incrementalPass(connections.sarif, DAYS[0], [onHost("i-2", "red", "CVE-2026-2")]);
  await atOnce(
    () => incrementalPass(connections.sarif, DAYS[1], [onHost("i-2", null, "CVE-2026-3")]),
    () => incrementalPass(connections.inspector, DAYS[2], [onHost("i-1", null, "CVE-2026-1")]),
  );
  expect(await teamOfFleet()).toEqual([]);
  expect(await verifyRollups()).toEqual([]);
});
