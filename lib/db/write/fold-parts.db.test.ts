import { beforeEach, expect, test } from "vitest";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass, wholePass } from "#testing/sync-passes.ts";
import { database, inTransaction } from "../database.ts";
import { foldParts } from "./fold-parts.ts";
import { verifyRollups } from "./verify-rollups.ts";

appDatabase();
const never = new AbortController().signal;
const TABLES = ["organisation_cube", "team_cube", "vulnerability_cube", "package_cube"];

let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  connectionId = await aConnection();
});

async function countRows(condition: string): Promise<number[]> {
  const counts: number[] = [];
  for (const table of TABLES) {
    const { rows } = await database().pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${table} WHERE ${condition}`,
    );
    counts.push(rows[0]?.n ?? 0);
  }
  return counts;
}

test("what two passes appended becomes one row of each count, and the counts stay as they were", async () => {
  const [first, second] = [anObservedFinding(), anObservedFinding()];
  await wholePass(connectionId, "2026-01-01T00:00:00Z", [first]);
  await incrementalPass(connectionId, "2026-01-02T00:00:00Z", [second]);
  expect(await countRows("part > 0")).toEqual([2, 2, 2, 2]);
  await foldParts(never);
  expect(await countRows("part > 0")).toEqual([0, 0, 0, 0]);
  expect(await countRows("part = 0 AND n = 2")).toEqual([1, 1, 1, 1]);
  expect(await verifyRollups()).toEqual([]);
});

test("a count that came to nothing leaves no row", async () => {
  const finding = anObservedFinding({ updatedAt: new Date("2026-01-01") });
  await wholePass(connectionId, "2026-01-01T00:00:00Z", [finding]);
  await foldParts(never);
  await incrementalPass(connectionId, "2026-01-02T00:00:00Z", [
    { ...finding, status: "closed", updatedAt: new Date("2026-01-02") },
  ]);
  await foldParts(never);
  expect(await countRows("status = 'active'")).toEqual([0, 0, 0, 0]);
  expect(await countRows("status = 'closed' AND n = 1")).toEqual([1, 1, 1, 1]);
});

test("a fix that closes nothing any more goes, except one that a writer is counting", async () => {
  const finding = anObservedFinding({ updatedAt: new Date("2026-01-01"), fixAvailable: "yes" });
  await wholePass(connectionId, "2026-01-01T00:00:00Z", [finding]);
  await database().pool.query("UPDATE finding SET status = 'suppressed'");
  const countFixes = async () => (await database().pool.query("SELECT n FROM fix_cube")).rows;
  await inTransaction(async (writer) => {
    await writer.query("UPDATE finding SET status = 'active'");
    await foldParts(never);
  });
  expect(await countFixes()).toEqual([{ n: 1 }]);
  await database().pool.query("UPDATE finding SET status = 'suppressed'");
  await foldParts(never);
  expect(await countFixes()).toEqual([]);
  expect((await verifyRollups()).filter(({ rollup }) => rollup === "fix_cube")).toEqual([]);
});

test("a writer that has not ended keeps nobody waiting, and its part is put together later", async () => {
  await wholePass(connectionId, "2026-01-01T00:00:00Z", [anObservedFinding({ severity: "high" })]);
  await inTransaction(async (writer) => {
    await writer.query("UPDATE finding SET severity = 'info'");
    await foldParts(never);
    expect(await countRows("severity = 'high' AND part = 0")).toEqual([1, 1, 1, 1]);
  });
  await foldParts(never);
  expect(await countRows("severity = 'high'")).toEqual([0, 0, 0, 0]);
  expect(await countRows("severity = 'info' AND part = 0 AND n = 1")).toEqual([1, 1, 1, 1]);
});
