import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { freshnessQuery } from "#lib/client/freshness.ts";
import { reportSchedulesQuery } from "#lib/client/reports.ts";
import { teamChoiceQuery, teamsQuery } from "#lib/client/teams.ts";
import type { ReportSchedule } from "#lib/domain/report-mail.ts";
import { render, screen, within } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { SchedulesBlock } from "./schedules-block.tsx";

const schedule: ReportSchedule = {
  id: "01900000-0000-7000-8000-000000000001",
  every: "quarter",
  day: 5,
  hour: 7,
  timeZone: "Europe/Berlin",
  scope: { severity: ["critical", "high"], source: [], accountId: [], team: ["payments", "web"] },
  recipients: ["board@example.com", "ciso@example.com"],
  isPaused: false,
  nextAt: "2027-01-05T06:00:00.000Z",
  createdBy: "ines",
  failure: null,
};
const teams = ["Payments", "Web"].map((name) => ({ id: name.toLowerCase(), name }));

test("a schedule is changed where it stands: what it says is there to be changed, and what is not touched stays", async () => {
  const asked: unknown[] = [];
  vi.stubGlobal("fetch", async (address: string, { method = "GET", body }: RequestInit = {}) => {
    if (method === "PATCH") asked.push([address, JSON.parse(String(body))]);
    return method === "GET"
      ? Response.json({ isMailOn: true, items: [schedule] })
      : new Response(null, { status: 204 });
  });
  render(
    <WithAnswers
      answers={[
        [reportSchedulesQuery().queryKey, { isMailOn: true, items: [schedule] }],
        [teamsQuery().queryKey, { items: teams, noTeam: { open: {} }, scope: null, applying: null }],
        [teamChoiceQuery().queryKey, { chosen: null, items: teams, mine: [] }],
        [freshnessQuery().queryKey, { asOf: null, late: 0, scopes: [] }],
      ]}
    >
      <SchedulesBlock />
    </WithAnswers>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Change" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Change the schedule" }, { timeout: 10_000 }));
  expect(dialog.getByRole<HTMLSelectElement>("combobox", { name: "Team" }).selectedOptions[0]?.textContent).toBe(
    "Payments, Web",
  );
  await userEvent.selectOptions(dialog.getByRole("combobox", { name: "At" }), "09:00");
  await userEvent.click(dialog.getByRole("button", { name: "Save the schedule" }));
  const { every, day, timeZone, scope, recipients } = schedule;
  expect(asked).toEqual([
    [`/api/v1/report-schedules/${schedule.id}`, { every, day, hour: 9, timeZone, scope, recipients }],
  ]);
});
