import { expect, test } from "vitest";
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

test("days that cannot be are left out", () => {
  for (const written of [{ from: "2026-02-30" }, { from: "2026-03-01", to: "2026-02-01" }, { from: "2027-01-01" }])
    expect(readTrendsAddress(written, now).range).toBe("6m");
});

test("accounts and sources narrow; nonsense does not", () => {
  const { scope, query } = readTrendsAddress({ accountId: "1,2", source: "inspector", by: "colour" }, now);
  expect(scope).toMatchObject({ accountId: ["1", "2"], source: ["inspector"] });
  expect(query.by).toBe("severity");
});
