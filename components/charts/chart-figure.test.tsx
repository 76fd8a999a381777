import { within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { act, render, screen } from "#testing/render.ts";
import { ChartFigure } from "./chart-figure.tsx";

test("the table below a chart holds the same numbers, each number leading to its list", async () => {
  render(
    <ChartFigure
      title="Fruit"
      note="At the end of each day"
      countedHref="/definitions#fruit"
      table={{
        head: ["Day", "Apples", "Pears"],
        rows: [
          { title: "8 Sep", cells: [{ text: "3", href: "/list?asOf=2026-09-08" }, { text: "1" }] },
          { title: "9 Sep", cells: [{ text: "–" }, { text: "–" }], note: "No delivery" },
        ],
      }}
    >
      <p>drawing</p>
    </ChartFigure>,
  );
  await userEvent.click(screen.getByText("Show as table"));
  const table = await screen.findByRole("table", { name: "Fruit" });
  expect(
    within(table)
      .getAllByRole("cell")
      .map((cell) => cell.textContent),
  ).toEqual(["3", "1", "–", "–"]);
  expect(within(table).getByRole("link", { name: "3" }).getAttribute("href")).toBe("/list?asOf=2026-09-08");
  expect(within(table).getByRole("rowheader", { name: "9 Sep No delivery" })).toBeTruthy();
  expect(screen.getByRole("link", { name: /^How this is counted ?: Fruit$/ }).getAttribute("href")).toBe(
    "/definitions#fruit",
  );
});

test("on paper the table is open, a long one in part, and it closes again", async () => {
  const rows = Array.from({ length: 121 }, (_, index) => ({ title: `day ${index}`, cells: [{ text: `${index}` }] }));
  render(
    <ChartFigure title="Fruit" note="" countedHref="/definitions#fruit" table={{ head: ["Day", "Apples"], rows }}>
      <p>drawing</p>
    </ChartFigure>,
  );
  act(() => void dispatchEvent(new Event("beforeprint")));
  const table = screen.getByRole("table", { name: "Fruit" });
  expect(
    within(table)
      .getAllByRole("cell")
      .map((cell) => cell.textContent)
      .slice(0, 3),
  ).toEqual(["0", "3", "6"]);
  expect(screen.getByText("One row in 3, the newest first.")).toBeTruthy();
  act(() => void dispatchEvent(new Event("afterprint")));
  expect(screen.queryByRole("table")).toBeNull();
});
