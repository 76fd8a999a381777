import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { render, screen } from "#testing/render.ts";
import { readFindingsAddress } from "./findings-address.ts";
import { QueryBar } from "./query-bar.tsx";

function barFor(written: Record<string, string>, told: string[] = []) {
  return (
    <QueryBar
      filter={readFindingsAddress(written).filter}
      facets={undefined}
      fieldRef={null}
      onRemove={(name) => told.push(`remove ${name}`)}
      onText={(q) => told.push(`search ${q}`)}
    />
  );
}
const field = () => screen.getByRole<HTMLInputElement>("searchbox", { name: "Search these findings" });

test("what is typed is searched for, at once with Enter", async () => {
  const told: string[] = [];
  render(barFor({}, told));
  await userEvent.type(field(), "curl{Enter}");
  expect(told).toContain("search curl");
});

test("a pause in typing is enough", async () => {
  const told: string[] = [];
  render(barFor({}, told));
  await userEvent.type(field(), "curl");
  await expect.poll(() => told.at(-1)).toBe("search curl");
});

test("the field follows the address when something else changes it", () => {
  const { rerender } = render(barFor({ q: "curl" }));
  expect(field().value).toBe("curl");
  rerender(barFor({}));
  expect(field().value).toBe("");
});

test("a space at the end of what is typed stays while the address has it trimmed", async () => {
  const { rerender } = render(barFor({}));
  await userEvent.type(field(), "open ");
  rerender(barFor({ q: "open" }));
  expect(field().value).toBe("open ");
});

test("each condition but the text is a chip that can be taken away", async () => {
  const told: string[] = [];
  render(barFor({ severity: "critical", q: "curl" }, told));
  const remove = screen.getAllByRole("button").map((button) => button.getAttribute("aria-label"));
  expect(remove).toEqual(["Remove filter: Severity is critical", "Remove filter: Status is active"]);
  await userEvent.click(screen.getByRole("button", { name: "Remove filter: Severity is critical" }));
  expect(told).toEqual(["remove severity"]);
});
