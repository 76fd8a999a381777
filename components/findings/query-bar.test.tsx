import userEvent from "@testing-library/user-event";
import { createRef } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { suggestionsQuery } from "#lib/client/findings.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { readFindingsAddress } from "./findings-address.ts";
import { QueryBar } from "./query-bar.tsx";

beforeEach(() => {
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json({ items: [] }));
});

const SUGGESTED = { items: [{ field: "packageName" as const, value: "openssl", about: null }] };

function barFor(written: Record<string, string>, told: string[] = []) {
  return (
    <WithAnswers answers={["openssl", "ope", "op"].map((q) => [suggestionsQuery(q, undefined).queryKey, SUGGESTED])}>
      <QueryBar
        filter={readFindingsAddress(written).filter}
        facets={undefined}
        fieldRef={createRef()}
        onRemove={(name) => told.push(`remove ${name}`)}
        onText={(q) => told.push(`search ${q}`)}
        onConditions={(conditions, replaced) =>
          told.push(
            `${replaced === null ? "add" : `instead of ${replaced}`} ${conditions.map(({ name, values }) => `${name} ${values}`)}`,
          )
        }
      />
    </WithAnswers>
  );
}
const field = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Search these findings" });
const options = () => screen.queryAllByRole("option").map(({ textContent }) => textContent);

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
  render(barFor({ severity: "critical", "-region": "eu-west-1", q: "curl" }, told));
  const remove = screen.getAllByRole("button", { name: /^Remove/ }).map((button) => button.getAttribute("aria-label"));
  expect(remove).toEqual([
    "Remove filter: Severity is critical",
    "Remove filter: Status is active",
    "Remove filter: Region is not eu-west-1",
  ]);
  await userEvent.click(screen.getByRole("button", { name: "Remove filter: Severity is critical" }));
  expect(told).toEqual(["remove severity"]);
});

test("a condition counts once its word is over, and leaves the field", async () => {
  const told: string[] = [];
  render(barFor({}, told));
  await userEvent.type(field(), "-severity:low,info ");
  expect(told).toEqual(["add -severity low,info"]);
  expect(field().value).toBe("");
});

test("what no filter can mean is said with its place when Enter is pressed, and stays to be mended", async () => {
  const told: string[] = [];
  render(barFor({}, told));
  await userEvent.type(field(), "severity:terrible fix:yes{Enter}");
  expect(told).toEqual(["add fixAvailable yes"]);
  expect(screen.getByRole("alert").textContent).toBe("“severity:terrible”: severity cannot be terrible.");
  expect(field().value.trim()).toBe("severity:terrible");
});

test("keys and values are completed by the keyboard", async () => {
  const told: string[] = [];
  render(barFor({}, told));
  await userEvent.type(field(), "sev{ArrowDown}{Enter}");
  expect(field().value).toBe("severity:");
  await userEvent.type(field(), "hi");
  expect(options()).toEqual(["highhigh"]);
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(told).toContain("add severity high");
});

test("what has the typed name is suggested as the condition that it would be", async () => {
  const told: string[] = [];
  render(barFor({}, told));
  await userEvent.type(field(), "ope");
  await userEvent.click(await screen.findByRole("option", { name: /openssl/ }));
  expect(told).toContain("add packageName openssl");
});

test("a chip is changed in the field, and is a chip again when nothing was changed", async () => {
  const told: string[] = [];
  render(barFor({ severity: "critical,high" }, told));
  await userEvent.click(screen.getByRole("button", { name: "Change filter: Severity is critical, high" }));
  expect(field().value).toBe("severity:critical,high");
  await userEvent.type(field(), ",low{Enter}");
  expect(told).toContain("instead of severity severity critical,high,low");
  await userEvent.click(screen.getByRole("button", { name: "Change filter: Status is active" }));
  await userEvent.tab();
  expect(field().value).toBe("");
  expect(screen.getByRole("button", { name: "Change filter: Status is active" })).toBeDefined();
});
