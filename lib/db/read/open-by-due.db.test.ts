import { expect, test } from "vitest";
import { addDays, endOfDay } from "#lib/domain/day.ts";
import { trendScopeSchema } from "#lib/domain/trends.ts";
import { appDatabase } from "#testing/app-database.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { listOpenByDue } from "./open-by-due.ts";

appDatabase();

test("at each of more moments than a number has bits, an issue is open once, and overdue only after its due date", async () => {
  const connectionId = await aConnection();
  const [one, same, other] = [
    anObservedFinding({ cve: "CVE-2026-1" }),
    anObservedFinding({ cve: "CVE-2026-1" }),
    anObservedFinding({ cve: "CVE-2026-2" }),
  ];
  await wholePass(connectionId, "2026-01-01T06:00:00Z", [one, same, other]);
  await wholePass(connectionId, "2026-01-20T06:00:00Z", [same, other]);
  const { rows } = await database().pool.query("SELECT DISTINCT issue_id FROM finding");
  expect(rows).toHaveLength(2);
  await database().pool.query("UPDATE finding_version SET due_at = '2026-03-10T23:59:59.999Z'");

  const days = Array.from({ length: 80 }, (_, index) => addDays("2025-12-31", index));
  const moments = days.map((day) => endOfDay(day).toISOString());
  const open = await listOpenByDue(moments, { ...trendScopeSchema.parse({}), includeSample: true });

  const nothing = { findings: 0, issues: 0 };
  const expected = days.map((day) => {
    if (day < "2026-01-01") return { inTime: nothing, overdue: nothing };
    const all = { findings: day < "2026-01-20" ? 3 : 2, issues: 2 };
    return day <= "2026-03-10" ? { inTime: all, overdue: nothing } : { inTime: nothing, overdue: all };
  });
  expect(open.map(({ inTime, overdue }) => ({ inTime, overdue }))).toEqual(expected);
});
