import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { forecastQuery } from "#lib/client/trends.ts";
import { addDays } from "#lib/domain/day.ts";
import { toForecast, toForecastDays } from "#lib/domain/forecast.ts";
import { aTrend } from "#testing/a-trend.ts";
import { render, screen, within } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { BacklogChart } from "./backlog-chart.tsx";

const everything = { severity: [], source: [], type: [], accountId: [], team: [] };
const TODAY = "2026-11-24";
const { from, to } = toForecastDays(TODAY);

// happy-dom lays nothing out: every element is as wide as a page.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1040);
});

/** Open at the end of each of twelve weeks; `known` of them. */
function draw(opens: number[], known = opens.length) {
  const weeks = opens.flatMap((open, week) =>
    Array.from({ length: 7 }, (_, day) => ({
      day: addDays(from, week * 7 + day),
      open: { high: open },
      known: week >= opens.length - known,
    })),
  );
  const rest = [addDays(to, -1), to].map((day) => ({ day, open: { high: opens.at(-1) ?? 0 } }));
  const forecast = toForecast({ ...aTrend(from, to, [...weeks, ...rest]), before: { high: 1_000 } });
  return render(
    <WithAnswers answers={[[forecastQuery(everything).queryKey, forecast]]}>
      <BacklogChart query={everything} />
    </WithAnswers>,
  ).container;
}
const steady = (net: number) => Array.from({ length: 12 }, (_, week) => 1_000 + net * (week + 1));
const note = () => screen.getByRole("figure").querySelector("figcaption p")?.textContent;

test("a backlog that shrinks says when it is gone, and draws what is expected apart from what was counted", async () => {
  const container = draw(steady(-50));
  expect(note()).toBe(
    "−50 a week in the middle of the last 12 weeks: gone in about 8 weeks; at best 8 weeks, at worst 8 weeks.",
  );
  expect(container.querySelectorAll("[data-series=past], [data-series=expected]")).toHaveLength(2);
  screen.getByRole("slider").focus();
  await userEvent.keyboard("{End}{ArrowLeft}");
  expect(screen.getByRole("status").textContent).toContain("Expected, not counted");
});

test("one that grows is never said to end", () => {
  draw(steady(50));
  expect(note()).toBe("+50 a week in the middle of the last 12 weeks: it does not shrink, not even in good weeks.");
});

test("too few weeks give no forecast, and say how many there are", () => {
  const container = draw(steady(-50), 3);
  expect(note()).toBe("A forecast needs 4 whole weeks that are known; there are 3.");
  expect(container.querySelector("[data-series=expected]")).toBeNull();
});

test("each week that was counted opens its list, and none that is expected does", async () => {
  draw(steady(-50));
  await userEvent.click(screen.getByText("Show as table"));
  const table = await screen.findByRole("table");
  const counted = within(table).getByRole("row", { name: /^2026-11-22/ });
  expect(within(counted).getByRole("link").getAttribute("href")).toBe("/findings?status=active&asOf=2026-11-22");
  expect(within(table).getAllByRole("link")).toHaveLength(12);
});
