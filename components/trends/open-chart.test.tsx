import { within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { addDays } from "#lib/domain/day.ts";
import type { Trends } from "#lib/domain/trends.ts";
import { aTrend } from "#testing/a-trend.ts";
import { render, screen } from "#testing/render.ts";
import { OpenChart } from "./open-chart.tsx";

const everything = { severity: [], source: [], type: [], accountId: [], team: [] };
const week = Array.from({ length: 7 }, (_, index) => addDays("2026-11-09", index));

// happy-dom lays nothing out: every element is as wide as a page.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1040);
});

function draw(trends: Trends, given: Partial<Parameters<typeof OpenChart>[0]> = {}) {
  const chart = { scope: everything, annotations: [], canNote: false };
  return render(
    <OpenChart trends={trends} by="severity" shape="bands" {...chart} onBy={() => {}} onShape={() => {}} {...given} />,
  ).container;
}
const place = { accountId: "1", accountName: "payments-prod", region: "eu-west-1", source: "inspector" as const };

test("a region that failed for a week is hatched along the top and named; the numbers stand, and say how", async () => {
  const days = week.map((day) => ({ day, open: { high: 5 }, unknownScopes: 1 }));
  const trends = aTrend("2026-11-02", "2026-11-22", days);
  const container = draw({ ...trends, gaps: [{ ...place, from: "2026-11-09", to: "2026-11-15" }] });
  expect(container.querySelectorAll("[data-gap=partial]")).toHaveLength(1);
  expect(container.querySelectorAll("[data-gap=between]")).toHaveLength(0);
  expect(screen.getByText("payments-prod").closest("li")?.textContent).toContain("not read from 9 Nov to 15 Nov");
  await userEvent.click(screen.getByText("Show as table"));
  const row = within(await screen.findByRole("table")).getByRole("row", { name: /^2026-11-12/ });
  expect(row.textContent).toContain("1 place not read, at the last value");
  expect(within(row).getAllByRole("link").at(-1)?.textContent).toBe("5");
});

test("a week in which nothing was read is a gap: no number, no list", async () => {
  const trends = aTrend(
    "2026-11-02",
    "2026-11-22",
    week.map((day) => ({ day, known: false })),
  );
  const container = draw(trends);
  expect(container.querySelectorAll("[data-gap=between]")).toHaveLength(1);
  expect(screen.getByText("No sync, 9 Nov to 15 Nov")).toBeTruthy();
  await userEvent.click(screen.getByText("Show as table"));
  const row = within(await screen.findByRole("table")).getByRole("row", { name: /^2026-11-12/ });
  expect(within(row).queryAllByRole("link")).toEqual([]);
});

test("the time before the first sync is hatched, and what is still open of it is drawn and listed apart", async () => {
  const days = week.map((day, index) => ({ day, known: false, stillOpen: { high: index + 1 } }));
  const trends = { ...aTrend("2026-11-09", "2026-11-22", days), firstSyncAt: "2026-11-16T06:00:00.000Z" };
  const container = draw(trends);
  expect(container.querySelectorAll("[data-gap=before]")).toHaveLength(1);
  expect(container.querySelectorAll("[data-apart]")).toHaveLength(1);
  await userEvent.click(screen.getByText("Show as table"));
  const row = within(await screen.findByRole("table")).getByRole("row", { name: /^2026-11-12/ });
  expect(row.textContent).toContain("Still open today, first observed then");
  expect(within(row).getAllByRole("link").at(-1)?.textContent).toBe("4");
});

const release = {
  id: "01900000-0000-7000-8000-000000000001",
  day: "2026-11-11",
  kind: "release" as const,
  text: "Base image 4.2",
  link: "https://ci.example.com/4.2",
  createdBy: "priya",
};
const granted = {
  ...release,
  id: null,
  day: "2026-11-13",
  kind: "exception" as const,
  text: "Granted: no fix",
  link: null,
};

test("what happened is marked on the chart, read out at its day, and told in words below with its link", async () => {
  const container = draw(aTrend("2026-11-09", "2026-11-15"), { annotations: [granted, release] });
  expect([...container.querySelectorAll("[data-mark]")].map((mark) => mark.textContent)).toEqual([
    "Release: Base image 4.2",
    "Exception: Granted: no fix",
  ]);
  screen.getByRole("slider").focus();
  await userEvent.keyboard("{Home}{ArrowRight}{ArrowRight}");
  expect(screen.getByRole("status").textContent).toContain("11 Nov 2026, Release: Base image 4.2");
  const list = screen.getByRole("list", { name: "Annotations" });
  expect(within(list).getByRole("link", { name: "Base image 4.2" }).getAttribute("href")).toBe(release.link);
  expect(within(list).queryByRole("button")).toBeNull();
});

test("who may note can change what people wrote, and nothing that stands there by itself", () => {
  draw(aTrend("2026-11-09", "2026-11-15"), { annotations: [granted, release], canNote: true });
  expect(screen.getAllByRole("button", { name: /^Change/ }).map(({ textContent }) => textContent)).toEqual([
    "Change Base image 4.2",
  ]);
  expect(screen.getByRole("button", { name: "Annotate a day" })).toBeTruthy();
});

test("more than three are listed when they are asked for", async () => {
  const many = week.slice(0, 5).map((day) => ({ ...release, id: null, day, text: `on ${day}` }));
  const container = draw(aTrend("2026-11-09", "2026-11-15"), { annotations: many });
  expect(container.querySelectorAll("[data-mark]")).toHaveLength(3);
  await userEvent.click(screen.getByRole("button", { name: "Show all 5" }));
  expect(within(screen.getByRole("list", { name: "Annotations" })).getAllByRole("listitem")).toHaveLength(5);
});

test("as lines each severity has its own, and a lone day is a dot", () => {
  const trends = aTrend("2026-11-24", "2026-11-24", [{ day: "2026-11-24", open: { critical: 1 } }]);
  const container = draw(trends, { shape: "lines" });
  expect(container.querySelectorAll("[data-series]")).toHaveLength(6);
  expect(container.querySelectorAll("[data-series=critical] circle")).toHaveLength(1);
});
