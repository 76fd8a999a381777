import { expect, test } from "vitest";
import { remediationQuerySchema } from "#lib/domain/trends.ts";
import { appDatabase } from "#testing/app-database.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { wholePass } from "#testing/sync-passes.ts";
import { getForecast } from "./forecast.ts";
import { getReopenedRate } from "./reopened.ts";

appDatabase();

const NOW = new Date("2026-04-10T12:00:00Z");

test("a month tells how many closed and how many came back, of the severities that are asked for", async () => {
  const connectionId = await aConnection();
  const high = anObservedFinding({ severity: "high", updatedAt: new Date("2026-01-01") });
  const low = anObservedFinding({ severity: "low", updatedAt: new Date("2026-01-01") });
  await wholePass(connectionId, "2026-01-05T00:00:00Z", [high, low]);
  await wholePass(connectionId, "2026-02-05T00:00:00Z", []);
  await wholePass(connectionId, "2026-02-20T00:00:00Z", [{ ...high, updatedAt: new Date("2026-02-20") }]);
  await wholePass(connectionId, "2026-03-05T00:00:00Z", [
    { ...high, updatedAt: new Date("2026-02-20") },
    { ...low, updatedAt: new Date("2026-03-05") },
  ]);
  const rateOf = async (severity?: string) =>
    (await getReopenedRate(remediationQuerySchema.parse({ from: "2026-01-20", to: "2026-04-10", severity }), NOW))
      .months;
  expect(await rateOf()).toEqual([
    { month: "2026-01-01", reopened: 0, closed: 0, share: null },
    { month: "2026-02-01", reopened: 1, closed: 2, share: 0.5 },
    { month: "2026-03-01", reopened: 1, closed: 0, share: null },
    { month: "2026-04-01", reopened: 0, closed: 0, share: null },
  ]);
  expect((await rateOf("high"))[1]).toEqual({ month: "2026-02-01", reopened: 1, closed: 1, share: 1 });
  const forecast = await getForecast(remediationQuerySchema.parse({}), NOW);
  expect([forecast.open, forecast.asOf !== null]).toEqual([2, true]);
});

test("days that end before they begin are refused", async () => {
  const query = remediationQuerySchema.parse({ from: "2026-03-01", to: "2026-02-01" });
  await expect(getReopenedRate(query, NOW)).rejects.toThrow("lies after");
});
