import { expect, test } from "vitest";
import { aTrend } from "#testing/a-trend.ts";
import { toOpenSteps } from "./open-steps.ts";
import { bandsOf } from "./series-of.ts";

const everything = { severity: [], source: [], type: [], accountId: [], team: [] };

test("each day leads to its list: a past one by its day, today by the moment that it is told of", () => {
  const trend = aTrend("2026-11-23", "2026-11-24", [{ day: "2026-11-23", open: { critical: 2 } }]);
  const steps = toOpenSteps(trend, bandsOf(trend), { ...everything, source: ["inspector"] });
  expect(steps[0]?.values?.critical).toBe(2);
  expect(steps.map(({ href }) => href)).toEqual([
    "/findings?status=active&source=inspector&asOf=2026-11-23",
    "/findings?status=active&source=inspector&asOf=2026-11-24T12%3A00%3A00.000Z",
  ]);
});

test("a day of which nothing is known has no number and no list", () => {
  const trend = aTrend("2026-11-23", "2026-11-24", [{ day: "2026-11-23", open: { high: 3 }, known: false }]);
  const [step] = toOpenSteps(trend, bandsOf(trend), everything);
  expect(step).toMatchObject({ note: "No sync", values: null, apart: null, href: null });
});

test("a day before the first sync tells apart what is still open, and leads to just that", () => {
  const days = [{ day: "2026-11-22", known: false, stillOpen: { critical: 2, low: 1 } }];
  const trend = { ...aTrend("2026-11-22", "2026-11-24", days), firstSyncAt: "2026-11-23T06:00:00.000Z" };
  const steps = toOpenSteps(trend, bandsOf(trend), everything);
  expect(steps[0]).toMatchObject({
    note: "Before the first sync",
    values: null,
    apart: { name: "Still open today, first observed then", value: 3 },
    href: "/findings?status=active&firstObservedTo=2026-11-23&asOf=2026-11-24T12%3A00%3A00.000Z",
  });
  expect(steps[1]).toMatchObject({ note: null, apart: null });
});

test("a day that is still to come is not known", () => {
  const trend = aTrend("2026-11-23", "2026-11-24", [{ day: "2026-11-24", known: false }]);
  const steps = toOpenSteps({ ...trend, asOf: "2026-11-23T12:00:00.000Z" }, bandsOf(trend), everything);
  expect(steps[1]).toMatchObject({ note: "Still to come", values: null, href: null });
});

test("where a part was not read the day says how much, and keeps its number", () => {
  const trend = aTrend("2026-11-24", "2026-11-24", [{ day: "2026-11-24", open: { low: 1 }, unknownScopes: 2 }]);
  const [step] = toOpenSteps(trend, bandsOf(trend), everything);
  expect(step).toMatchObject({ isPartial: true, note: "2 places not read, at the last value" });
});

test("more than six accounts are the five with the most and the rest together: one that is left over has its name", () => {
  const keys = ["a", "b", "c", "d", "e", "f", "g"].map((key) => ({ key, label: `account ${key}` }));
  const bands = bandsOf({ by: "accountId", keys });
  expect(bands.map(({ name }) => name).at(-1)).toBe("2 others");
  expect(bands.flatMap((band) => band.keys)).toEqual(keys.map(({ key }) => key));
  const six = bandsOf({ by: "accountId", keys: keys.slice(0, 6) });
  expect(six.map(({ name }) => name).at(-1)).toBe("account f");
});

test("a name that would turn the direction of the text is shown with its hidden characters", () => {
  const [band] = bandsOf({ by: "accountId", keys: [{ key: "1", label: "prod\u202Egnp" }] });
  expect(band?.name).toBe("prod⟨U+202E⟩gnp");
});
