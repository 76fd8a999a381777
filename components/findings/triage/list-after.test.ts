import { expect, test } from "vitest";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { aFinding, aFindingPage } from "#testing/a-finding.ts";
import { leavesList, withDecision, withoutFindings } from "./list-after.ts";

const [one, two, three] = [1, 2, 3].map((number) =>
  aFinding({ number, issueId: aFinding({ number: 90 + (number % 2) }).id }),
);
const pages = () => ({
  pages: [
    aFindingPage([one!, two!], { total: { count: 3, exact: true } }),
    aFindingPage([three!], { total: { count: 3, exact: true } }),
  ],
  pageParams: [undefined, "next"],
});
const rows = (data: ReturnType<typeof pages>) => data.pages.flatMap(({ items }) => items);

test("suppressed findings leave a list of active ones, and lifted ones a list of suppressed ones", () => {
  const listOf = (status: string) => findingFilterSchema.parse({ status });
  expect(leavesList(listOf("active"), "suppress")).toBe(true);
  expect(leavesList(listOf("active,suppressed"), "suppress")).toBe(false);
  expect(leavesList(listOf(""), "suppress")).toBe(false);
  expect(leavesList(listOf("suppressed"), "unsuppress")).toBe(true);
  expect(leavesList(listOf("active"), "assign")).toBe(false);
});

test("what left is no longer counted, and the rest stays in its order", () => {
  const after = withoutFindings(pages(), new Set([two!.id]));
  expect(rows(after).map(({ id }) => id)).toEqual([one!.id, three!.id]);
  expect(after.pages.map(({ total }) => total.count)).toEqual([2, 2]);
});

test("an assignee is the issue's: its other rows show it too, and rows of other issues do not", () => {
  const after = withDecision(pages(), { kind: "assign", assignee: "mira" }, new Set([one!.id]));
  expect(rows(after).map(({ assignee }) => assignee)).toEqual(["mira", null, "mira"]);
});

test("another severity shows in its row, in its place", () => {
  const after = withDecision(pages(), { kind: "severity", severity: "info", reason: "No." }, new Set([two!.id]));
  expect(rows(after).map(({ severity }) => severity)).toEqual(["high", "info", "high"]);
});
