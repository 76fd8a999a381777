import { expect, test } from "vitest";
import { toDiffLines } from "./diff-lines.ts";

const snippet = [
  { number: 7, content: "before" },
  { number: 8, content: "run(cmd)" },
  { number: 9, content: "after" },
];

test("lines to stand instead replace the marked ones", () => {
  expect(toDiffLines("run([cmd])\ncheck()\n", snippet, 8, 8)).toEqual([
    { kind: "removed", number: 8, content: "run(cmd)" },
    { kind: "added", number: 8, content: "run([cmd])" },
    { kind: "added", number: 9, content: "check()" },
  ]);
});

test("a unified diff is read with both its countings", () => {
  const diff =
    "--- a/x.py\n+++ b/x.py\n@@ -7,3 +7,3 @@\n before\n-run(cmd)\n+run([cmd])\n after\n\\ No newline at end of file\n";
  expect(toDiffLines(diff, snippet, 8, 8)).toEqual([
    { kind: "same", number: 7, content: "before" },
    { kind: "removed", number: 8, content: "run(cmd)" },
    { kind: "added", number: 8, content: "run([cmd])" },
    { kind: "same", number: 9, content: "after" },
  ]);
});

test("code that begins with a minus is code, where there is no hunk", () => {
  expect(toDiffLines("-1 * x", [], 3, 3)).toEqual([{ kind: "added", number: 3, content: "-1 * x" }]);
});

test("a diff without its head counts from the marked lines", () => {
  expect(toDiffLines("-run(cmd)\n+run([cmd])", snippet, 8, 8)).toEqual([
    { kind: "removed", number: 8, content: "run(cmd)" },
    { kind: "added", number: 8, content: "run([cmd])" },
  ]);
});
