import { expect, test } from "vitest";
import { isWithin, PLACES } from "./places.ts";

test("a place is current on its own page and on those below it, not on one that only begins alike", () => {
  expect(isWithin("/scans", "/scans")).toBe(true);
  expect(isWithin("/scans", "/scans/api/runs/1")).toBe(true);
  expect(isWithin("/scans", "/scanset")).toBe(false);
});

test("every link to the findings says which status it shows", () => {
  const toFindings = PLACES.filter(({ href }) => href.startsWith("/findings"));
  expect(toFindings.map(({ href }) => href)).toEqual(["/findings"]);
});
