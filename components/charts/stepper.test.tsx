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
  isPicking = false,
}: {
  onReset?: (() => void) | null;
  readings?: Reading[];
  isPicking?: boolean;
} = {}) {
  const zoomed: Span[] = [];
  const { container } = render(
    <ZoomContext value={{ onZoom: (days) => zoomed.push(days), onReset, isPicking, onPicking: () => undefined }}>
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

test("while fingers pick, two touches zoom to the days from one to the other, and open no list", () => {
  const { zoomed, link, at, said } = stepper({ isPicking: true });
  const touch = (clientX: number) => {
    fireEvent.pointerDown(link, at(clientX, "touch"));
    fireEvent.pointerUp(link, at(clientX, "touch"));
    return fireEvent.click(link);
  };
  expect(touch(290)).toBe(false);
  expect(said()).toContain("2026-06-04");
  expect(zoomed).toEqual([]);
  expect(touch(110)).toBe(false);
  expect(zoomed).toEqual([{ from: "2026-06-02", to: "2026-06-04" }]);
});

test("while fingers pick, one that drags across the days picks them; one that scrolls the page picks none", () => {
  const { zoomed, link, at } = stepper({ isPicking: true });
  fireEvent.pointerDown(link, at(10, "touch"));
  fireEvent.pointerCancel(link, at(10, "touch"));
  fireEvent.pointerUp(link, at(10, "touch"));
  expect(zoomed).toEqual([]);
  fireEvent.pointerDown(link, at(110, "touch"));
  fireEvent.pointerMove(link, at(290, "touch"));
  fireEvent.pointerUp(link, at(290, "touch"));
  expect(zoomed).toEqual([{ from: "2026-06-02", to: "2026-06-04" }]);
});

test("the day that was touched first stays picked while the page is scrolled", () => {
  const { zoomed, link, at } = stepper({ isPicking: true });
  fireEvent.pointerDown(link, at(10, "touch"));
  fireEvent.pointerUp(link, at(10, "touch"));
  fireEvent.pointerDown(link, at(290, "touch"));
  fireEvent.pointerCancel(link, at(290, "touch"));
  fireEvent.pointerDown(link, at(110, "touch"));
  fireEvent.pointerUp(link, at(110, "touch"));
  expect(zoomed).toEqual([{ from: "2026-06-01", to: "2026-06-02" }]);
});
