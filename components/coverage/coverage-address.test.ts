import { expect, test } from "vitest";
import { coverageAddress, readCoverageAddress } from "./coverage-address.ts";

test("what the address narrows by is read back as it was written", () => {
  const address = new URL(coverageAddress({ reason: "NO_INVENTORY" }), "http://page");
  expect(readCoverageAddress(Object.fromEntries(address.searchParams))).toMatchObject({
    reason: ["NO_INVENTORY"],
    resourceType: [],
    accountId: [],
    team: [],
  });
});

test("what cannot be understood is left out", () => {
  expect(readCoverageAddress({ reason: "x".repeat(500), colour: "red" }).reason).toEqual([]);
});
