import { beforeAll, expect, test } from "vitest";
import { type FindingQuery, findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import { appDatabase } from "#testing/app-database.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { saveFindings } from "#testing/saved-findings.ts";
import { getFindingFacets } from "./finding-facets.ts";

appDatabase();

const FINDINGS = 5_003;
const facetsOf = (query: FindingQuery) => getFindingFacets(findingConditionsSchema.parse(query));

beforeAll(async () => {
  await saveFindings(
    Array.from({ length: FINDINGS }, (_, number) =>
      anObservedFinding({
        severity: number < 3 ? "critical" : "high",
        score: number % 2 === 0 ? 7.5 : 7,
        status: number === 3 ? "closed" : "active",
      }),
    ),
  );
}, 120_000);

test("what a rollup counts is exact, however many there are", async () => {
  const { severity } = await facetsOf({ status: "active" });
  expect(severity).toEqual([
    { value: "critical", label: "critical", count: 3, exact: true },
    { value: "high", label: "high", count: FINDINGS - 4, exact: true },
  ]);
});

test("where no rollup counts and there are too many, counting stops, and says so", async () => {
  const { severity, status } = await facetsOf({ status: "active", score: "5.." });
  expect(severity.map(({ exact }) => exact)).not.toContain(true);
  expect(status.map(({ exact }) => exact)).not.toContain(true);
  const counted = severity.reduce((sum, { count }) => sum + count, 0);
  expect(counted).toBeGreaterThan(4_999);
  expect(counted).toBeLessThan(FINDINGS - 1);
});

test("where no rollup counts and there are few enough, counts are exact", async () => {
  const { severity } = await facetsOf({ status: "active", score: "7.2.." });
  expect(severity.map(({ count, exact }) => ({ count, exact }))).toEqual([
    { count: 2, exact: true },
    { count: 2_500, exact: true },
  ]);
});

test("a filter that leaves no status leaves nothing to count", async () => {
  const { accountId, region } = await facetsOf({ status: "active", "-status": "active", score: "5.." });
  expect({ accountId, region }).toEqual({ accountId: [], region: [] });
});
