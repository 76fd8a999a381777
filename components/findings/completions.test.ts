import { expect, test } from "vitest";
import { DUES } from "#lib/domain/filter-words.ts";
import { beginningAt, completionsOf } from "./completions.ts";

const NOW = new Date("2026-03-10T12:00:00Z");

/** `|` is the caret. */
const at = (text: string) => beginningAt(text.replace("|", ""), text.indexOf("|"));
const labels = (text: string) => completionsOf(at(text), NOW).map(({ label }) => label);

test("a word is the beginning of a key, a minus before it aside", () => {
  expect(at("log4j -sev|")).toEqual({ from: 7, typed: "sev", field: null });
  expect(labels("sev|")).toEqual(["severity:"]);
  expect(labels("|")).toEqual([]);
});

test("keys that begin so come before keys that have it inside, and keys are found by their word on screen", () => {
  expect(labels("fix|").slice(0, 2)).toEqual(["fix:", "fixed-in:"]);
  expect(labels("seen|")).toEqual(["seen-from:", "seen-before:"]);
  expect(labels("exploited|")).toEqual(["exploited:"]);
});

test("behind a key stand its values, each of a list by itself", () => {
  expect(at("severity:critical,hi|")).toEqual({ from: 18, typed: "hi", field: "severity" });
  expect(labels("severity:critical,hi|")).toEqual(["high"]);
  expect(labels("due:|")).toEqual([...DUES]);
  expect(labels("age:90|")).toEqual(["90.."]);
  expect(labels("changed:fix|")).toEqual(["fixed"]);
});

test("a day is offered as so many days ago, and found by these words", () => {
  expect(labels("seen-from:|")).toEqual(["2026-03-03", "2026-02-08", "2025-12-10"]);
  expect(labels("as-of:30|")).toEqual(["2026-02-08"]);
});

test("a value in quotes may have spaces and commas", () => {
  expect(at('tag:"team=red, bl|')).toEqual({ from: 4, typed: "team=red, bl", field: "tag" });
});

test("a colon behind something else is no key", () => {
  expect(at("http://loc|")).toMatchObject({ field: null, typed: "http://loc" });
});
