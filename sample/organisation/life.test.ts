import fc from "fast-check";
import { expect, test } from "vitest";
import { livesOf, type Span } from "./life.ts";
import { DAY, HOUR, NEVER } from "./time.ts";

const statuses = (spans: Span[], options: { goneAt?: number; suppressed?: Span } = {}) =>
  livesOf(spans, HOUR, options.goneAt ?? NEVER, options.suppressed ?? null).map(({ changes }) =>
    changes.map(({ at, status }) => `${status} ${(at - HOUR) / DAY}`),
  );

test("a problem that is repaired is closed and forgotten after 30 days", () => {
  const [life] = livesOf([{ from: 0, to: 10 * DAY }], HOUR, NEVER, null);
  expect(life?.changes.at(-1)).toEqual({ at: 10 * DAY + HOUR, status: "CLOSED" });
  expect(life?.deletedAt).toBe(40 * DAY + HOUR);
});

test("a problem whose resource is gone is closed and forgotten after 3 days", () => {
  const [life] = livesOf([{ from: 0, to: NEVER }], HOUR, 10 * DAY, null);
  expect(life?.changes.at(-1)).toEqual({ at: 10 * DAY + HOUR, status: "CLOSED" });
  expect(life?.deletedAt).toBe(13 * DAY + HOUR);
});

test("a problem that is back within 7 days reopens its finding", () => {
  const spans = [
    { from: 0, to: 10 * DAY },
    { from: 17 * DAY, to: NEVER },
  ];
  expect(statuses(spans)).toEqual([["ACTIVE 0", "CLOSED 10", "ACTIVE 17"]]);
});

test("a problem that is back later is another finding", () => {
  const spans = [
    { from: 0, to: 10 * DAY },
    { from: 18 * DAY, to: NEVER },
  ];
  expect(statuses(spans)).toEqual([["ACTIVE 0", "CLOSED 10"], ["ACTIVE 18"]]);
});

test("a suppression hides a finding while it holds, and a fix closes it all the same", () => {
  const suppressed = { from: 3 * DAY + HOUR, to: 6 * DAY + HOUR };
  expect(statuses([{ from: 0, to: 10 * DAY }], { suppressed })).toEqual([
    ["ACTIVE 0", "SUPPRESSED 3", "ACTIVE 6", "CLOSED 10"],
  ]);
});

test("what a suppression covers from the start was never active", () => {
  const suppressed = { from: 0, to: NEVER };
  expect(statuses([{ from: 1 * DAY, to: 2 * DAY }], { suppressed })).toEqual([["SUPPRESSED 1", "CLOSED 2"]]);
});

const instant = fc.integer({ min: 0, max: 400 }).map((days) => days * DAY);
const spans = fc
  .uniqueArray(instant, { minLength: 2, maxLength: 8 })
  .map((instants) => instants.sort((a, b) => a - b))
  .map((instants) =>
    instants.flatMap((from, index) => (index % 2 === 0 ? [{ from, to: instants[index + 1] ?? NEVER }] : [])),
  );
const suppression = fc.option(
  fc.tuple(instant, instant).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
);

test("every life goes forward in time, changes its status each time and ends closed or not at all", () => {
  fc.assert(
    fc.property(spans, fc.option(instant), suppression, (present, gone, suppressed) => {
      for (const { changes, deletedAt } of livesOf(present, HOUR, gone ?? NEVER, suppressed)) {
        for (const [index, change] of changes.slice(1).entries()) {
          expect(change.at).toBeGreaterThan(changes[index]?.at ?? NEVER);
          expect(change.status).not.toBe(changes[index]?.status);
        }
        expect(changes.at(-1)?.status === "CLOSED").toBe(deletedAt !== NEVER);
      }
    }),
  );
});
