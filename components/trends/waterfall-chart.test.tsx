import { QueryClientProvider } from "@tanstack/react-query";
import { within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { newQueryClient } from "#lib/client/query-client.ts";
import { movementsQuery, trendsQuery } from "#lib/client/trends.ts";
import { MOVE_REASONS } from "#lib/domain/filter-words.ts";
import type { MoveBar, Movements } from "#lib/domain/movements.ts";
import { trendsQuerySchema } from "#lib/domain/trends.ts";
import { aTrend } from "#testing/a-trend.ts";
import { render, screen } from "#testing/render.ts";
import { WaterfallChart } from "./waterfall-chart.tsx";
import { toMovementsQuery } from "./waterfall-rows.ts";

// happy-dom lays nothing out: every element is as wide as a page.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1040);
});

const query = trendsQuerySchema.parse({ from: "2026-06-01", to: "2026-06-30", accountId: "111122223333" });

const bar = (reason: MoveBar["reason"], changed: Partial<MoveBar>): MoveBar => ({
  reason,
  added: 0,
  taken: 0,
  net: 0,
  netBySeverity: {},
  findings: 0,
  ...changed,
});

const movements: Movements = {
  from: "2026-05-31T23:59:59.999Z",
  asOf: "2026-06-30T23:59:59.999Z",
  firstSyncAt: "2025-01-01T00:00:00.000Z",
  before: { total: 1_200, bySeverity: { high: 1_200 } },
  after: { total: 1_190, bySeverity: { high: 1_185, critical: 5 } },
  bars: MOVE_REASONS.map((reason) => {
    if (reason === "new") return bar(reason, { added: 30, net: 30, netBySeverity: { high: 30 }, findings: 30 });
    if (reason === "suppressed")
      return bar(reason, { taken: 40, net: -40, netBySeverity: { high: -40 }, findings: 38 });
    if (reason !== "rescored-up") return bar(reason, {});
    return bar(reason, { added: 5, taken: 5, netBySeverity: { high: -5, critical: 5 }, findings: 5 });
  }),
};

function draw(told: Movements) {
  const queryClient = newQueryClient();
  queryClient.setQueryData(movementsQuery(toMovementsQuery(query, null)).queryKey, told);
  queryClient.setQueryData(trendsQuery(query).queryKey, {
    ...aTrend("2026-06-01", "2026-06-30"),
    firstSyncAt: told.firstSyncAt,
  });
  return render(
    <QueryClientProvider client={queryClient}>
      <WaterfallChart query={query} severity={null} onSeverity={() => {}} />
    </QueryClientProvider>,
  ).container;
}

const addressOf = (link: Element) => new URLSearchParams(String(link.getAttribute("href")).split("?")[1]);

test("each reason that changed the number is a link to the findings that moved so, after one moment and up to the other", () => {
  const container = draw(movements);
  expect([...container.querySelectorAll("svg text")].map(({ textContent }) => textContent)).toEqual([
    ...["Open after 31 May 2026", "1,200"],
    ...["New", "+30"],
    ...["Suppressed or accepted", "−40"],
    ...["Open after 30 Jun 2026", "1,190"],
  ]);
  const suppressed = screen.getByRole("link", { name: "Suppressed or accepted: −40, 40 movements of 38 findings" });
  expect(Object.fromEntries(addressOf(suppressed))).toEqual({
    status: "active,suppressed,closed",
    accountId: "111122223333",
    moved: "suppressed",
    movedFrom: "2026-06-01T00:00:00.000Z",
    movedTo: "2026-07-01T00:00:00.000Z",
  });
  const after = addressOf(screen.getByRole("link", { name: /^Open after 30 Jun/ }));
  expect([after.get("status"), after.get("asOf")]).toEqual(["active", movements.asOf]);
});

test("totals that are drawn torn say where they begin", () => {
  expect(draw(movements).querySelectorAll("[data-cut]")).toHaveLength(2);
  expect(screen.getByText("Torn bars begin at 1,180, not at zero.")).toBeTruthy();
});

test("a day that is not over is now", () => {
  draw({ ...movements, asOf: "2026-06-30T12:00:00.000Z" });
  expect(screen.getByRole("link", { name: "Open now: 1,190" })).toBeTruthy();
});

test("what was open before the first sync is not known, which is not zero", async () => {
  const zero = { total: 0, bySeverity: {} };
  const container = draw({ ...movements, before: zero, firstSyncAt: "2026-06-10T00:00:00.000Z" });
  expect(screen.queryByRole("link", { name: /^Open after 31 May/ })).toBeNull();
  expect([...container.querySelectorAll("svg text")].slice(0, 3).map(({ textContent }) => textContent)).toEqual([
    "Not known",
    "Open after 31 May 2026",
    "–",
  ]);
  expect(screen.getByText(/^Of the time before the first sync on 10 Jun 2026/)).toBeTruthy();
  await userEvent.click(screen.getByText("Show as table"));
  const row = (await screen.findByRole("table")).querySelectorAll("tbody tr")[0];
  expect(row?.querySelectorAll("td")[2]?.textContent).toBe("–");
});

test("of days that are all before the first sync nothing is drawn, and it says which days to choose", () => {
  const container = draw({ ...movements, firstSyncAt: "2026-07-10T00:00:00.000Z" });
  expect(container.querySelector("svg[role=img]")).toBeNull();
  expect(screen.getByText(/the first sync was on 10 Jul 2026. Choose days/)).toBeTruthy();
});

test("the table has every reason, those too that are nothing in total, by severity", async () => {
  draw(movements);
  await userEvent.click(screen.getByText("Show as table"));
  const table = within(await screen.findByRole("table"));
  expect(table.getAllByRole("row")).toHaveLength(1 + MOVE_REASONS.length + 2);
  const cells = [...table.getByRole("row", { name: /^Rescored up/ }).querySelectorAll("td")];
  expect(cells.map(({ textContent }) => textContent).slice(0, 6)).toEqual(["5", "5", "±0", "5", "+5", "−5"]);
});

test("a severity's share of a total and of a reason opens its list; one that is nothing opens none", async () => {
  draw(movements);
  await userEvent.click(screen.getByText("Show as table"));
  const table = within(await screen.findByRole("table"));
  const linkIn = (row: RegExp, severity: string) => {
    const at = table.getAllByRole("columnheader").findIndex(({ textContent }) => textContent === severity);
    return table.getByRole("row", { name: row }).children[at]?.querySelector("a");
  };
  const risen = linkIn(/^Rescored up/, "Critical");
  expect(risen && Object.fromEntries(addressOf(risen))).toMatchObject({ severity: "critical", moved: "rescored-up" });
  const open = linkIn(/^Open after 2026-06-30/, "High");
  expect(open && Object.fromEntries(addressOf(open))).toMatchObject({ severity: "high", asOf: movements.asOf });
  expect(linkIn(/^New/, "Critical")).toBeNull();
  expect(linkIn(/^Open after 2026-06-30/, "Low")).toBeNull();
});
