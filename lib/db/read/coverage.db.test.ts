import { beforeAll, expect, test } from "vitest";
import { type CoverageAddress, coverageQuerySchema } from "#lib/domain/coverage.ts";
import { appDatabase } from "#testing/app-database.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { startPass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { closeUnseenFindings } from "../write/closing.ts";
import { type CoveredResource, closeUnseenCoverage, saveObservedCoverage } from "../write/observed-coverage.ts";
import { finishSyncRun } from "../write/sync-run.ts";
import { getCoverage } from "./coverage.ts";

appDatabase();

const covered = (resourceId: string, reason: string | null, scanType = "PACKAGE"): CoveredResource => ({
  accountId: "111122223333",
  region: "eu-west-1",
  resourceType: resourceId.startsWith("i-") ? "AWS_EC2_INSTANCE" : "AWS_LAMBDA_FUNCTION",
  resourceId,
  scanType,
  isScanned: reason === null,
  reason: reason ?? "SUCCESSFUL",
  lineage: null,
});

beforeAll(async () => {
  const pass = await startPass(await aConnection(), "whole", "2026-01-05T00:00:00Z");
  await saveObservedCoverage(pass, [
    covered("i-1", null),
    covered("i-2", "UNMANAGED_EC2_INSTANCE"),
    covered("i-2", null, "NETWORK"),
    covered("i-3", "UNMANAGED_EC2_INSTANCE"),
    covered("i-3", "STALE_INVENTORY", "NETWORK"),
    covered("function:a", null),
    { ...covered("function:b", "UNSUPPORTED_RUNTIME"), accountId: "444455556666" },
  ]);
  await closeUnseenCoverage(pass);
  await closeUnseenFindings(pass);
  await finishSyncRun(pass);
});

const coverage = (address: CoverageAddress = {}) => getCoverage(coverageQuerySchema.parse(address));

test("a resource counts once, as not scanned when anything on it is not", async () => {
  expect(await coverage()).toMatchObject({
    asOf: "2026-01-05T00:00:00.000Z",
    total: { resources: 5, notScanned: 3 },
    byType: [
      { resourceType: "AWS_EC2_INSTANCE", resources: 3, notScanned: 2 },
      { resourceType: "AWS_LAMBDA_FUNCTION", resources: 2, notScanned: 1 },
    ],
    byAccount: [
      { accountId: "111122223333", resources: 4, notScanned: 2 },
      { accountId: "444455556666", resources: 1, notScanned: 1 },
    ],
    byTeam: [],
    reasons: [
      { reason: "UNMANAGED_EC2_INSTANCE", resources: 2 },
      { reason: "STALE_INVENTORY", resources: 1 },
      { reason: "UNSUPPORTED_RUNTIME", resources: 1 },
    ],
  });
});

test("page by page every reason of every resource stands once", async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await coverage({ limit: 1, cursor });
    seen.push(...page.items.map(({ resourceId, scanType }) => `${resourceId} ${scanType}`));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen.sort()).toEqual(["function:b PACKAGE", "i-2 PACKAGE", "i-3 NETWORK", "i-3 PACKAGE"]);
});

test("an account narrows everything, a reason the resources alone", async () => {
  expect((await coverage({ accountId: "444455556666" })).total).toEqual({ resources: 1, notScanned: 1 });
  const stale = await coverage({ reason: "STALE_INVENTORY" });
  expect(stale.total.resources).toBe(5);
  expect(stale.items.map(({ resourceId, scanType }) => [resourceId, scanType])).toEqual([["i-3", "NETWORK"]]);
});

test("what is no cursor is refused by name", async () => {
  await expect(coverage({ cursor: "nonsense" })).rejects.toMatchObject({ faults: [{ field: "cursor" }] });
});

test("what a team has is told by its lineage, and of what never had a finding by its account", async () => {
  const { pool } = database();
  await pool.query(
    `WITH made AS (INSERT INTO team (id, name, position, created_at) VALUES ('web', 'Web', 1, now()))
     INSERT INTO team_rule (team_id, number, kind, pattern, like_pattern) VALUES ('web', 1, 'account', '4444*', '4444%')`,
  );
  const counts = async (team: string) => (await coverage({ team })).total;
  expect(await counts("web")).toEqual({ resources: 1, notScanned: 1 });
  expect(await counts("@none")).toEqual({ resources: 4, notScanned: 2 });
  expect(await counts("gone")).toEqual({ resources: 0, notScanned: 0 });
  expect((await coverage()).byTeam).toEqual([
    { teamId: null, teamName: null, resources: 4, notScanned: 2 },
    { teamId: "web", teamName: "Web", resources: 1, notScanned: 1 },
  ]);
  expect((await coverage({ team: "web" })).byTeam).toMatchObject([{ teamId: "web", resources: 1 }]);
});

test("a hidden sample has no resources", async () => {
  await database().pool.query("UPDATE scope SET is_sample = true");
  await database().prisma.setting.create({ data: { key: "sample", value: { hidden: true } } });
  expect((await coverage()).total).toEqual({ resources: 0, notScanned: 0 });
});
