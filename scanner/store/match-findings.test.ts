import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type KnownFinding, matchFindings, type Place } from "./match-findings.ts";

const place = (part: Partial<Place> = {}): Place => ({
  detectorId: "python/sql-injection@v1.0",
  path: "app.py",
  fingerprint: "a",
  startLine: 10,
  ...part,
});
const known = (id: string, part: Partial<KnownFinding> = {}): KnownFinding => ({
  ...place(part),
  id,
  status: "Open",
  ...part,
});
/** The ids of what each detected place was matched with, in order; null for a new one. */
const idsOf = (findings: KnownFinding[], detected: Place[]) => {
  const matches = matchFindings(findings, detected);
  return detected.map((_, index) => matches.get(index)?.id ?? null);
};

describe("the same code is the same finding", () => {
  test.each<[string, Partial<Place>]>([
    ["where it was", {}],
    ["on another line", { startLine: 900 }],
    ["by a newer version of its detector", { detectorId: "python/sql-injection@v2.0" }],
  ])("%s", (_name, part) => expect(idsOf([known("1")], [place(part)])).toEqual(["1"]));
});

describe("it is another finding", () => {
  test.each<[string, Partial<Place>]>([
    ["in another file", { path: "b.py" }],
    ["of another detector", { detectorId: "python/xss@v1.0" }],
  ])("%s", (_name, part) => expect(idsOf([known("1")], [place(part)])).toEqual([null]));
});

test("code that was changed is found by the nearest line", () => {
  const findings = [known("1", { startLine: 10 }), known("2", { startLine: 50, fingerprint: "b" })];
  const detected = [place({ startLine: 52, fingerprint: "x" }), place({ startLine: 12, fingerprint: "y" })];
  expect(idsOf(findings, detected)).toEqual(["2", "1"]);
});

test("a fingerprint says more than a line", () => {
  const findings = [known("1", { startLine: 10, fingerprint: "a" }), known("2", { startLine: 20, fingerprint: "b" })];
  const detected = [place({ startLine: 20, fingerprint: "a" }), place({ startLine: 10, fingerprint: "b" })];
  expect(idsOf(findings, detected)).toEqual(["1", "2"]);
});

test("a closed finding comes back by its fingerprint, not by its line", () => {
  const closed = known("1", { status: "Closed" });
  expect(idsOf([closed], [place({ startLine: 300 })])).toEqual(["1"]);
  expect(idsOf([closed], [place({ fingerprint: "other" })])).toEqual([null]);
});

test("of two alike, the open one goes on and the closed one stays closed", () => {
  expect(idsOf([known("closed", { status: "Closed" }), known("open")], [place()])).toEqual(["open"]);
});

test("twins pair by their lines, and one more is new", () => {
  const findings = [known("1", { startLine: 10 }), known("2", { startLine: 30 })];
  const detected = [place({ startLine: 31 }), place({ startLine: 70 }), place({ startLine: 11 })];
  expect(idsOf(findings, detected)).toEqual(["2", null, "1"]);
});

test("ten thousand twins are matched without comparing each with each", () => {
  const lines = Array.from({ length: 10_000 }, (_, index) => index);
  const findings = lines.map((line) => known(String(line), { startLine: line }));
  const detected = lines.map((line) => place({ startLine: line + 3 }));
  expect(idsOf(findings, detected)).toEqual(lines.map(String));
});

const anyPlace = fc.record({
  detectorId: fc.constantFrom("a@v1", "b@v1"),
  path: fc.constantFrom("x.py", "y.py"),
  fingerprint: fc.constantFrom("f", "g", "h"),
  startLine: fc.integer({ min: 1, max: 30 }),
});

test("no finding is matched twice, and what did not change always keeps its id", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyPlace, fc.constantFrom("Open" as const, "Closed" as const))),
      fc.array(anyPlace),
      (rows, detected) => {
        const findings = rows.map(([row, status], index) => ({ ...row, status, id: String(index) }));
        const ids = [...matchFindings(findings, detected).values()].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const open = findings.filter(({ status }) => status === "Open");
        const same = matchFindings(open, open);
        expect([...same].every(([index, match]) => codeOf(match) === codeOf(open[index]))).toBe(true);
        expect(same.size).toBe(open.length);
      },
    ),
  );
});

function codeOf(row: Place | undefined): string {
  return JSON.stringify([row?.detectorId, row?.path, row?.fingerprint, row?.startLine]);
}
