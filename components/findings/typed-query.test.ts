import { expect, test } from "vitest";
import { isBetweenWords, readTypedQuery, withCondition, withoutConditions } from "./typed-query.ts";

test("a value that a field cannot have is a fault at its place, and the rest counts", () => {
  const { conditions, q, faults } = readTypedQuery("log4j severity:terrible fix:yes age:old");
  expect(conditions.map(({ name }) => name)).toEqual(["fixAvailable"]);
  expect(q).toBe("log4j");
  expect(faults).toEqual([
    { from: 6, to: 23, message: "severity cannot be terrible" },
    { from: 32, to: 39, message: "age cannot be old" },
  ]);
});

test("what has become a condition leaves the text, the words stay", () => {
  const text = "severity:high log4j fix:yes rest";
  expect(withoutConditions(text, readTypedQuery(text).conditions)).toBe("log4j rest");
});

test("a condition comes back as it is typed", () => {
  expect(withCondition("log4j ", { name: "-tag", values: ["team=red blue"] })).toBe('log4j -tag:"team=red blue"');
});

test("a word is over with a space that is not within quotes", () => {
  expect(isBetweenWords("severity:high ")).toBe(true);
  expect(isBetweenWords('tag:"team=red ')).toBe(false);
  expect(isBetweenWords("severity:hi")).toBe(false);
});
