import { expect, test } from "vitest";
import {
  countOf,
  formatBytes,
  formatChange,
  formatCount,
  formatPercent,
  formatScore,
  formatTotal,
  shortenMiddle,
} from "./numbers.ts";

test("counts have commas, a true minus and are never shortened", () => {
  expect([0, 9_999, 10_000, 1_234_567, -5].map(formatCount)).toEqual(["0", "9,999", "10,000", "1,234,567", "−5"]);
});

test("a count that stopped early says that there are more", () => {
  expect(formatTotal({ count: 10_000, exact: false })).toBe("10,000+");
  expect(formatTotal({ count: 10_000, exact: true })).toBe("10,000");
});

test("a change has a sign, and ± only where nothing changed", () => {
  expect([3, -5, 0].map(formatChange)).toEqual(["+3", "−5", "±0"]);
});

test("a small share keeps a decimal and never looks like nothing", () => {
  expect([0.94, 0.0431, 0.00001, 0].map(formatPercent)).toEqual([
    "94\u00a0%",
    "4.3\u00a0%",
    "< 0.1\u00a0%",
    "0\u00a0%",
  ]);
});

test("a score has one decimal, whatever it is", () => {
  expect([10, 9.8, 0].map(formatScore)).toEqual(["10.0", "9.8", "0.0"]);
});

test("one is singular and every other number plural", () => {
  expect([0, 1, 2].map((count) => countOf(count, "finding"))).toEqual(["0 findings", "1 finding", "2 findings"]);
});

test("sizes climb in steps of 1,024", () => {
  expect([0, 512, 1536, 5 * 1024 ** 3].map(formatBytes)).toEqual([
    "0\u00a0B",
    "512\u00a0B",
    "1.5\u00a0KB",
    "5\u00a0GB",
  ]);
});

test("a long identifier keeps its head and its tail, a short one is whole", () => {
  expect(shortenMiddle("sha256:9f2caaaaaaaaaaaae41b", 11, 4)).toBe("sha256:9f2c…e41b");
  expect(shortenMiddle("ledger", 4, 4)).toBe("ledger");
});
