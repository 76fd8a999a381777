import { addDays, daysBetween } from "#lib/domain/day.ts";
import { MOVE_REASONS } from "#lib/domain/filter-words.ts";
import { type ReportContent, WHOLE_SCOPE } from "#lib/domain/period-report.ts";

const NETS: Partial<Record<(typeof MOVE_REASONS)[number], number>> = {
  new: 312,
  reopened: 18,
  fixed: -401,
  "resource-gone": -44,
  suppressed: -12,
};

const aBar = (reason: (typeof MOVE_REASONS)[number], scale: number): ReportContent["bars"][number] => {
  const net = Math.round((NETS[reason] ?? 0) * scale);
  const critical = Math.trunc(net / 5);
  return {
    reason,
    added: Math.max(0, net),
    taken: Math.max(0, -net),
    net,
    netBySeverity: net === 0 ? {} : { critical, high: net - critical },
  };
};

const fixes = (medianDays: number) => ({ fixed: 40, meanDays: medianDays * 1.4, medianDays, p90Days: medianDays * 3 });

/** The report of October 2026: 127 fewer findings are open, of 5,643. */
export function aReportContent(changes: Partial<ReportContent> = {}): ReportContent {
  const days = { from: "2026-10-01", to: "2026-10-31" };
  return {
    version: 1,
    period: "2026-10",
    days,
    before: { from: "2026-09-01", to: "2026-09-30" },
    isOver: true,
    hasSample: false,
    scope: WHOLE_SCOPE,
    names: {},
    from: "2026-09-30T23:59:59.999Z",
    asOf: "2026-10-31T23:59:59.999Z",
    firstSyncAt: "2026-01-05T06:00:00.000Z",
    open: {
      before: { critical: 120, high: 1080, medium: 3000, low: 1500, info: 70 },
      after: { critical: 95, high: 978, medium: 3000, low: 1500, info: 70 },
    },
    bars: MOVE_REASONS.map((reason) => aBar(reason, 1)),
    barsBefore: MOVE_REASONS.map((reason) => aBar(reason, 0.8)),
    series: daysBetween(days.from, days.to).map((day, index) => ({
      day,
      known: index < 12 || index > 14,
      open: { critical: 120 - index, high: 1080 - index * 3, medium: 3000, low: 1500, info: 70 },
      opened: 8 + ((index * 7) % 11),
      closed: 10 + ((index * 5) % 13),
    })),
    gaps: [{ from: "2026-10-13", to: "2026-10-15", account: "payments", region: "eu-west-1", source: "inspector" }],
    fixes: {
      now: fixes(12.5),
      before: fixes(14),
      months: [4, 3, 2, 1, 0].map((back) => ({
        month: `${addDays("2026-10-15", -30 * back).slice(0, 7)}-01`,
        fixes: back === 4 ? null : fixes(12.5 + back * 3),
      })),
    },
    ages: [
      { fromDays: 0, toDays: 7, findings: 210, bySeverity: { critical: 10, high: 200 } },
      { fromDays: 8, toDays: 30, findings: 900, bySeverity: { high: 400, medium: 500 } },
      { fromDays: 31, toDays: null, findings: 4533, bySeverity: { medium: 2500, low: 2033 } },
    ],
    movers: [
      {
        by: "account",
        movers: [
          { label: "payments", about: null, net: 41 },
          { label: "sandbox", about: null, net: -98 },
        ],
      },
      { by: "repository", movers: [{ label: "api-gateway", about: null, net: -30 }] },
      { by: "cve", movers: null },
    ],
    teams: [
      { name: "Payments", before: 800, after: 841 },
      { name: "Platform", before: 4970, after: 4802 },
    ],
    sla: {
      all: {
        overdue: { findings: 77, issues: 31 },
        atRisk: { findings: 12, issues: 9 },
        inTime: { findings: 3000, issues: 900 },
        undated: { findings: 2554, issues: 700 },
      },
      bySeverity: {
        critical: {
          overdue: { findings: 20, issues: 8 },
          atRisk: { findings: 4, issues: 3 },
          inTime: { findings: 71, issues: 20 },
          undated: { findings: 0, issues: 0 },
        },
      },
      share: 0.94,
      shareBefore: 0.91,
      fixedInTime: 160,
      fixedLate: 12,
      overdueBefore: 90,
      late: [{ kind: "team", name: "Payments", findings: 40, longestDays: 63 }],
    },
    coverage: {
      asOf: "2026-11-01T08:00:00.000Z",
      resources: 400,
      notScanned: 26,
      reasons: [{ reason: "NO_INVENTORY", resources: 20 }],
    },
    exceptions: {
      granted: [
        {
          id: "01900000-0000-7000-8000-000000000001",
          query: "cve=CVE-2026-1",
          grounds: "accepted-risk",
          reason: "Behind the gateway until the new one is live",
          owner: "priya",
          at: "2026-10-05T10:00:00.000Z",
          until: "2026-11-20T00:00:00.000Z",
        },
      ],
      ended: [],
      expiring: [],
    },
    ...changes,
  };
}
