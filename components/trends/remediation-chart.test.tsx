import { QueryClientProvider } from "@tanstack/react-query";
import { within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { newQueryClient } from "#lib/client/query-client.ts";
import { remediationQuery } from "#lib/client/trends.ts";
import type { Remediation } from "#lib/domain/trends.ts";
import { render, screen } from "#testing/render.ts";
import { RemediationChart } from "./remediation-chart.tsx";

// happy-dom lays nothing out: every element is as wide as a page.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1040);
});

const scope = { severity: [], source: [], type: [], accountId: [], team: [], from: "2026-01-01", to: "2026-03-31" };
const figure = { fixed: 2, findings: 5, meanDays: 20, medianDays: 12, p90Days: 28 };
const remediation: Remediation = {
  asOf: "2026-04-01T12:00:00.000Z",
  firstSyncAt: "2026-02-01T06:00:00.000Z",
  months: [
    { month: "2026-01-01", all: null, bySeverity: {} },
    { month: "2026-02-01", all: null, bySeverity: {} },
    { month: "2026-03-01", all: figure, bySeverity: { high: figure } },
  ],
  all: figure,
  bySeverity: { high: figure },
};

test("a month opens the findings of the issues that were fixed in it; before the first sync nothing is known", async () => {
  const queryClient = newQueryClient();
  queryClient.setQueryData(remediationQuery(scope).queryKey, remediation);
  render(
    <QueryClientProvider client={queryClient}>
      <RemediationChart query={{ ...scope, by: "severity" }} severity={null} onSeverity={() => {}} />
    </QueryClientProvider>,
  );
  await userEvent.click(screen.getByText("Show as table"));
  const table = within(await screen.findByRole("table"));
  const row = (name: RegExp) => table.getByRole("row", { name });
  expect(
    within(row(/^Mar 2026/))
      .getByRole("link", { name: "5" })
      .getAttribute("href"),
  ).toBe(
    "/findings?status=active%2Csuppressed%2Cclosed&issueFixedFrom=2026-03-01&issueFixedTo=2026-04-01&asOf=2026-04-01T12%3A00%3A00.000Z",
  );
  expect(row(/^Mar 2026/).textContent).toContain("28 d");
  expect(row(/^Jan 2026/).textContent).toContain("Before the first sync");
  expect(within(row(/^Jan 2026/)).queryAllByRole("link")).toEqual([]);
  expect(within(row(/^Feb 2026/)).getByRole("link").textContent).toBe("0");
});
