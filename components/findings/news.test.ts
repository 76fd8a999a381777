import { expect, test } from "vitest";
import { aFinding, aFindingPage } from "#testing/a-finding.ts";
import { newsBetween } from "./use-findings-list.ts";

const shown = aFindingPage([aFinding()], { total: { count: 10, exact: true } });

test("more, fewer or others are news; the same is none", () => {
  expect(newsBetween(shown, { ...shown, total: { count: 322, exact: true } })).toBe("312 new · show");
  expect(newsBetween(shown, { ...shown, total: { count: 8, exact: true } })).toBe("2 fewer · show");
  expect(newsBetween(shown, { ...shown, items: [aFinding({ number: 2 })] })).toBe("List has changed · show");
  expect(newsBetween(shown, shown)).toBeNull();
});
