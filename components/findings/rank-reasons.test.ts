import { expect, test } from "vitest";
import { aFindingWithDetail } from "#testing/a-finding.ts";
import { rankReasons } from "./rank-reasons.ts";

const spoken = (finding: Parameters<typeof rankReasons>[0]) =>
  rankReasons(finding).map(({ strong, rest }) => strong + rest);

test("the reasons stand in the order in which the rank weighs them", () => {
  const finding = aFindingWithDetail({
    severity: "critical",
    score: 9.8,
    knownExploited: true,
    exploitAvailable: "yes",
    epss: 0.94,
    vulnerability: { knownExploitedAt: "2025-04-01T00:00:00.000Z" },
    detail: { scoreAdjustments: [{ metric: "Attack vector", reason: "no open network path" }] },
  });
  expect(spoken(finding)).toEqual([
    "Critical, score 9.8 from Inspector",
    "Exploited in the wild: in CISA’s catalogue since ",
    "An exploit is public: an attack needs no research",
    "EPSS 94\u00a0%: the chance of exploitation in the next 30 days. It moves daily and does not change the rank",
    "Attack vector: no open network path",
  ]);
});

test("a source that gives no score is said to give none", () => {
  expect(spoken(aFindingWithDetail({ source: "codeguru", score: null, epss: null }))).toEqual([
    "High by Code scans, which gives no score",
  ]);
});
