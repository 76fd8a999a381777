import fc from "fast-check";
import { expect, test } from "vitest";
import { CONDITION_NAMES, isList, readCondition } from "./finding-conditions.ts";
import { findingConditionsSchema } from "./finding-filter.ts";

const SCHEMAS = findingConditionsSchema.shape;

test("an address knows the same conditions as the API", () => {
  expect([...CONDITION_NAMES].sort()).toEqual(Object.keys(SCHEMAS).sort());
});

test("a condition that is not given is the same nothing on both sides", () => {
  const none = findingConditionsSchema.parse({});
  expect(CONDITION_NAMES.filter(isList).sort()).toEqual(Object.keys(none).sort());
});

const TEXTS = [
  ...["critical", "active", "inspector", "yes", "partial", "overdue", "aws", "new", "rescored-up", "critical,high"],
  ...["7", "36500", "-1", "1e3", "..", "0..1", "..0.5", "9..7", "", " ", ",", "\\,", " log4j ", "x".repeat(2049)],
  ...["2026-11-24", "2024-02-29", "2026-02-29", "2026-13-01", "0000-01-01", "10000-01-01"],
  ...["2026-11-24T06:12:30Z", "2026-11-24T06:12:30.123456+13:00", "2026-11-24T06:12Z", "2026-11-24T24:00:00Z"],
  ...["2026-11-24 06:12:30Z", "2026-11-24T06:12:30", "2026-11-24T06:12:30+24:00"],
  ...["0190a6c6-0000-7000-8000-000000000001", "0190A6C6-0000-7000-B000-000000000001"],
  ...["0190a6c6-0000-9000-8000-000000000001", "00000000-0000-0000-0000-000000000000"],
];

test.each(CONDITION_NAMES)("an address reads %s as the API does", (name) => {
  for (const text of TEXTS) expect(readCondition(name, text), text).toEqual(SCHEMAS[name].safeParse(text).data);
});

test("an address is read as the API reads it, whatever it says", () => {
  const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string(), fc.string({ minLength: 195, maxLength: 205 }));
  const many = fc.array(fc.constantFrom("high", "7"), { minLength: 199, maxLength: 202 });
  const written = fc.oneof(text, fc.array(text, { maxLength: 3 }), many);
  fc.assert(
    fc.property(fc.constantFrom(...CONDITION_NAMES), written, (name, value) => {
      expect(readCondition(name, value)).toEqual(SCHEMAS[name].safeParse(value).data);
    }),
    { numRuns: 1_000 },
  );
});
