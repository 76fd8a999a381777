import { expect, test } from "vitest";
import { render, screen } from "#testing/render.ts";
import { CodeBlock, DiffBlock } from "./code-block.tsx";

test("the marked lines are named for whom does not see the mark", () => {
  render(
    <CodeBlock
      path="src/query.py"
      markedFrom={2}
      markedTo={3}
      lines={[1, 2, 3].map((number) => ({ number, content: `line ${number}` }))}
    />,
  );
  const region = screen.getByRole("figure", { name: "Code with lines 2 to 3 marked" });
  expect([...region.querySelectorAll("[data-marked]")].map((line) => line.textContent?.trim())).toEqual([
    "2line 2",
    "3line 3",
  ]);
});

test("hostile code stays text", () => {
  render(
    <CodeBlock
      path="<img src=x>"
      markedFrom={1}
      markedTo={1}
      lines={[{ number: 1, content: "<script>alert(1)</script>\u202e" }]}
    />,
  );
  expect(document.querySelector("script, img")).toBeNull();
  expect(screen.getByText(/<script>alert\(1\)<\/script>⟨U\+202E⟩/)).toBeTruthy();
});

test("a change is read without colour: counted in the head, each line said", () => {
  render(
    <DiffBlock
      path="src/query.py"
      copied="b"
      lines={[
        { kind: "removed", number: 4, content: "a" },
        { kind: "added", number: 4, content: "b" },
        { kind: "added", number: 5, content: "c" },
      ]}
    />,
  );
  expect(screen.getByText("+2 −1")).toBeTruthy();
  expect(screen.getAllByText("Added:")).toHaveLength(2);
  expect(screen.getAllByText("Removed:")).toHaveLength(1);
});
