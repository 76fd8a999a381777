import { afterAll, beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { listSourceRules } from "#lib/db/read/source-rules.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { aConnection, syncSample } from "#testing/sample-sync.ts";
import { startSample } from "../../../sample/server.ts";

appDatabase();

const REGION = "us-east-1";
const end = new Date("2026-11-01T00:00:00Z");
const sample = await startSample({ port: 0, findings: 3_000, end });
afterAll(() => sample.close());

let connectionId = "";
beforeEach(async () => {
  await clearFindings();
  connectionId = await aConnection(REGION);
});

const pass = (mode: "whole" | "incremental", minute = 0) =>
  syncSample(sample.url, { connectionId, region: REGION, asOf: new Date(end.getTime() + minute * 60_000), mode });

test("a whole pass brings Inspector's own suppression rules, with their criteria in words", async () => {
  await pass("whole");
  const { items, unread, suppressed } = await listSourceRules();
  expect(unread).toEqual([]);
  const { rows } = await database().pool.query(
    "SELECT DISTINCT account_id, title FROM finding WHERE source_status = 'suppressed' ORDER BY 1, 2",
  );
  expect(items.map(({ criteria }) => criteria).sort()).toEqual(
    rows.map((row) => `awsAccountId = ${row.account_id}; title = ${row.title}`).sort(),
  );
  const [first] = items;
  expect(Object.fromEntries(new URLSearchParams(first?.asOurs?.query))).toMatchObject({
    accountId: first?.accountId,
    region: REGION,
  });
  expect(suppressed).toBeGreaterThanOrEqual(items.length);
  expect(items[0]).toMatchObject({ region: REGION, reason: "Reviewed by the account's owner.", description: null });
});

test("what AWS denies is noted by its permission, fails no pass, and is forgotten once it is granted", async () => {
  await pass("whole");
  const before = await listSourceRules();
  sample.inject({ kind: "deny", operation: "ListFilters" });
  expect(await pass("whole", 1)).toMatchObject({ state: "succeeded", failure: null });
  expect(await listSourceRules()).toMatchObject({
    items: before.items,
    unread: [{ region: REGION, failure: { code: "access-denied", permission: "inspector2:ListFilters" } }],
  });
  await pass("whole", 2);
  expect(await listSourceRules()).toEqual(before);
});

test("an incremental pass reads no rules, and an unchanged one writes none", async () => {
  await pass("whole");
  const versions = () => database().pool.query("SELECT arn, xmin::text AS version FROM source_rule ORDER BY arn");
  const { rows: before } = await versions();
  await pass("whole", 1);
  expect((await versions()).rows).toEqual(before);
  await database().pool.query("DELETE FROM source_rule");
  await pass("incremental", 2);
  expect((await versions()).rows).toEqual([]);
});
