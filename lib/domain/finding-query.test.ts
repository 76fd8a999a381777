import fc from "fast-check";
import { expect, test } from "vitest";
import { joinValues, splitValues } from "./filter-values.ts";
import { type ConditionKey, parseQuery, printCondition, printQuery, QUERY_KEYS } from "./finding-query.ts";
import { toSearchTerms } from "./search-terms.ts";

const read = (text: string) => {
  const { conditions, q, faults } = parseQuery(text);
  return { conditions: conditions.map(({ name, values }) => [name, ...values]), q, faults };
};

test("conditions and words are told apart", () => {
  expect(read('severity:critical,high fix:yes -account:1234 log4j "exact words"')).toEqual({
    conditions: [
      ["severity", "critical", "high"],
      ["fixAvailable", "yes"],
      ["-accountId", "1234"],
    ],
    q: 'log4j "exact words"',
    faults: [],
  });
});

test("quotes keep spaces and commas of a value together", () => {
  expect(read('tag:"team=red, blue",env package:"a\\"b"').conditions).toEqual([
    ["tag", "team=red, blue", "env"],
    ["packageName", 'a"b'],
  ]);
});

test("a value may have colons and equals signs of its own", () => {
  expect(read("resource:arn:aws:ec2:eu-west-1:1:instance/i-1 tag:a=b=c").conditions).toEqual([
    ["resourceId", "arn:aws:ec2:eu-west-1:1:instance/i-1"],
    ["tag", "a=b=c"],
  ]);
});

test("a fault points at its place", () => {
  const { faults, conditions } = parseQuery("severity:high colour:red fix: -as-of:2026-01-01");
  expect(faults.map(({ from, to }) => [from, to])).toEqual([
    [14, 24],
    [25, 29],
    [30, 47],
  ]);
  expect(faults[0]?.message).toContain("no filter called colour");
  expect(conditions).toHaveLength(1);
});

test("what has a colon in quotes is searched for", () => {
  expect(read('"http://localhost" tomcat')).toEqual({ conditions: [], q: '"http://localhost" tomcat', faults: [] });
});

const value = fc
  .string({ unit: fc.constantFrom("a", "Z", "1", " ", ",", '"', "\\", ":", "=", "-", "*", "/", "é") })
  .map((text) => text.trim())
  .filter((text) => text !== "");
const field = fc.constantFrom(...(Object.keys(QUERY_KEYS) as (keyof typeof QUERY_KEYS)[]));

test("what is printed is read back, whatever the values hold", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ name: field, values: fc.array(value, { minLength: 1, maxLength: 4 }) })),
      (given) => {
        const text = printQuery(given, 'log4j -"a b"');
        expect(read(text)).toEqual({
          conditions: given.map(({ name, values }) => [name, ...values]),
          q: 'log4j -"a b"',
          faults: [],
        });
      },
    ),
  );
});

test("each condition's place is its own text", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ name: field, values: fc.array(value, { minLength: 1 }) })), (given) => {
      const text = printQuery(given, "");
      const places = parseQuery(text).conditions.map(({ from, to }) => text.slice(from, to));
      expect(places).toEqual(given.map(printCondition));
    }),
  );
});

test("nothing that is typed breaks the reader", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const { conditions, q } = parseQuery(text);
      expect(parseQuery(printQuery(conditions, q)).conditions.map(({ values }) => values)).toEqual(
        conditions.map(({ values }) => values),
      );
    }),
  );
});

test("values survive the address, commas and backslashes included", () => {
  fc.assert(
    fc.property(fc.array(value), (values) => {
      expect(splitValues(joinValues(values))).toEqual(values);
    }),
  );
});

test("each key is one field's", () => {
  expect(new Set(Object.values(QUERY_KEYS)).size).toBe(Object.keys(QUERY_KEYS).length);
  const name: ConditionKey = "-severity";
  expect(printCondition({ name, values: ["low"] })).toBe("-severity:low");
});

test("words, exact words and what must not occur", () => {
  expect(toSearchTerms('log4j "exact words" -beta -"old one" -')).toEqual([
    { text: "log4j", isExcluded: false },
    { text: "exact words", isExcluded: false },
    { text: "beta", isExcluded: true },
    { text: "old one", isExcluded: true },
    { text: "-", isExcluded: false },
  ]);
});
