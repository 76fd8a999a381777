import { expect, test } from "vitest";
import { type CodeProblem, whySameProblem } from "./same-problem.ts";

const aProblem = (overrides: Partial<CodeProblem> = {}): CodeProblem => ({
  detectorId: "python/sql-injection@v1.0",
  cwes: ["CWE-89"],
  project: "payments-api",
  path: "src/refunds/query.py",
  startLine: 48,
  endLine: 48,
  line: "cursor.execute(query)",
  ...overrides,
});

test("the same code in the same file with the same weakness is one problem, wherever its lines have gone", () => {
  const other = aProblem({
    detectorId: "py.sqli",
    project: "zip",
    path: "refunds/query.py",
    startLine: 90,
    endLine: 90,
  });
  expect(whySameProblem(aProblem(), other)).toEqual(["the same file refunds/query.py", "both CWE-89", "the same code"]);
});

test("without the code, a project of the same name and lines close by tell it", () => {
  const other = aProblem({
    detectorId: "python/sql-injection@v2.1",
    project: "Payments-API",
    startLine: 50,
    line: null,
  });
  expect(whySameProblem(aProblem(), other)).toEqual([
    "both in payments-api",
    "the same file src/refunds/query.py",
    "both by python/sql-injection@v1.0",
    "2 lines apart",
  ]);
});

test.each<[string, Partial<CodeProblem>]>([
  ["another file that ends alike", { path: "other_query.py" }],
  ["another weakness", { detectorId: "python/xss@v1.0", cwes: ["CWE-79"] }],
  ["other code on the same line", { line: "cursor.execute(other)" }],
  ["lines far away", { line: null, startLine: 60, endLine: 61 }],
  ["a project of another name", { line: null, project: "search-api" }],
  ["a line that any file has", { line: "}", project: "search-api" }],
])("%s is another problem", (_, overrides) => {
  const one = aProblem(overrides.line === "}" ? { line: "}" } : {});
  expect(whySameProblem(one, aProblem(overrides))).toBeNull();
});

test("it does not matter from which side one looks", () => {
  const [one, other] = [aProblem(), aProblem({ path: "app/src/refunds/query.py", startLine: 47, endLine: 49 })];
  expect(whySameProblem(one, other)).toEqual(whySameProblem(other, one));
});
