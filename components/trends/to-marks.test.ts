import { expect, test } from "vitest";
import type { Trends } from "#lib/domain/trends.ts";
import { aTrend } from "#testing/a-trend.ts";
import { allMarks, noteSteps, toMarks } from "./to-marks.ts";

const step = (day: string, accountName: string, more: Partial<Trends["steps"][number]> = {}) => ({
  day,
  kind: "scope-added" as const,
  accountId: accountName,
  accountName,
  region: "eu-west-1",
  source: "inspector" as const,
  ...more,
});

test("places that came or went together are one mark, the weightiest first", () => {
  const trend = aTrend("2026-11-01", "2026-11-05", [
    { day: "2026-11-02", scopeAdded: { low: 3 } },
    { day: "2026-11-03", scopeAdded: { high: 90, low: 10 } },
    { day: "2026-11-04", scopeLost: { high: 40 } },
  ]);
  const steps = [
    step("2026-11-02", "payments"),
    step("2026-11-03", "checkout"),
    step("2026-11-03", "identity"),
    step("2026-11-04", "sandbox", { kind: "scope-lost" }),
    step("2026-11-04", "sandbox", { kind: "scope-lost", region: "us-east-1" }),
  ];
  expect(toMarks({ ...trend, steps }).map(({ index, text }) => [index, text])).toEqual([
    [2, "2 accounts added"],
    [3, "sandbox no longer read"],
    [1, "payments, eu-west-1 added"],
  ]);
});

test("what the first sync brought needs no mark: the drawing begins there", () => {
  const trend = { ...aTrend("2026-11-01", "2026-11-02"), firstSyncAt: "2026-11-01T06:00:00.000Z" };
  expect(toMarks({ ...trend, steps: [step("2026-11-01", "payments")] })).toEqual([]);
});

const noted = (day: string, kind: "release" | "incident" | "exception", id: string | null = "a") => ({
  id,
  day,
  kind,
  text: `on ${day}`,
  link: null,
  createdBy: null,
});

test("reading a day tells which places came on it, and what was noted at it", () => {
  const trend = {
    ...aTrend("2026-11-01", "2026-11-03", [{ day: "2026-11-02", scopeAdded: { low: 3 } }]),
    steps: [step("2026-11-02", "payments")],
  };
  const days = trend.days.map(({ day }) => ({ label: day, title: day, values: null, href: null }));
  const told = noteSteps(days, trend, [noted("2026-11-02", "release"), noted("2026-11-02", "incident")]);
  expect(told.map((one) => one.noted)).toEqual([
    undefined,
    "payments, eu-west-1 added; Release: on 2026-11-02; Incident: on 2026-11-02",
    undefined,
  ]);
});

test("the weightiest place comes first, then incidents, releases and what stands there by itself, then other places", () => {
  const trend = aTrend("2026-11-01", "2026-11-09", [
    { day: "2026-11-02", scopeAdded: { low: 3 } },
    { day: "2026-11-03", scopeAdded: { high: 90 } },
  ]);
  const steps = [step("2026-11-02", "payments"), step("2026-11-03", "checkout")];
  const annotations = [
    noted("2026-11-04", "exception", null),
    noted("2026-11-05", "release"),
    noted("2026-11-06", "release"),
    noted("2026-11-06", "incident"),
    noted("2026-12-01", "incident"),
  ];
  expect(allMarks({ ...trend, steps }, annotations).map(({ index, text }) => [index, text])).toEqual([
    [2, "checkout, eu-west-1 added"],
    [5, "Incident: on 2026-11-06, and 1 more"],
    [4, "Release: on 2026-11-05"],
    [3, "Exception: on 2026-11-04"],
    [1, "payments, eu-west-1 added"],
  ]);
});
