import { beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { listReports } from "#lib/db/read/period-reports.ts";
import { listDeliveries, listSchedules } from "#lib/db/read/report-mail.ts";
import type { Actor } from "#lib/db/write/connections.ts";
import { saveReport } from "#lib/db/write/period-reports.ts";
import { reportsFilterSchema, WHOLE_SCOPE } from "#lib/domain/period-report.ts";
import type { ReportDelivery } from "#lib/domain/report-mail.ts";
import type { Mail, MailOutcome } from "#lib/notify/mailer.ts";
import { aPerson } from "#testing/a-person.ts";
import { aReportContent } from "#testing/a-report.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { wholePass } from "#testing/sync-passes.ts";
import { deliverReport } from "./deliver-report.ts";
import { changeSchedule, createSchedule, removeSchedule, runDueSchedules } from "./report-schedules.ts";
import { requestDueDeliveries, sendReport, sendReportAgain } from "./send-report.ts";

queueDatabase();

const now = new Date("2026-11-02T12:00:00Z");
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
let actor: Actor;
let reportId: string;

beforeEach(async () => {
  await clearFindings();
  await database().pool.query(
    "DELETE FROM report_schedule; DELETE FROM period_report; DELETE FROM pgboss.job; DELETE FROM person",
  );
  const person = await aPerson({ userName: "ines", role: "lead" });
  actor = { personId: person.id, userName: person.userName };
  reportId = await saveReport(aReportContent(), actor, now);
});

const send = (recipients: string[], isMailOn = true) =>
  sendReport({ reportId, recipients, isTest: false, isMailOn }, actor, now);

/** Delivers as the worker would, at `at`, by a server that answers so. Returns what it was given. */
async function deliver({ id }: Pick<ReportDelivery, "id">, outcome: MailOutcome, at = now): Promise<Mail[]> {
  const sent: Mail[] = [];
  await deliverReport(
    { id },
    {
      mailer: async (mail) => {
        sent.push(mail);
        return outcome;
      },
      toMail: async ({ title }) => ({ subject: title, text: "", html: "", files: [] }),
      clock: () => at,
    },
  );
  return sent;
}

async function theOne(): Promise<ReportDelivery> {
  const [one] = await listDeliveries(reportId);
  if (!one) throw new Error("There is no delivery");
  return one;
}

const down: MailOutcome = { failure: "mail.example.com could not be reached (ECONNREFUSED).", isFinal: false };

test("each address is an e-mail of its own, with its job; sent once, it is not sent again", async () => {
  await send(["board@example.com", "ciso@example.com"]);
  const { rows } = await database().pool.query("SELECT data FROM pgboss.job WHERE name = 'deliver-report'");
  const deliveries = await listDeliveries(reportId);
  expect(rows.map(({ data }) => data.id).sort()).toEqual(deliveries.map(({ id }) => id).sort());
  const one = await theOne();
  expect(await deliver(one, { failure: null })).toMatchObject([
    { id: one.id, to: "ciso@example.com", subject: "October 2026" },
  ]);
  expect(await theOne()).toMatchObject({ state: "sent", attempts: 1, sentAt: now.toISOString(), nextAttemptAt: null });
  expect(await deliver(one, { failure: null })).toEqual([]);
  await expect(sendReportAgain(one.id, actor, now)).rejects.toMatchObject({ code: "conflict" });
});

test("while the mail server is down nothing is lost: it is tried later and later, then waits for a person", async () => {
  await send(["board@example.com"]);
  const one = await theOne();
  for (const [attempt, minutes] of [1, 5, 15, 60, 180, 360, 720].entries()) {
    await deliver(one, down);
    expect(await theOne()).toMatchObject({
      state: "queued",
      attempts: attempt + 1,
      failure: down.failure,
      nextAttemptAt: minutesLater(minutes).toISOString(),
    });
  }
  await deliver(one, down);
  expect(await theOne()).toMatchObject({ state: "failed", attempts: 8, nextAttemptAt: null });
  await sendReportAgain(one.id, actor, now);
  expect(await deliver(one, { failure: null })).toHaveLength(1);
});

test("what the server will never take is not tried again by itself", async () => {
  await send(["nobody@example.com"]);
  await deliver(await theOne(), { failure: "mail.example.com refused it: 550 No such mailbox", isFinal: true });
  expect(await theOne()).toMatchObject({ state: "failed", attempts: 1, failure: expect.stringContaining("550") });
});

test("what is due is queued again, once", async () => {
  await send(["board@example.com"]);
  await database().pool.query("DELETE FROM pgboss.job");
  await requestDueDeliveries(now);
  await requestDueDeliveries(now);
  const { rows } = await database().pool.query("SELECT FROM pgboss.job WHERE name = 'deliver-report'");
  expect(rows).toHaveLength(1);
});

test("without a mail server nothing is kept to be sent, and why is said", async () => {
  await expect(send(["board@example.com"], false)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("SMTP_URL"),
  });
  expect(await listDeliveries(reportId)).toEqual([]);
});

const schedule = {
  every: "month",
  day: 1,
  hour: 9,
  timeZone: "Europe/Berlin",
  scope: WHOLE_SCOPE,
  recipients: ["board@example.com"],
  isMailOn: true,
} as const;
const aSchedule = (at: Date) => createSchedule({ ...schedule, recipients: [...schedule.recipients] }, actor, at);
const reports = async () => (await listReports(reportsFilterSchema.parse({}), now)).items;

test("a schedule tells the month that ended, sends it once, and goes on with the next", async () => {
  const connectionId = await aConnection();
  await wholePass(connectionId, "2026-10-05T06:00:00Z", [anObservedFinding({})]);
  await aSchedule(new Date("2026-10-20T00:00:00Z"));
  await runDueSchedules(new Date("2026-11-01T07:59:00Z"));
  expect(await reports()).toHaveLength(1);
  const due = new Date("2026-11-01T08:00:00Z");
  await Promise.all([runDueSchedules(due), runDueSchedules(due)]);
  const made = (await reports()).filter(({ madeBy }) => madeBy === "schedule");
  expect(made).toMatchObject([{ title: "October 2026", scope: "All findings" }]);
  expect(await listDeliveries(made[0]?.id ?? "")).toMatchObject([{ recipient: "board@example.com", state: "queued" }]);
  expect(await listSchedules()).toMatchObject([{ nextAt: "2026-12-01T08:00:00.000Z", failure: null }]);
});

test("where the month begins first, its report waits until it is over everywhere, and is on the month before", async () => {
  await wholePass(await aConnection(), "2026-10-05T06:00:00Z", [anObservedFinding({})]);
  const recipients = [...schedule.recipients];
  await createSchedule(
    { ...schedule, recipients, timeZone: "Pacific/Auckland" },
    actor,
    new Date("2026-10-20T00:00:00Z"),
  );
  expect(await listSchedules()).toMatchObject([{ nextAt: "2026-10-31T20:00:00.000Z" }]);
  await runDueSchedules(new Date("2026-10-31T20:00:00Z"));
  expect(await reports()).toHaveLength(1);
  await runDueSchedules(new Date("2026-11-01T00:00:10Z"));
  expect(await reports()).toMatchObject([{ title: "October 2026", madeBy: "schedule" }, { madeBy: "ines" }]);
  expect(await listSchedules()).toMatchObject([{ nextAt: "2026-11-30T20:00:00.000Z" }]);
});

test("a schedule that can tell nothing says why, and goes on", async () => {
  await aSchedule(new Date("2026-10-20T00:00:00Z"));
  await runDueSchedules(new Date("2026-11-01T08:00:00Z"));
  expect(await listSchedules()).toMatchObject([
    { nextAt: "2026-12-01T08:00:00.000Z", failure: expect.stringContaining("There was no sync yet") },
  ]);
});

test("a schedule that was stopped leaves out what it missed", async () => {
  const { id } = await aSchedule(new Date("2026-08-20T00:00:00Z"));
  await changeSchedule({ id, isPaused: true }, actor, new Date("2026-08-21T00:00:00Z"));
  await runDueSchedules(new Date("2026-11-01T08:00:00Z"));
  await changeSchedule({ id, isPaused: false }, actor, now);
  expect(await listSchedules()).toMatchObject([{ isPaused: false, nextAt: "2026-12-01T08:00:00.000Z", failure: null }]);
  await removeSchedule(id, actor, now);
  await expect(removeSchedule(id, actor, now)).rejects.toMatchObject({ code: "not-found" });
});

test("a schedule is changed where it stands: a new rhythm moves its next run, other recipients do not", async () => {
  const { id } = await aSchedule(new Date("2026-10-20T00:00:00Z"));
  const [before] = await listSchedules();
  await changeSchedule(
    { id, recipients: ["ciso@example.com"], scope: { ...WHOLE_SCOPE, severity: ["critical"] } },
    actor,
    now,
  );
  expect(await listSchedules()).toMatchObject([
    { recipients: ["ciso@example.com"], scope: { severity: ["critical"] }, nextAt: before?.nextAt, every: "month" },
  ]);
  await changeSchedule({ id, every: "week", day: 3, hour: 7 }, actor, now);
  expect(await listSchedules()).toMatchObject([
    { every: "week", day: 3, hour: 7, timeZone: "Europe/Berlin", nextAt: "2026-11-04T06:00:00.000Z" },
  ]);
  await expect(changeSchedule({ id, day: 8 }, actor, now)).rejects.toMatchObject({ faults: [{ field: "day" }] });
  await expect(changeSchedule({ id: reportId, day: 2 }, actor, now)).rejects.toMatchObject({ code: "not-found" });
  expect(await listSchedules()).toMatchObject([{ day: 3 }]);
});

test("every change is in the audit log, whoever made it", async () => {
  await send(["board@example.com"]);
  const { id } = await aSchedule(now);
  await removeSchedule(id, actor, now);
  const { rows } = await database().pool.query<{ action: string }>(
    "SELECT action FROM audit_event WHERE actor = 'ines' ORDER BY id DESC LIMIT 4",
  );
  expect(rows.map(({ action }) => action)).toEqual([
    "report-schedule.delete",
    "report-schedule.create",
    "report.send",
    "report.create",
  ]);
});
