import { beforeEach, expect, test } from "vitest";
import { createReportLink, revokeReportLink } from "#lib/auth/report-link.ts";
import { database } from "#lib/db/database.ts";
import { listReports } from "#lib/db/read/period-reports.ts";
import { countOutlived, getReportRetention } from "#lib/db/read/report-retention.ts";
import type { Actor } from "#lib/db/write/connections.ts";
import { saveReport } from "#lib/db/write/period-reports.ts";
import { reportsFilterSchema } from "#lib/domain/period-report.ts";
import { aPerson } from "#testing/a-person.ts";
import { aReportContent } from "#testing/a-report.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { changeReportRetention, pruneReports } from "./keep-reports.ts";
import { sendReport } from "./send-report.ts";

queueDatabase();

const now = new Date("2026-11-24T12:00:00Z");
let actor: Actor;

beforeEach(async () => {
  await database().pool.query("DELETE FROM setting; DELETE FROM period_report; DELETE FROM person");
  const { id, userName } = await aPerson({ userName: "ines", role: "lead" });
  actor = { personId: id, userName };
});

const madeOn = (day: string) => saveReport(aReportContent(), actor, new Date(`${day}T12:00:00Z`));
const kept = async () => (await listReports(reportsFilterSchema.parse({}), now)).items.map(({ id }) => id).sort();

test("a report is kept for as many months as are set, to the day", async () => {
  const [old, young] = [await madeOn("2026-08-23"), await madeOn("2026-08-25")];
  await pruneReports(now);
  expect(await kept()).toEqual([old, young].sort());
  expect(await countOutlived({ keepMonths: 3 }, now)).toBe(1);
  await changeReportRetention({ keepMonths: 3 }, actor, now);
  await pruneReports(now);
  expect(await kept()).toEqual([young]);
  const { rows } = await database().pool.query(
    "SELECT actor, action, detail FROM audit_event ORDER BY id DESC LIMIT 2",
  );
  expect(rows).toEqual([
    { actor: "system", action: "report.outlived", detail: { reports: 1, keepMonths: 3 } },
    { actor: "ines", action: "report-retention.change", detail: { keepMonths: 3 } },
  ]);
});

test("until somebody says otherwise that is five years", async () => {
  expect(await getReportRetention()).toEqual({ keepMonths: 60 });
  await madeOn("2021-11-23");
  await pruneReports(now);
  expect(await kept()).toEqual([]);
});

test("what a link opens or is on its way stays until that is over", async () => {
  const [shared, sent] = [await madeOn("2026-01-01"), await madeOn("2026-01-02")];
  const link = await createReportLink({ reportId: shared, days: 30, appUrl: "http://127.0.0.1" }, actor, now);
  await sendReport({ reportId: sent, recipients: ["a@example.com"], isTest: false, isMailOn: true }, actor, now);
  await changeReportRetention({ keepMonths: 1 }, actor, now);
  await pruneReports(now);
  expect(await kept()).toEqual([shared, sent].sort());
  await revokeReportLink({ id: shared, linkId: link.id }, actor, now);
  await pruneReports(now);
  expect(await kept()).toEqual([sent]);
});

test("more than one batch goes at once", async () => {
  await database().pool.query(
    `INSERT INTO period_report (id, period, scope, content, as_of, made_at)
     SELECT gen_random_uuid(), '2020-01', $1, $2, '2020-02-01', '2020-02-01' FROM generate_series(1, 401)`,
    [aReportContent().scope, aReportContent()],
  );
  await pruneReports(now);
  expect(await kept()).toEqual([]);
});
