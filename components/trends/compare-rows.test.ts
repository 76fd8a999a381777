import { expect, test } from "vitest";
import type { Movements } from "#lib/domain/movements.ts";
import type { TrendDay } from "#lib/domain/trends.ts";
import { aTrend } from "#testing/a-trend.ts";
import { type ComparedSide, nameSides, toComparedRows, toComparedSteps, toComparedTable } from "./compare-rows.ts";

const everything = { severity: [], source: [], type: [], accountId: [], team: [] };

type Given = {
  scope?: Partial<ComparedSide["scope"]>;
  days?: (Partial<TrendDay> & { day: string })[];
  bars?: Movements["bars"];
};

function aSide(from: string, to: string, { scope, days, bars = [] }: Given = {}): ComparedSide {
  const movements: Movements = {
    from: `${from}T00:00:00.000Z`,
    asOf: `${to}T23:59:59.999Z`,
    firstSyncAt: "2020-01-01T00:00:00.000Z",
    before: { total: 10, bySeverity: { high: 10 } },
    after: { total: 4, bySeverity: { high: 4 } },
    bars,
  };
  const whole = { ...everything, ...scope };
  return { name: { short: from, whole: from }, scope: whole, trends: aTrend(from, to, days), movements };
}
const bar = (reason: Movements["bars"][number]["reason"], net: number) => ({
  reason,
  added: Math.max(0, net),
  taken: Math.max(0, -net),
  net,
  netBySeverity: {},
  findings: Math.abs(net),
});

test("a period of which nothing is known yet is no zero beside the other", () => {
  const a = aSide("2026-11-01", "2026-11-02", { days: [{ day: "2026-11-01", open: { high: 3 } }] });
  const b = aSide("2025-11-01", "2025-11-02", { days: [{ day: "2025-11-01", known: false }] });
  expect(toComparedSteps(a, b)[0]).toMatchObject({
    title: "1 Nov 2026 and 1 Nov 2025",
    values: { a: 3, b: null },
    href: "/findings?status=active&asOf=2026-11-01",
  });
  expect(
    toComparedTable(a, b)
      .rows.at(-1)
      ?.cells.map(({ text }) => text),
  ).toEqual(["3", "2025-11-01", "–", "–"]);
});

test("a reason that moved only one side has its row, and each number the list of its side", () => {
  const days = ["2026-11-01", "2026-11-02"] as const;
  const a = aSide(...days, { scope: { team: ["pay"] }, bars: [bar("new", 2), bar("fixed", 0)] });
  const b = aSide(...days, { scope: { team: ["web"] }, bars: [bar("new", 0), bar("fixed", -8)] });
  const rows = toComparedRows(a, b);
  expect(rows.map(({ key, a, b }) => [key, a.value, b.value])).toEqual([
    ["before", 10, 10],
    ["new", 2, 0],
    ["fixed", 0, -8],
    ["after", 4, 4],
    ["high", 4, 4],
  ]);
  expect(rows[2]?.a.href).toBeNull();
  expect(rows[2]?.b.href).toContain("team=web&moved=fixed&movedFrom=2026-11-01T00%3A00%3A00.001Z");
});

test("what was before the first sync is not known: no number, no list", () => {
  const side = aSide("2026-11-01", "2026-11-02");
  const early = { ...side, trends: { ...side.trends, firstSyncAt: "2026-11-02T00:00:00.000Z" } };
  expect(toComparedRows(early, side)[0]).toMatchObject({ a: { value: null, href: null }, b: { value: 10 } });
});

test("sides are named by their days, or by what the parts are called, hidden characters shown", () => {
  const days = { ...everything, by: "severity" as const, from: "2026-11-01", to: "2026-11-30" };
  const before = { ...days, from: "2026-10-02", to: "2026-10-31" };
  const named = nameSides({ kind: "days", from: "2026-10-02", isBefore: true }, [days, before], String);
  expect(named.map(({ whole }) => whole)).toEqual(["1 Nov 2026 to 30 Nov 2026", "2 Oct 2026 to 31 Oct 2026"]);
  const parts = nameSides({ kind: "part", part: "team", a: "x", b: "y" }, [days, days], (id) => `${id}\u202E`);
  expect(parts[0].short).toBe("x⟨U+202E⟩");
  const sources = nameSides({ kind: "part", part: "source", a: "codeguru", b: "sarif" }, [days, days], String);
  expect(sources.map(({ short }) => short)).toEqual(["Code scans", "SARIF imports"]);
});
