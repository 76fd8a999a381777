import { expect, test } from "vitest";
import { appDatabase } from "#testing/app-database.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { removeSampleRows } from "./remove-sample.ts";
import { verifyRollups } from "./verify-rollups.ts";

appDatabase();

const SAMPLE = "900000000001";
const REAL = "111122223333";

test("the sample leaves nothing behind, and takes nothing else along", async () => {
  const sample = await aConnection({ isSample: true });
  await wholePass(sample, "2026-01-01T00:00:00Z", [
    anObservedFinding({ accountId: SAMPLE, cve: "CVE-2026-1" }),
    anObservedFinding({ accountId: SAMPLE, status: "suppressed" }),
  ]);
  await database().pool.query(
    `INSERT INTO ticket (account_id, issue_id, url, set_at)
       SELECT account_id, issue_id, 'https://tracker.example.com/1', now() FROM finding LIMIT 1`,
  );
  await database().pool.query(
    `INSERT INTO hand_over (account_id, id, issue_id, title, body, made_at, made_by)
       SELECT account_id, id, issue_id, '', '{}', now(), id FROM finding LIMIT 1`,
  );
  await wholePass(await aConnection(), "2026-01-01T00:00:00Z", [anObservedFinding({ accountId: REAL })]);
  const broken = AbortSignal.abort();
  await expect(removeSampleRows(broken)).rejects.toThrow();
  await removeSampleRows(new AbortController().signal);
  const { rows: tables } = await database().pool.query<{ table_name: string }>(
    `SELECT table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE table_schema = 'public' AND column_name = 'account_id' AND table_type = 'BASE TABLE'`,
  );
  for (const { table_name } of tables) {
    const { rowCount } = await database().pool.query(`SELECT 1 FROM ${table_name} WHERE account_id = $1`, [SAMPLE]);
    expect([table_name, rowCount]).toEqual([table_name, 0]);
  }
  const { rows } = await database().pool.query(
    `SELECT (SELECT array_agg(account_id::text) FROM finding) AS findings, (SELECT array_agg(name) FROM vulnerability) AS vulnerabilities,
       (SELECT array_agg(id::text) FROM account) AS accounts, (SELECT count(*)::int FROM connection WHERE is_sample) AS connections`,
  );
  expect(rows).toEqual([{ findings: [REAL], vulnerabilities: ["CVE-2025-24813"], accounts: [REAL], connections: 0 }]);
  expect(await verifyRollups()).toEqual([]);
});

test("what a real source tells of a vulnerability comes before what the sample tells, whichever is newer", async () => {
  const [old, recent] = [new Date("2025-01-01"), new Date("2026-01-01")];
  const told = (description: string, updatedAt: Date, accountId: string) =>
    anObservedFinding({ cve: "CVE-2026-7", epss: null, accountId, updatedAt, vulnerability: { description } });
  const sample = await aConnection({ isSample: true });
  await wholePass(sample, "2026-02-01T00:00:00Z", [told("of the sample", recent, SAMPLE)]);
  await wholePass(await aConnection(), "2026-02-01T00:00:00Z", [told("of the source", old, REAL)]);
  await wholePass(sample, "2026-02-02T00:00:00Z", [told("of the sample", new Date("2026-02-02"), SAMPLE)]);
  const { rows } = await database().pool.query(
    "SELECT description, is_sample FROM vulnerability WHERE name = 'CVE-2026-7'",
  );
  expect(rows).toEqual([{ description: "of the source", is_sample: false }]);
});
