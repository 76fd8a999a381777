import { expect, test } from "vitest";
import { findingKey, issueId, lineageId, newId, packageId, resourceId, vulnerabilityId } from "./identity.ts";

test("the same names give the same id, other names another", () => {
  expect(vulnerabilityId("CVE-2026-0001")).toBe(vulnerabilityId("CVE-2026-0001"));
  const ids = [
    vulnerabilityId("a"),
    packageId(null, "a"),
    packageId("a", ""),
    packageId("OS", "a"),
    resourceId("a", "b", "c"),
    resourceId("a", "bc", ""),
    lineageId("a", "b"),
    issueId({ accountId: "a", source: "inspector", vulnerabilityId: "b", lineageId: "c" }),
    issueId({ accountId: "a", source: "codeguru", vulnerabilityId: "b", lineageId: "c" }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test("an id made from names is a UUID of version 8", () => {
  for (const name of ["a", "b", "c", "d", "e"]) {
    expect(vulnerabilityId(name)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test("ids that are made one after the other sort so", () => {
  const ids = Array.from({ length: 1_000 }, newId);
  expect(ids.toSorted()).toEqual(ids);
});

test("a finding's key has 16 bytes, of its source and the source's id", () => {
  expect(findingKey("inspector", "arn:1")).toHaveLength(16);
  expect(findingKey("inspector", "arn:1").equals(findingKey("sarif", "arn:1"))).toBe(false);
});
