import { beforeEach, expect, test } from "vitest";
import { findSharedReport } from "#lib/auth/report-link.ts";
import { database } from "#lib/db/database.ts";
import { saveReport } from "#lib/db/write/period-reports.ts";
import { aPerson } from "#testing/a-person.ts";
import { aReportContent } from "#testing/a-report.ts";
import { apiDatabase, ask, BOOTSTRAP_TOKEN, bearer } from "#testing/api.ts";
import * as link from "./[id]/links/[linkId]/route.ts";
import * as links from "./[id]/links/route.ts";
import * as mail from "./[id]/mail/route.ts";
import * as html from "./[id]/report.html/route.ts";
import * as pdf from "./[id]/report.pdf/route.ts";
import * as report from "./[id]/route.ts";
import * as reports from "./route.ts";

apiDatabase();
const admin = { headers: bearer(BOOTSTRAP_TOKEN) };
let id: string;

beforeEach(async () => {
  await database().pool.query("DELETE FROM period_report; DELETE FROM person WHERE user_name <> 'bootstrap'");
  const person = await aPerson({ userName: "ines", role: "lead" });
  id = await saveReport(
    aReportContent(),
    { personId: person.id, userName: person.userName },
    new Date("2026-11-01T09:00:00Z"),
  );
});

test("a report is listed, told as it was kept, and is gone once it is deleted", async () => {
  const { items } = await (await ask(reports.GET, "/api/v1/reports", admin)).json();
  expect(items).toEqual([
    {
      id,
      title: "October 2026",
      period: "2026-10",
      scope: "All findings",
      asOf: "2026-10-31T23:59:59.999Z",
      madeAt: "2026-11-01T09:00:00.000Z",
      madeBy: "ines",
      isShared: false,
      unsentMails: 0,
    },
  ]);
  const detail = await (await ask(report.GET, `/api/v1/reports/${id}`, { ...admin, params: { id } })).json();
  expect(detail.content).toEqual(aReportContent());
  const deleted = await ask(report.DELETE, `/api/v1/reports/${id}`, { ...admin, method: "DELETE", params: { id } });
  expect(deleted.status).toBe(204);
  expect((await ask(report.GET, `/api/v1/reports/${id}`, { ...admin, params: { id } })).status).toBe(404);
});

test("its files are files of their kind, under a name of their own", async () => {
  const params = { id };
  const file = await ask(pdf.GET, `/api/v1/reports/${id}/report.pdf`, { ...admin, params });
  expect(file.headers.get("content-type")).toBe("application/pdf");
  expect(file.headers.get("content-disposition")).toBe('attachment; filename="security-report-2026-10.pdf"');
  expect(
    Buffer.from(await file.arrayBuffer())
      .subarray(0, 8)
      .toString(),
  ).toBe("%PDF-1.7");
  const page = await ask(html.GET, `/api/v1/reports/${id}/report.html`, { ...admin, params });
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(await page.text()).toContain("5,643");
});

test("a link is told once, opens the report until it ends, and nothing once it is revoked", async () => {
  const params = { id };
  const path = `/api/v1/reports/${id}/links`;
  const made = await ask(links.POST, path, { ...admin, method: "POST", body: { days: 7 }, params });
  expect(made.status).toBe(201);
  const { id: linkId, url, expiresAt } = await made.json();
  const token = new URL(url).pathname.replace("/shared/", "");
  const kept = JSON.stringify((await database().pool.query("SELECT * FROM report_link, audit_event")).rows);
  expect(kept).not.toContain(token);
  expect(await findSharedReport(token, new Date())).toEqual({ state: "open", reportId: id });
  const end = new Date(expiresAt);
  expect(await findSharedReport(token, end)).toEqual({ state: "ended", at: end });
  expect(await findSharedReport(`${token}x`, new Date())).toEqual({ state: "unknown" });
  expect(JSON.stringify(await (await ask(links.GET, path, { ...admin, params })).json())).not.toContain(token);
  const gone = await ask(link.DELETE, `${path}/${linkId}`, { ...admin, method: "DELETE", params: { id, linkId } });
  expect(gone.status).toBe(204);
  expect(await findSharedReport(token, end)).toEqual({ state: "revoked", at: expect.any(Date) });
  const { rows } = await database().pool.query<{ action: string }>(
    "SELECT action FROM audit_event ORDER BY id DESC LIMIT 2",
  );
  expect(rows.map(({ action }) => action)).toEqual(["report.unshare", "report.share"]);
});

test("the preview of the e-mail says whether anything can be sent", async () => {
  const preview = await (await ask(mail.GET, `/api/v1/reports/${id}/mail`, { ...admin, params: { id } })).json();
  expect(preview).toMatchObject({ isOn: false, subject: expect.stringContaining("October 2026") });
  expect(preview.text).toContain(`/reports/${id}`);
});

test("a period that is none is refused by name", async () => {
  const answer = await ask(reports.POST, "/api/v1/reports", { ...admin, method: "POST", body: { period: "2026-13" } });
  expect([answer.status, (await answer.json()).errors[0].field]).toEqual([400, "period"]);
});
