import { beforeEach, expect, test, vi } from "vitest";
import { render, screen } from "#testing/render.ts";
import { FlowBars } from "./flow-bars.tsx";

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1040);
});

const names = { up: "New", down: "Closed", net: "Net" };

const step = (title: string, values: Record<string, number> | null, note: string | null = null) => ({
  label: title,
  title,
  values,
  note,
  href: null,
});

test("where no step is counted at all, the drawing says why", () => {
  render(<FlowBars name="Flow" names={names} steps={[step("Week 1", null, "The week is not over")]} ticks={[]} />);
  expect(screen.getByText("The week is not over")).toBeTruthy();
});

test("a step that is not counted is grey, without bars, and breaks the line of the net", () => {
  const { container } = render(
    <FlowBars
      name="Flow"
      names={names}
      steps={[step("Week 1", { up: 5, down: 2 }), step("Week 2", null), step("Week 3", { up: 1, down: 4 })]}
      ticks={[]}
    />,
  );
  expect(container.querySelectorAll("[data-gap=step]")).toHaveLength(1);
  expect(container.querySelectorAll(".visx-bar.fill-chart-new")).toHaveLength(2);
  expect(container.querySelectorAll("path.stroke-surface")).toHaveLength(2);
  expect(screen.getByRole("slider", { name: "Flow, step by step" })).toBeTruthy();
  expect(container.innerHTML).not.toContain("NaN");
});
