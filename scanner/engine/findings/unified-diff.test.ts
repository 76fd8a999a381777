import { expect, test } from "vitest";
import { unifiedDiff } from "./unified-diff.ts";

test("a changed line stands between three lines of what is around it", () => {
  const before = "a\nb\nc\nd\ne\nf\ng\nh\n";
  expect(unifiedDiff("x/y.py", before, before.replace("e", "E"))).toBe(
    "--- a/x/y.py\n+++ b/x/y.py\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n",
  );
});

test("lines that vanish at the end of a file are counted", () => {
  expect(unifiedDiff("y", "a\nb\nc\n", "a\nc\n")).toBe("--- a/y\n+++ b/y\n@@ -1,3 +1,2 @@\n a\n-b\n c\n");
});
