import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { TriageActKind } from "#lib/domain/triage-act.ts";
import { aFinding } from "#testing/a-finding.ts";
import { render, screen } from "#testing/render.ts";
import { useTriageKeys } from "./triage-keys.ts";
import { useSelection } from "./use-selection.ts";

const FINDINGS = [1, 2, 3, 4].map((number) => aFinding({ number }));
let done: (TriageActKind | "menu" | "undo")[] = [];
beforeEach(() => {
  done = [];
  localStorage.clear();
});

function Keys({
  rowIndex,
  listKey = "all",
  hasRows = true,
}: {
  rowIndex: number;
  listKey?: string;
  hasRows?: boolean;
}) {
  const selection = useSelection(FINDINGS, listKey);
  useTriageKeys({
    selection,
    rowIndex,
    hasRows,
    onAct: (kind) => done.push(kind),
    onMenu: () => done.push("menu"),
    onUndo: () => done.push("undo"),
  });
  const chosen = FINDINGS.filter(({ id }) => selection.ids.has(id)).map((finding) => FINDINGS.indexOf(finding) + 1);
  return (
    <>
      <input aria-label="Search" />
      <output>{chosen.join(" ")}</output>
      <button type="button" onClick={selection.selectAll}>
        All that match
      </button>
      <span>{selection.isAll ? "every" : "some"}</span>
    </>
  );
}

const chosen = () => screen.getByRole("status").textContent;

test("x selects the row that the keyboard is on and lets it go, X selects everything up to it", async () => {
  const { rerender } = render(<Keys rowIndex={0} />);
  await userEvent.keyboard("x");
  expect(chosen()).toBe("1");
  rerender(<Keys rowIndex={2} />);
  await userEvent.keyboard("{Shift>}X{/Shift}");
  expect(chosen()).toBe("1 2 3");
  await userEvent.keyboard("x");
  expect(chosen()).toBe("1 2");
});

test("each act has its letter, e opens the menu and z takes the last one back", async () => {
  render(<Keys rowIndex={0} />);
  await userEvent.keyboard("adsvucez");
  expect(done).toEqual(["assign", "due", "suppress", "severity", "unsuppress", "comment", "menu", "undo"]);
});

test("in a field the letters are the field's, and with a modifier the browser's", async () => {
  render(<Keys rowIndex={0} />);
  await userEvent.type(screen.getByRole("textbox", { name: "Search" }), "axes");
  await userEvent.keyboard("{Control>}a{/Control}");
  expect([done, chosen()]).toEqual([[], ""]);
});

test("where no rows are shown there is nothing to select", async () => {
  render(<Keys rowIndex={0} hasRows={false} />);
  await userEvent.keyboard("x");
  expect(chosen()).toBe("");
});

test("another list begins with nothing selected", async () => {
  const { rerender } = render(<Keys rowIndex={1} />);
  await userEvent.keyboard("x");
  await userEvent.click(screen.getByRole("button", { name: "All that match" }));
  expect(screen.getByText("every")).toBeTruthy();
  rerender(<Keys rowIndex={1} listKey="another" />);
  expect([chosen(), screen.getByText("some").textContent]).toEqual(["", "some"]);
});
