import { expect, test } from "vitest";
import { expandBraces, indexPatterns } from "./path-pattern.ts";

const matches = (pattern: string, path: string) => indexPatterns([[pattern, true]])(path).length > 0;

test("a plain pattern is the whole path", () => {
  expect(matches("os.system", "os.system")).toBe(true);
  expect(matches("os.system", "my.os.system")).toBe(false);
  expect(matches("open", "codecs.open")).toBe(false);
});

test("two stars stand for any parts, also for none", () => {
  expect(matches("**.execute", "execute")).toBe(true);
  expect(matches("**.execute", "sqlite3.connect().cursor().execute")).toBe(true);
  expect(matches("**.execute", "re_execute")).toBe(false);
  expect(matches("**.res.**.send", "app.res.status().send")).toBe(true);
  expect(matches("**.res.**.send", "res.send")).toBe(true);
  expect(matches("**.res.**.send", "process.send")).toBe(false);
});

test("one star stands for exactly one part", () => {
  expect(matches("a.*.c", "a.b.c")).toBe(true);
  expect(matches("a.*.c", "a.c")).toBe(false);
  expect(matches("a.*.c", "a.b.b.c")).toBe(false);
});

test("braces are alternatives, and each may be a path", () => {
  expect(expandBraces("{a,b.c}.{d,e}")).toEqual(["a.d", "a.e", "b.c.d", "b.c.e"]);
  expect(matches("{req,Request()}.query", "Request().query")).toBe(true);
});

test("what means something in a regular expression means itself", () => {
  expect(matches("$().html", "$().html")).toBe(true);
  expect(matches("**.$().html", "x$()html")).toBe(false);
});

test("a look-up answers with every entry that fits, and a pattern without a last name is refused", () => {
  const index = indexPatterns<number>([
    ["a.get", 1],
    ["**.get", 2],
    ["b.get", 3],
  ]);
  expect(index("a.get")).toEqual([1, 2]);
  expect(() => indexPatterns([["requests.*", true]])).toThrow("must not end in a star");
});
