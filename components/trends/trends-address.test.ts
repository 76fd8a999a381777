import { expect, test } from "vitest";
import { toComparedQueries } from "./comparison.ts";
import { readTrendsAddress } from "./trends-address.ts";

const now = new Date("2026-11-24T23:30:00Z");

test("nothing said means half a year up to today, all of it, by severity", () => {
  const { range, query } = readTrendsAddress({}, now);
  expect(range).toBe("6m");
  expect(query).toMatchObject({ from: "2026-05-26", to: "2026-11-24", by: "severity", accountId: [], source: [] });
});

test("a person's own days stay, whatever the day is", () => {
  const { range, query } = readTrendsAddress({ from: "2026-02-01", to: "2026-02-28", range: "30d" }, now);
  expect(range).toBeNull();
  expect(query).toMatchObject({ from: "2026-02-01", to: "2026-02-28" });
});

test("days picked in a chart are shown alone, and the way back is kept, to days that go along with today as well", () => {
  const picked = { zoomFrom: "2026-03-02", zoomTo: "2026-03-08" };
  const shown = { from: "2026-03-02", to: "2026-03-08" };
  const range = readTrendsAddress({ ...picked, range: "1y" }, now);
  expect(range).toMatchObject({ range: "1y", zoomedFrom: { from: "2025-11-25", to: "2026-11-24" }, query: shown });
  const own = readTrendsAddress({ ...picked, from: "2026-02-01", to: "2026-03-31" }, now);
  expect(own).toMatchObject({ range: null, zoomedFrom: { from: "2026-02-01", to: "2026-03-31" }, query: shown });
  expect(readTrendsAddress({ zoomFrom: "2026-03-02" }, now).zoomedFrom).toBeNull();
});

test("days that cannot be are left out", () => {
  for (const written of [{ from: "2026-02-30" }, { from: "2026-03-01", to: "2026-02-01" }, { from: "2027-01-01" }])
    expect(readTrendsAddress(written, now).range).toBe("6m");
});

test("accounts and sources narrow; nonsense does not", () => {
  const { scope, query } = readTrendsAddress({ accountId: "1,2", source: "inspector", by: "colour" }, now);
  expect(scope).toMatchObject({ accountId: ["1", "2"], source: ["inspector"] });
  expect(query.by).toBe("severity");
});

test("all days begin with the first sync, at the earliest as far back as can be told, and are a week at least", () => {
  const from = (firstDay: string | null) => readTrendsAddress({ range: "all" }, now, firstDay).query.from;
  expect(from("2025-03-08")).toBe("2025-03-08");
  expect(from("2001-01-01")).toBe("2016-11-17");
  expect(from("2026-11-23")).toBe("2026-11-18");
  expect(from(null)).toBe("2026-11-18");
});

test("the days before are as many, and end where the others begin; so over the end of summer time and of February", () => {
  const queries = (written: Record<string, string>) => {
    const { query, comparison } = readTrendsAddress(written, now);
    return comparison && toComparedQueries(query, comparison);
  };
  const before = (from: string, to: string) => queries({ from, to, compare: "before" })?.[1];
  expect(before("2026-10-25", "2026-10-31")).toMatchObject({ from: "2026-10-18", to: "2026-10-24" });
  expect(before("2024-03-01", "2024-03-31")).toMatchObject({ from: "2024-01-30", to: "2024-02-29" });
  const days = { from: "2026-02-01", to: "2026-02-28", compare: "days", compareFrom: "2025-02-01" };
  expect(queries(days)?.[1]).toMatchObject({ from: "2025-02-01", to: "2025-02-28" });
});

test("two parts are compared in the same days, whatever the page is narrowed to of that kind", () => {
  const { query, comparison } = readTrendsAddress({ compare: "team", a: "web", b: "@none", team: "pay" }, now);
  const sides = comparison ? toComparedQueries(query, comparison) : [];
  expect(sides.map(({ team, from }) => [team, from])).toEqual([
    [["web"], query.from],
    [["@none"], query.from],
  ]);
});

test("what cannot be compared is left out", () => {
  const faulty = [
    { compare: "colour", a: "1", b: "2" },
    { compare: "accountId", a: "1" },
    { compare: "accountId", a: "1", b: "1" },
    { compare: "severity", a: "critical", b: "awful" },
    { compare: "days", compareFrom: "2026-02-30" },
    { compare: "days", compareFrom: "2026-11-24" },
  ];
  for (const written of faulty) expect(readTrendsAddress(written, now).comparison).toBeNull();
});
