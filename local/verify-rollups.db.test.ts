import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { appDatabase } from "#testing/app-database.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { wholePass } from "#testing/sync-passes.ts";

const { url } = appDatabase();

function run(script: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    env: { ...process.env, DATABASE_URL: url },
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

test("a number that is wrong is named by one command and mended by the other", async () => {
  await wholePass(await aConnection(), "2026-01-01T00:00:00Z", [anObservedFinding()]);
  expect(run("local/verify-rollups.ts")).toEqual({ status: 0, output: "0 differences\n" });

  await database().pool.query("UPDATE finding_cube SET n = n + 1 WHERE status = 'active'");
  const wrong = run("local/verify-rollups.ts");
  expect(wrong.status).toBe(1);
  expect(wrong.output).toMatch(/^finding_cube \[.*\]: 2, should be 1$/m);
  expect(wrong.output).toContain("npm run db:rebuild");

  expect(run("local/rebuild-rollups.ts")).toEqual({ status: 0, output: "0 differences\n" });
});
