import { expect, test } from "vitest";
import { aTrend } from "#testing/a-trend.ts";
import { closedListAddress, newListAddress, toWeekSteps, toWeeks } from "./to-weeks.ts";

const everything = { severity: [], source: [], type: [], accountId: [], team: [] };

// 2 November 2026 is a Monday.
const trend = aTrend("2026-10-31", "2026-11-18", [
  { day: "2026-10-31", opened: { high: 100 } },
  { day: "2026-11-02", opened: { high: 2, low: 1 }, closed: { low: 4 }, scopeAdded: { high: 500 } },
  { day: "2026-11-08", opened: { critical: 1 } },
  { day: "2026-11-11", known: false },
]);

test("a week runs from Monday to Sunday, and adds up what was opened and closed, not what a scope brought", () => {
  expect(toWeeks(trend)[1]).toEqual({ monday: "2026-11-02", opened: 4, closed: 4, note: null });
});

test("a week that is cut, unknown or not over is not counted, and says why", () => {
  expect(toWeeks(trend).map(({ monday, note }) => [monday, note])).toEqual([
    ["2026-10-26", "Only a part of the week, not counted"],
    ["2026-11-02", null],
    ["2026-11-09", "1 of 7 days without a sync, not counted"],
    ["2026-11-16", "The week is not over, not counted"],
  ]);
  const steps = toWeekSteps(toWeeks(trend), everything);
  expect(steps.map(({ values }) => values)).toEqual([null, { up: 4, down: 4 }, null, null]);
});

test("a week leads to what moved from its Monday up to the next one, whatever became of it", () => {
  const scope = { ...everything, accountId: ["1"] };
  const query = (address: string) => Object.fromEntries(new URL(address, "http://page").searchParams);
  const span = { movedFrom: "2026-11-02T00:00:00.000Z", movedTo: "2026-11-09T00:00:00.000Z" };
  const every = { status: "active,suppressed,closed", accountId: "1" };
  expect(query(newListAddress("2026-11-02", scope))).toEqual({ ...every, ...span, movement: "new,reopened" });
  expect(query(closedListAddress("2026-11-02", scope))).toEqual({
    ...every,
    ...span,
    movement: "fixed,resource-gone,not-reported",
  });
});
