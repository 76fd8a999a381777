import { expect, test } from "vitest";
import { aFindingWithDetail } from "#testing/a-finding.ts";
import { otherReasons, type RankReason, rankReasons } from "./rank-reasons.ts";

const spoken = (reasons: RankReason[]) =>
  reasons.map(
    ({ strong, rest }) => strong + rest.map((part) => (typeof part === "string" ? part : `[${part.at}]`)).join(""),
  );
const OPENED = "2026-01-05T00:00:00.000Z";
const KEV = "2025-04-01T00:00:00.000Z";

test("the reasons stand in the order in which the rank weighs them", () => {
  const finding = aFindingWithDetail({
    severity: "critical",
    score: 9.8,
    knownExploited: true,
    exploitAvailable: "yes",
    vulnerability: { knownExploitedAt: KEV },
    detail: { scoreAdjustments: [{ metric: "Attack vector", reason: "no open network path" }] },
  });
  expect(spoken(rankReasons(finding))).toEqual([
    "Critical, score 9.8 from Inspector",
    "Attack vector: no open network path",
    `Exploited in the wild: in CISA’s catalogue since [${KEV}]`,
    "An exploit is public: an attack needs no research",
  ]);
});

test("where the source scores its resource otherwise, both numbers are told", () => {
  expect(spoken(rankReasons(aFindingWithDetail({ score: 7.5 })))).toEqual([
    "High, score 7.5 from Inspector, where NVD gives 9.8",
  ]);
});

test("a source that gives no score is said to give none", () => {
  expect(spoken(rankReasons(aFindingWithDetail({ source: "codeguru", score: null })))).toEqual([
    "High by Code scans, which gives no score",
  ]);
});

test("a person's severity is told with who, why, and what the source says", () => {
  const finding = aFindingWithDetail({
    severity: "low",
    sourceSeverity: "high",
    severityOverride: { reason: "Not reachable", userName: "ines", at: OPENED },
  });
  expect(spoken(rankReasons(finding))).toEqual([
    "Low by ines: “Not reachable”. Inspector says high and gives 7.5, where NVD gives 9.8",
  ]);
});

test("the imported catalogue adds the day by which CISA wants it fixed, and ransomware", () => {
  const knownExploit = { dueAt: "2025-04-22T00:00:00.000Z", isRansomware: true, action: "Update." };
  const finding = aFindingWithDetail({
    knownExploited: true,
    vulnerability: { cvss: [], knownExploitedAt: KEV, knownExploit },
  });
  expect(spoken(rankReasons(finding))[1]).toBe(
    `Exploited in the wild: in CISA’s catalogue since [${KEV}], and used by ransomware; US agencies had to fix it by [2025-04-22T00:00:00.000Z]`,
  );
});

test("what does not count in the rank is told apart: EPSS with its day, exposure, age, due", () => {
  const finding = aFindingWithDetail({
    epss: 0.94,
    dueAt: "2026-01-12T00:00:00.000Z",
    exposures: [
      { findingId: "01900000-0000-7000-8000-000000000002", port: "tcp/22" },
      { findingId: "01900000-0000-7000-8000-000000000003", port: "udp/8000-8010" },
    ],
    vulnerability: { epssAt: "2026-01-06T00:00:00.000Z", epssPercentile: 0.9996 },
  });
  expect(spoken(otherReasons(finding))).toEqual([
    "EPSS 94\u00a0%: the chance of exploitation in the next 30 days, above 99.9\u00a0% of all CVEs, as of [2026-01-06T00:00:00.000Z]",
    "Reachable from outside: TCP 22, UDP 8000-8010 of the same resource",
    `Open for [${OPENED}], since [${OPENED}]`,
    "Due [2026-01-12T00:00:00.000Z]",
  ]);
});

test("what is closed is neither open nor due", () => {
  expect(spoken(otherReasons(aFindingWithDetail({ status: "closed", epss: null, dueAt: OPENED })))).toEqual([]);
});
