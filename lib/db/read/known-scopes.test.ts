import fc from "fast-check";
import { expect, test } from "vitest";
import { daysBetween } from "#lib/domain/day.ts";
import { type ReadScope, toKnownDays } from "./known-scopes.ts";

const HOUR_MS = 3_600_000;
const WEEK_HOURS = 7 * 24;
const START = Date.parse("2026-01-01T00:00:00Z");
const DAYS = daysBetween("2026-01-03", "2026-02-20");
const at = (hour: number) => new Date(START + hour * HOUR_MS);

/** Passes at these hours, and lost so long after the last. */
function toScope(hours: number[], source: ReadScope["source"], lostAfter: number | null): ReadScope {
  const passes = [...new Set(hours)].sort((a, b) => a - b);
  const [first = 0, last = 0] = [passes[0], passes.at(-1)];
  const gaps = passes.flatMap((hour, index) => {
    const before = passes[index - 1];
    return before !== undefined && hour - before > WEEK_HOURS ? [{ from: at(before), to: at(hour) }] : [];
  });
  const lostAt = lostAfter === null ? null : at(last + lostAfter);
  const place = { accountId: "1", accountName: null, region: "eu-west-1", source };
  return { ...place, firstPassAt: at(first), lastPassAt: at(last), lostAt, gaps };
}

const scopes = fc.array(
  fc
    .tuple(
      fc.array(fc.nat(60 * 24), { minLength: 1, maxLength: 8 }),
      fc.constantFrom("inspector" as const, "codeguru" as const),
      fc.option(fc.integer({ min: 1, max: 400 })),
    )
    .map((parts) => toScope(...parts)),
  { maxLength: 5 },
);

/** Whether the place is there at an instant, and known: as a look at that instant alone tells. */
function standsAt({ firstPassAt, lostAt, lastPassAt, gaps, source }: ReadScope, instant: number) {
  const isThere = instant >= firstPassAt.getTime() && (lostAt === null || instant < lostAt.getTime());
  const isApart = gaps.some(({ from, to }) => from.getTime() < instant && instant < to.getTime());
  const isLate = instant > lastPassAt.getTime() + WEEK_HOURS * HOUR_MS;
  return { isThere, isKnown: source !== "inspector" || !(isApart || isLate) };
}

test("each day is told as a look at its end alone would tell it", () => {
  fc.assert(
    fc.property(scopes, fc.nat(70 * 24), (places, hour) => {
      const asOf = at(hour);
      const known = toKnownDays(places, DAYS, asOf);
      const told = DAYS.map((day) => {
        const end = Math.min(Date.parse(day) + 24 * HOUR_MS - 1, asOf.getTime());
        const isTold = Date.parse(day) <= asOf.getTime();
        const there = isTold ? places.filter((place) => standsAt(place, end).isThere) : [];
        return { scopes: there.length, unknown: there.filter((place) => !standsAt(place, end).isKnown).length };
      });
      expect(known.scopes).toEqual(told.map((day) => day.scopes));
      expect(known.unknown).toEqual(told.map((day) => day.unknown));
      const inGaps = DAYS.map((day) => known.gaps.filter(({ from, to }) => from <= day && day <= to).length);
      expect(inGaps).toEqual(known.unknown);
    }),
  );
});

test("days that two gaps share the edge of are one gap", () => {
  const place = toScope([0, 10 * 24 + 10, 20 * 24], "inspector", null);
  const { gaps } = toKnownDays([place], DAYS, at(40 * 24));
  expect(gaps.map(({ from, to }) => [from, to])).toEqual([
    ["2026-01-03", "2026-01-20"],
    ["2026-01-28", "2026-02-10"],
  ]);
});
