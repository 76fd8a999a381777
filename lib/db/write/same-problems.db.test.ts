import { v7 as uuidv7 } from "uuid";
import { beforeEach, expect, test } from "vitest";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass, wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { getFinding } from "../read/get-finding.ts";
import { saveSameProblem } from "./same-problems.ts";

appDatabase();

const JANUARY_1 = "2026-01-01T00:00:00Z";
const JANUARY_2 = "2026-01-02T00:00:00Z";
const now = new Date("2026-01-02T12:00:00Z");
const actor = { personId: uuidv7(), userName: "ines" };

type Code = NonNullable<ObservedFinding["code"]>;

function aCodeFinding(sourceId: string, code: Partial<Code>, overrides: { scanName?: string; project?: string } = {}) {
  const { scanName = null, project = "payments-api" } = overrides;
  const whole: Code = {
    path: "src/refunds/query.py",
    startLine: 48,
    endLine: 48,
    detectorId: "python/sql-injection@v1.0",
    detectorName: "SQL injection",
    detectorTags: [],
    ruleId: null,
    snippet: [],
    steps: [],
    suggestedFixes: [],
    ...code,
  };
  return anObservedFinding({
    sourceId,
    type: "code",
    title: sourceId,
    vulnerability: { name: whole.detectorId, kind: "detector", cwes: ["CWE-89"], epss: null },
    resource: { type: "CODE_REPOSITORY", id: project, name: project, lineage: `repository:${project}` },
    lineage: `repository:${project}#${whole.path}`,
    packages: [],
    code: whole,
    scanName,
  });
}

let [inspector, scanner] = ["", ""];
beforeEach(async () => {
  await clearFindings();
  await database().pool.query("DELETE FROM same_problem; DELETE FROM person; DELETE FROM session");
  await database().pool.query(
    "INSERT INTO person (id, user_name, role, created_at) VALUES ($1, 'ines', 'lead', now())",
    [actor.personId],
  );
  inspector = await aConnection();
  scanner = await aConnection();
  await database().pool.query("UPDATE connection SET source = 'codeguru' WHERE id = $1", [scanner]);
  await wholePass(inspector, JANUARY_1, [
    aCodeFinding("inspector's", {}),
    aCodeFinding("far", { path: "src/other.py" }),
  ]);
  await wholePass(scanner, JANUARY_1, [
    aCodeFinding("scanner's", { startLine: 49, endLine: 49 }, { scanName: "payments-api", project: "zip" }),
  ]);
});

const idOf = async (sourceId: string): Promise<string> =>
  (await database().pool.query("SELECT id FROM finding WHERE source_id = $1", [sourceId])).rows[0].id;

async function sameAs(sourceId: string) {
  const { sameProblems } = await getFinding(await idOf(sourceId));
  return sameProblems.map(({ title, isSame, reasons, decidedBy }) => ({ title, isSame, reasons, decidedBy }));
}

async function decide(one: string, other: string, isSame: boolean | null) {
  await saveSameProblem(await idOf(one), { findingId: await idOf(other), isSame }, actor, now);
}

const REASONS = ["both in payments-api", "the same file src/refunds/query.py", "both by python/sql-injection@v1.0"];
const found = { title: "scanner's", isSame: true, reasons: [...REASONS, "1 line apart"], decidedBy: null };

test("what two sources see is linked from both sides, with the reason", async () => {
  expect(await sameAs("inspector's")).toEqual([found]);
  expect(await sameAs("scanner's")).toMatchObject([{ title: "inspector's", isSame: true, decidedBy: null }]);
  expect(await sameAs("far")).toEqual([]);
});

test("a person keeps two apart, and that survives the next syncs, a close and a return", async () => {
  await decide("scanner's", "inspector's", false);
  const apart = { ...found, isSame: false, decidedBy: "ines" };
  expect(await sameAs("inspector's")).toEqual([apart]);
  await wholePass(inspector, JANUARY_2, []);
  await incrementalPass(inspector, "2026-02-01T00:00:00Z", [aCodeFinding("inspector's", {})]);
  expect(await sameAs("inspector's")).toEqual([apart]);
  expect(await sameAs("scanner's")).toMatchObject([{ isSame: false, decidedBy: "ines" }]);
});

test("a person puts together what is not found to be the same, and takes it back", async () => {
  await decide("far", "scanner's", true);
  expect(await sameAs("far")).toEqual([{ title: "scanner's", isSame: true, reasons: [], decidedBy: "ines" }]);
  await decide("scanner's", "far", null);
  expect(await sameAs("far")).toEqual([]);
});

test("the last word counts, one row a pair, each with its audit row", async () => {
  await decide("inspector's", "scanner's", false);
  await decide("scanner's", "inspector's", true);
  const { rows } = await database().pool.query("SELECT is_same FROM same_problem");
  expect(rows).toEqual([{ is_same: true }]);
  const { rows: audit } = await database().pool.query(
    "SELECT actor, detail->'isSame' AS word FROM audit_event WHERE action = 'finding.same-problem' ORDER BY id DESC LIMIT 2",
  );
  expect(audit).toEqual([
    { actor: "ines", word: true },
    { actor: "ines", word: false },
  ]);
});

test("what cannot be one problem of two sources is refused", async () => {
  await incrementalPass(inspector, JANUARY_2, [anObservedFinding({ sourceId: "package" })]);
  await expect(decide("inspector's", "far", true)).rejects.toMatchObject({ code: "invalid-input" });
  await expect(decide("scanner's", "package", true)).rejects.toMatchObject({ code: "invalid-input" });
  await expect(
    saveSameProblem(await idOf("far"), { findingId: uuidv7(), isSame: true }, actor, now),
  ).rejects.toMatchObject({ code: "not-found" });
});
