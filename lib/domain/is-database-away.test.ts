import { expect, test } from "vitest";
import { isDatabaseAway } from "./is-database-away.ts";

const withCode = (code: string) => Object.assign(new Error("query failed"), { code });

test.each(["ECONNREFUSED", "57P01", "08006", "53300", "P1001"])("%s means that the database is away", (code) => {
  expect(isDatabaseAway(withCode(code))).toBe(true);
  expect(isDatabaseAway(new Error("wrapped", { cause: withCode(code) }))).toBe(true);
  expect(isDatabaseAway(new AggregateError([withCode(code)]))).toBe(true);
});

test("a query that the database refuses does not", () => {
  expect(isDatabaseAway(withCode("23505"))).toBe(false);
  expect(isDatabaseAway(new Error("no"))).toBe(false);
  expect(isDatabaseAway("ECONNREFUSED")).toBe(false);
});
