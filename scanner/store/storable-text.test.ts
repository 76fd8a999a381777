import { expect, test } from "vitest";
import { toStorable } from "./storable-text.ts";

test("NUL and half a surrogate pair are replaced, everything else stays", () => {
  const value = { path: "a\0b", lines: ["\ud800x", "\u00e9 \ud83d\ude00 \\u0000"], count: 1, none: null };
  expect(toStorable(value)).toEqual({
    path: "a\ufffdb",
    lines: ["\ufffdx", "\u00e9 \ud83d\ude00 \\u0000"],
    count: 1,
    none: null,
  });
});
