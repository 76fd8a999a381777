import { expect, test } from "vitest";
import { toChips } from "./chips.ts";
import { readFindingsAddress } from "./findings-address.ts";

const words = (written: Record<string, string>) =>
  toChips(readFindingsAddress(written).filter, undefined).map(
    ({ label, operator, value }) => `${label} ${operator} ${value}`,
  );

test("each condition is said in words, with all its values", () => {
  expect(words({ severity: "critical,high", fixAvailable: "no", firstObservedFrom: "2026-01-05" })).toEqual([
    "Severity is critical, high",
    "Status is active",
    "Fix is not yet",
    "First seen from 2026-01-05",
  ]);
});

test("the search text is no chip: it has its own field", () => {
  expect(words({ q: "openssl" })).toEqual(["Status is active"]);
});

test("what the scanner here found is called this installation", () => {
  expect(words({ accountId: "000000000000" })).toContain("Account is This installation");
});
