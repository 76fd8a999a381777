import { expect, test } from "vitest";
import { narrows, readFindingsAddress, writeCondition } from "./findings-address.ts";

const OPEN = "01900000-0000-7000-8000-000000000001";

test("an address without a status asks for what is active", () => {
  expect(readFindingsAddress({}).filter).toMatchObject({ status: ["active"], sort: "rank" });
});

test("the server's list of values and the browser's text mean the same filter", () => {
  const fromServer = readFindingsAddress({ severity: ["critical", "high"], q: "openssl", open: OPEN });
  const fromBrowser = readFindingsAddress({ severity: "critical,high", q: "openssl", open: OPEN, cve: null });
  expect(fromServer).toEqual(fromBrowser);
});

test("what nothing can answer is left out and named; the rest stays", () => {
  const { filter, refused } = readFindingsAddress({ severity: "terrible", sort: "fastest", region: "eu-west-1" });
  expect(filter).toMatchObject({ severity: [], sort: "rank", region: ["eu-west-1"] });
  expect(refused).toEqual([
    { name: "severity", value: "terrible" },
    { name: "sort", value: "fastest" },
  ]);
});

test("names that reach for an object's own parts are no filter", () => {
  const { filter } = readFindingsAddress(JSON.parse('{"__proto__": {"severity": "high"}, "constructor": "x"}'));
  expect(filter.severity).toEqual([]);
});

test("choosing no status is written as every status, and no other condition is written at all", () => {
  expect(writeCondition("status", [])).toBe("active,suppressed,closed");
  expect(writeCondition("severity", [])).toBeNull();
  expect(writeCondition("severity", ["critical", "high"])).toBe("critical,high");
});

test("every status together does not narrow", () => {
  expect(narrows(readFindingsAddress({ status: "active" }).filter, "status")).toBe(true);
  expect(narrows(readFindingsAddress({ status: "active,suppressed,closed" }).filter, "status")).toBe(false);
  expect(narrows(readFindingsAddress({}).filter, "severity")).toBe(false);
});

test("only an id opens a panel", () => {
  expect(readFindingsAddress({ open: OPEN }).openId).toBe(OPEN);
  expect(readFindingsAddress({ open: "../people" }).openId).toBeNull();
});
