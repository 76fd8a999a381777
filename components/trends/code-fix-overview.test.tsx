import { within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { CodeMetrics } from "#lib/domain/code-metrics.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { render, screen } from "#testing/render.ts";
import { CodeFixOverview } from "./code-fix-overview.tsx";

// happy-dom lays nothing out: every element is as wide as a page.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1040);
});

const day = (date: string, open: number, known = true) => ({ day: date, open, opened: 0, closed: 0, known });
const fixes: CodeMetrics["fixes"] = {
  from: "2026-11-21",
  to: "2026-11-24",
  asOf: "2026-11-23T12:00:00.000Z",
  closed: { value: 0, before: null },
  opened: { value: 2, before: null },
  averageDaysToClose: { value: null, before: null },
  averageDaysBySeverity: {},
  days: [day("2026-11-21", 0, false), day("2026-11-22", 2), day("2026-11-23", 2), day("2026-11-24", 2, false)],
};

const draw = (severity: Severity | null = null) =>
  render(<CodeFixOverview fixes={fixes} severity={severity} onSeverity={() => {}} />);

test("days before the first scan and days to come are gaps, not zeros", async () => {
  const { container } = draw();
  expect(container.querySelectorAll("[data-gap]")).toHaveLength(2);
  await userEvent.click(screen.getByText("Show as table"));
  const table = within(await screen.findByRole("table"));
  const before = table.getByRole("row", { name: /^2026-11-21/ });
  expect(before.textContent).toContain("Before the first scan");
  expect(within(before).queryAllByRole("link")).toEqual([]);
  expect(table.getByRole("row", { name: /^2026-11-24/ }).textContent).toContain("Still to come");
  const told = within(table.getByRole("row", { name: /^2026-11-23/ })).getAllByRole("link")[0];
  expect(told?.getAttribute("href")).toContain("asOf=2026-11-23T12%3A00%3A00.000Z");
});

test("where there was no scan before, nothing is said of a change", () => {
  draw();
  expect(screen.getAllByText("no code scan before to compare with").length).toBeGreaterThan(1);
  expect(screen.queryByText("from 0")).toBeNull();
});

test("the fixes of one severity open the findings of that severity", () => {
  draw("high");
  const address = new URL(screen.getByRole("link", { name: "2" }).getAttribute("href") ?? "", "http://x");
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    source: "codeguru",
    severity: "high",
    movement: "new,reopened",
    movedFrom: "2026-11-21T00:00:00.000Z",
    movedTo: "2026-11-25T00:00:00.000Z",
  });
  expect(screen.getByText(/^High, 21 Nov 2026 to 24 Nov 2026/)).toBeTruthy();
});
