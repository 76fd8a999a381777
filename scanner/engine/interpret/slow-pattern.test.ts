import { expect, test } from "vitest";
import { isSlowPattern } from "./slow-pattern.ts";

test.each([
  "^(a+)+$",
  "^(\\w+\\s?)*$",
  "(x+x+)+y",
  "^(([a-z])+.)+[A-Z]([a-z])+$",
  "^(.*a){20}$",
  "(?:[a-zA-Z]+)*!",
  "^(?P<words>\\w+ ?)+\\.$",
  "((a|b)+)*c",
])("%s has too many ways to match", (pattern) => {
  expect(isSlowPattern(pattern)).toBe(true);
});

test.each([
  "^[a-z]+(-[a-z]+)*$",
  "^(?:\\w+,)*$",
  "^(\\d+\\.){3}\\d+$",
  "^\\w+@\\w+\\.\\w+$",
  "^(?:[a-z0-9-]+\\.)+[a-z]{2,}$",
  "(\\w+\\s?)*",
  '^("[^"]*",?)+$',
  "^(ab|cd)+$",
  "(",
  "[",
  `${"(".repeat(500)}a+${")+".repeat(500)}$`,
])("%s has few", (pattern) => {
  expect(isSlowPattern(pattern)).toBe(false);
});
