import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { render, screen } from "#testing/render.ts";
import { useShortcuts, useSingleLetters } from "./shortcuts.ts";

let pressed: string[] = [];
beforeEach(() => {
  pressed = [];
  localStorage.clear();
});

const pressEscape = () => pressed.push("Escape");

function Keys() {
  const [lettersAreOn, setLetters] = useSingleLetters();
  useShortcuts({
    j: () => pressed.push("j"),
    f: () => pressed.push("f"),
    "g f": () => pressed.push("g f"),
    Escape: pressEscape,
  });
  return (
    <>
      <input aria-label="Search" />
      <input type="checkbox" aria-label="Critical" />
      <button type="button" onClick={() => setLetters(!lettersAreOn)}>
        Letters
      </button>
    </>
  );
}

test("a letter acts, two in a row act as one, and one with a modifier is the browser's", async () => {
  render(<Keys />);
  await userEvent.keyboard("jgf{Control>}j{/Control}");
  expect(pressed).toEqual(["j", "g f"]);
});

test("a letter after the leader belongs to the pair, even where the pair does nothing here", async () => {
  render(<Keys />);
  await userEvent.keyboard("gjj");
  expect(pressed).toEqual(["j"]);
});

test("letters typed into a field are text, on a checkbox they act", async () => {
  render(<Keys />);
  await userEvent.type(screen.getByLabelText("Search"), "jjj");
  expect(pressed).toEqual([]);
  await userEvent.click(screen.getByLabelText("Critical"));
  await userEvent.keyboard("j");
  expect(pressed).toEqual(["j"]);
});

test("single letters can be turned off; other keys stay", async () => {
  render(<Keys />);
  await userEvent.click(screen.getByRole("button", { name: "Letters" }));
  await userEvent.keyboard("j{Escape}");
  expect(pressed).toEqual(["Escape"]);
});
