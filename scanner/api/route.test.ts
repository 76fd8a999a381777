import { expect, test } from "vitest";
import { OPERATIONS } from "./operations.ts";
import { findRoute, readInput } from "./route.ts";
import { WireError } from "./wire-error.ts";

test("a label may hold encoded slashes and colons, and a path is only cut at real ones", () => {
  const route = findRoute("GET", "/tags/arn%3Aaws%3Ax%3Ascans%2Fa");
  expect([route.operation.name, route.labels]).toEqual(["ListTagsForResource", { resourceArn: "arn:aws:x:scans/a" }]);
});

test.each([
  ["GET", "/"],
  ["GET", "/scans/"],
  ["GET", "/scans/a/b"],
  ["GET", "//scans"],
  ["GET", "/Scans"],
  ["PATCH", "/scans"],
  ["GET", "/tags/a/b"],
  ["GET", "/scans/%E0%A4%A"],
])("%s %s is no operation, or has an empty name", (method, path) => {
  const name = () => findRoute(method, path).labels.scanName;
  if (path === "/scans/") expect(name()).toBe("");
  else expect(name).toThrow(WireError);
});

test("a label cannot be overruled by a query or a body, and what repeats in a query is a list", () => {
  const get = findRoute("GET", "/findings/mine");
  const query = readInput(get, "scanName=other&status=Open&status=All&x=%20+", Buffer.alloc(0));
  expect(query).toEqual({ scanName: "mine", status: ["Open", "All"], x: " +" });
  const tag = findRoute("POST", "/tags/mine");
  expect(readInput(tag, "tags=x", Buffer.from('{"resourceArn":"other"}'))).toEqual({ resourceArn: "mine" });
});

test("the thirteen operations of CodeGuru Security are there, and one of ours", () => {
  const names = OPERATIONS.map(({ name }) => name);
  expect(names).toHaveLength(14);
  expect(names).toEqual(
    expect.arrayContaining(["BatchGetFindings", "CreateScan", "ListFindingsMetrics", "CancelScan"]),
  );
});
