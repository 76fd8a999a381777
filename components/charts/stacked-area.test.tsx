import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { render, screen } from "#testing/render.ts";
import { dayAndYear, dayWord, toDayTicks } from "./days.ts";
import type { Series, Step } from "./series.ts";
import { StackedArea } from "./stacked-area.tsx";

// happy-dom lays nothing out: every element is as wide as a page.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1040);
});

const series: Series[] = [
  { key: "apples", name: "Apples", fill: "fill-sev-critical", swatch: "bg-sev-critical" },
  { key: "pears", name: "Pears", fill: "fill-sev-high", swatch: "bg-sev-high" },
];
const step = (day: string, values: Step["values"], note: string | null = null): Step => ({
  label: dayWord(day),
  title: dayAndYear(day),
  values,
  note,
  href: values && `/list?asOf=${day}`,
});

function draw(steps: Step[]) {
  return render(
    <StackedArea
      name="Fruit"
      series={series}
      steps={steps}
      ticks={toDayTicks(["2026-09-08", "2026-09-09", "2026-09-10", "2026-09-11"].slice(0, steps.length))}
    />,
  ).container;
}
const withGap = [
  step("2026-09-08", { apples: 3, pears: 1 }),
  step("2026-09-09", null, "No delivery"),
  step("2026-09-10", null, "No delivery"),
  step("2026-09-11", { apples: 1_000, pears: 0 }),
];

test("days that nobody knows are a hatched gap with its name, and no band crosses them", () => {
  const container = draw(withGap);
  expect(screen.getByText("No delivery, 9 Sep to 10 Sep")).toBeTruthy();
  expect(container.querySelectorAll("[data-gap=between] rect")).toHaveLength(1);
  // One band on each side of the gap.
  expect(container.querySelectorAll("[data-series=apples]")).toHaveLength(2);
});

test("the time before the first day is apart from a gap", () => {
  const container = draw([step("2026-09-08", null, "Before the first"), ...withGap.slice(0, 1)]);
  expect(container.querySelectorAll("[data-gap=before]")).toHaveLength(1);
  expect(container.querySelectorAll("[data-gap=between]")).toHaveLength(0);
  expect(screen.getByText("Before the first")).toBeTruthy();
});

test("each band is named at its end, with its value and the change since the first day", () => {
  draw(withGap);
  expect(screen.getByText("+997")).toBeTruthy();
  expect(screen.getByText("−1")).toBeTruthy();
});

test("arrow keys walk the days and say their numbers, and a gap says that it is one", async () => {
  draw(withGap);
  const slider = screen.getByRole("slider", { name: "Fruit, step by step" });
  slider.focus();
  const said = screen.getByRole("status");
  await userEvent.keyboard("{Home}");
  expect(said.textContent).toBe("8 Sep 2026, Apples 3, Pears 1, All 4");
  await userEvent.keyboard("{ArrowRight}");
  expect(said.textContent).toBe("9 Sep 2026, No delivery");
  await userEvent.keyboard("{End}");
  expect(slider.getAttribute("aria-valuetext")).toBe("11 Sep 2026");
  await userEvent.keyboard("{Escape}");
  expect(said.textContent).toBe("");
});

test("Enter opens what is counted on the day that is read", async () => {
  const opened: string[] = [];
  const container = draw(withGap);
  container.addEventListener("click", (event) => {
    event.preventDefault();
    if (event.target instanceof HTMLAnchorElement) opened.push(event.target.getAttribute("href") ?? "");
  });
  screen.getByRole("slider").focus();
  await userEvent.keyboard("{Home}{Enter}");
  expect(opened).toEqual(["/list?asOf=2026-09-08"]);
});

test("one day alone, and a chart of nothing, are drawn too", () => {
  const container = draw([step("2026-09-08", { apples: 1, pears: 0 })]);
  expect(container.querySelectorAll("[data-series]")).toHaveLength(2);
  expect(container.innerHTML).not.toContain("NaN");
  expect(draw([]).innerHTML).not.toContain("NaN");
});
