import { expect, test } from "vitest";
import { GetMetricsSummaryCommand, ListFindingsMetricsCommand } from "#lib/sources/codeguru/commands.ts";
import { paginateListFindingsMetrics } from "#lib/sources/codeguru/paginators.ts";
import { testDatabase } from "#testing/database.ts";
import { anEngineFinding, SCANNER_KEY, scanArchiveNow, scannerService } from "#testing/scanner-service.ts";

const DAY_MS = 24 * 3600_000;
// Noon, some days ago: the requests of this test are signed with the clock of the service.
const start = Math.floor(Date.now() / DAY_MS) * DAY_MS - 10 * DAY_MS + DAY_MS / 2;
let clock = start;
const service = scannerService(testDatabase(), { now: () => new Date(clock) });
const client = () => service.client({ credentials: SCANNER_KEY, systemClockOffset: clock - Date.now() });
const day = (index: number) => new Date(start - DAY_MS / 2 + index * DAY_MS);

const critical = anEngineFinding({ severity: "Critical", fingerprint: "c", detectorName: "Command injection" });
const high = anEngineFinding({ severity: "High", fingerprint: "h", startLine: 90 });
const quality = anEngineFinding({ severity: "Info", fingerprint: "i", startLine: 200 });

test("metrics count what was open on a day, what came and went, and how long it took", async () => {
  await scanArchiveNow(client(), "first", { findings: [critical, high, quality] });
  await scanArchiveNow(client(), "second", { findings: [high] });
  clock += 4 * DAY_MS;
  await scanArchiveNow(client(), "first", { findings: [high, quality] });

  const { metricsSummary: today } = await client().send(new GetMetricsSummaryCommand({ date: new Date(clock) }));
  expect(today).toMatchObject({
    date: day(4),
    openFindings: { info: 0, low: 0, medium: 0, high: 2, critical: 0 },
    categoriesWithMostFindings: [{ categoryName: "SQL injection", findingNumber: 2 }],
    scansWithMostOpenCriticalFindings: [],
  });
  const { metricsSummary: before } = await client().send(new GetMetricsSummaryCommand({ date: day(1) }));
  expect(before).toMatchObject({
    openFindings: { high: 2, critical: 1 },
    scansWithMostOpenFindings: [
      { scanName: "first", findingNumber: 2 },
      { scanName: "second", findingNumber: 1 },
    ],
    scansWithMostOpenCriticalFindings: [{ scanName: "first", findingNumber: 1 }],
  });

  const span = { startDate: day(-1), endDate: day(4) };
  const days = [];
  for await (const page of paginateListFindingsMetrics({ client: client(), pageSize: 2 }, span))
    days.push(...(page.findingsMetrics ?? []));
  expect(days.map(({ date }) => date)).toEqual([-1, 0, 1, 2, 3, 4].map(day));
  expect(days.map(({ openFindings }) => openFindings?.critical)).toEqual([0, 1, 1, 1, 1, 0]);
  expect(days.map(({ newFindings }) => newFindings?.high)).toEqual([0, 2, 0, 0, 0, 0]);
  expect(days.map(({ closedFindings }) => closedFindings?.critical)).toEqual([0, 0, 0, 0, 0, 1]);
  expect(days.map(({ meanTimeToClose }) => meanTimeToClose?.critical)).toEqual([0, 0, 0, 0, 0, 4]);
});

test("a span that ends before it starts is refused", async () => {
  const span = new ListFindingsMetricsCommand({ startDate: day(3), endDate: day(1) });
  await expect(client().send(span)).rejects.toMatchObject({ name: "ValidationException" });
});
