import { beforeEach, expect, test } from "vitest";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { saveEpssScores } from "./epss-scores.ts";

appDatabase();

const JANUARY_1 = "2026-01-01T00:00:00.000Z";
const JANUARY_2 = "2026-01-02T00:00:00.000Z";

let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  await database().pool.query("DELETE FROM epss_score");
  connectionId = await aConnection();
});

async function scores() {
  const { rows } = await database().pool.query<{ name: string; epss: number | null; source_epss: number | null }>(
    "SELECT name, epss, source_epss FROM vulnerability ORDER BY name",
  );
  return rows.map(({ name, epss, source_epss }) => [name, epss, source_epss]);
}

async function writtenRows() {
  const { rows } = await database().pool.query(
    "SELECT xmin, ctid FROM vulnerability UNION ALL SELECT xmin, ctid FROM epss_score",
  );
  return rows;
}

test("the list goes before the source, for what it lists", async () => {
  await wholePass(connectionId, JANUARY_1, [
    anObservedFinding({ cve: "CVE-2026-1", epss: 0.25 }),
    anObservedFinding({ cve: "CVE-2026-2", epss: 0.25 }),
    anObservedFinding({ cve: "CVE-2026-3", epss: null }),
  ]);
  const listed = [
    { cve: "CVE-2026-1", epss: 0.5, percentile: 0.75 },
    { cve: "CVE-2026-3", epss: 0.125, percentile: null },
  ];
  expect(await saveEpssScores(listed)).toEqual({ added: 2, removed: 0 });
  expect(await scores()).toEqual([
    ["CVE-2026-1", 0.5, 0.25],
    ["CVE-2026-2", 0.25, 0.25],
    ["CVE-2026-3", 0.125, null],
  ]);
});

test("a source that tells another score later does not overwrite the list's", async () => {
  await saveEpssScores([{ cve: "CVE-2026-1", epss: 0.5, percentile: 0.75 }]);
  const finding = anObservedFinding({ cve: "CVE-2026-1", epss: 0.25 });
  await wholePass(connectionId, JANUARY_1, [finding]);
  await wholePass(connectionId, JANUARY_2, [{ ...finding, vulnerability: { ...finding.vulnerability, epss: 0.375 } }]);
  expect(await scores()).toEqual([["CVE-2026-1", 0.5, 0.375]]);
});

test("what leaves the list falls back to what its source said last", async () => {
  await wholePass(connectionId, JANUARY_1, [anObservedFinding({ cve: "CVE-2026-1", epss: 0.25 })]);
  await saveEpssScores([{ cve: "CVE-2026-1", epss: 0.5, percentile: 0.75 }]);
  expect(await saveEpssScores([])).toEqual({ added: 0, removed: 1 });
  expect(await scores()).toEqual([["CVE-2026-1", 0.25, 0.25]]);
});

test("neither the same list nor an unchanged pass writes anything", async () => {
  const finding = anObservedFinding({ cve: "CVE-2026-1", epss: 0.25 });
  const listed = [{ cve: "CVE-2026-1", epss: 0.537, percentile: 0.977 }];
  await wholePass(connectionId, JANUARY_1, [finding]);
  await saveEpssScores(listed);
  const before = await writtenRows();
  expect(await saveEpssScores(listed)).toEqual({ added: 0, removed: 0 });
  await wholePass(connectionId, JANUARY_2, [finding]);
  expect(await writtenRows()).toEqual(before);
});
