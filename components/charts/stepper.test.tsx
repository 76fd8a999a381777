import { fireEvent } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { render, screen } from "#testing/render.ts";
import type { Reading } from "./series.ts";
import { Stepper } from "./stepper.tsx";
import { type Span, ZoomContext } from "./zoom.ts";

const FRAME = { left: 0, right: 300, top: 0, bottom: 100, isNarrow: false };
const READINGS: Reading[] = ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04"].map((day, index) => ({
  title: day,
  lines: [{ name: "Open", value: String(index) }],
  href: `/findings?asOf=${day}`,
  span: { from: day, to: day },
}));

function stepper({
  onReset = null,
  readings = READINGS,
}: {
  onReset?: (() => void) | null;
  readings?: Reading[];
} = {}) {
  const zoomed: Span[] = [];
  const { container } = render(
    <ZoomContext value={{ onZoom: (days) => zoomed.push(days), onReset }}>
      <Stepper name="Open" readings={readings} x={(index) => index * 100} frame={FRAME} />
    </ZoomContext>,
  );
  const slider = screen.getByRole("slider");
  const press = (key: string, shiftKey = false) => fireEvent.keyDown(slider, { key, shiftKey });
  const link = container.querySelector("a");
  if (!link) throw new Error("There is nothing for pointers");
  const at = (clientX: number, pointerType = "mouse") => ({ clientX, pointerType, pointerId: 1, button: 0 });
  return { zoomed, slider, press, link, at, said: () => screen.getByRole("status").textContent };
}

test("arrow keys with Shift pick days, which are said, and Enter zooms to them", () => {
  const { zoomed, slider, press, said } = stepper();
  fireEvent.focus(slider);
  press("Home");
  press("ArrowRight", true);
  press("ArrowRight", true);
  expect(said()).toContain("1 Jun 2026 to 3 Jun 2026");
  press("Enter");
  expect(zoomed).toEqual([{ from: "2026-06-01", to: "2026-06-03" }]);
});

test("days are picked backwards as well, and a step without Shift lets go of them", () => {
  const { zoomed, slider, press, said } = stepper();
  fireEvent.focus(slider);
  press("ArrowLeft", true);
  press("ArrowLeft");
  expect(said()).toContain("2026-06-02");
  press("ArrowLeft", true);
  press("Enter");
  expect(zoomed).toEqual([{ from: "2026-06-01", to: "2026-06-02" }]);
});

test("Escape takes back what is picked, then what is read, then the zoom", () => {
  const onReset = vi.fn();
  const { zoomed, slider, press, said } = stepper({ onReset });
  fireEvent.focus(slider);
  press("ArrowLeft", true);
  press("Escape");
  expect(said()).toContain("2026-06-03");
  press("Escape");
  expect(said()).toBe("");
  expect(onReset).not.toHaveBeenCalled();
  press("Escape");
  expect(onReset).toHaveBeenCalledOnce();
  expect(zoomed).toEqual([]);
});

test("dragging over days zooms to them and opens no list", () => {
  const { zoomed, link, at } = stepper();
  fireEvent.pointerDown(link, at(290));
  fireEvent.pointerMove(link, at(110));
  fireEvent.pointerUp(link, at(110));
  expect(zoomed).toEqual([{ from: "2026-06-02", to: "2026-06-04" }]);
  expect(fireEvent.click(link)).toBe(false);
});

test("a drag that Escape breaks off zooms to nothing", () => {
  const { zoomed, link, at } = stepper();
  fireEvent.pointerDown(link, at(10));
  fireEvent.pointerMove(link, at(210));
  fireEvent.keyDown(window, { key: "Escape" });
  fireEvent.pointerUp(link, at(210));
  expect(zoomed).toEqual([]);
  expect(fireEvent.click(link)).toBe(false);
});

test("a finger that moves reads the days and picks none", () => {
  const { zoomed, link, at, said } = stepper();
  fireEvent.pointerDown(link, at(10, "touch"));
  fireEvent.pointerMove(link, at(210, "touch"));
  fireEvent.pointerUp(link, at(210, "touch"));
  expect(said()).toContain("2026-06-03");
  expect(zoomed).toEqual([]);
});

test("steps that stand for no days cannot be zoomed to", () => {
  const { zoomed, slider, press, link, at } = stepper({ readings: READINGS.map(({ span: _, ...rest }) => rest) });
  fireEvent.focus(slider);
  press("ArrowLeft", true);
  fireEvent.pointerDown(link, at(10));
  fireEvent.pointerMove(link, at(210));
  fireEvent.pointerUp(link, at(210));
  expect(zoomed).toEqual([]);
});
