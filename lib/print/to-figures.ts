import { formatChange, formatCount, formatPercent } from "#components/ui/numbers.ts";
import { movedListAddress, openListAddress } from "#lib/client/list-address.ts";
import { toMovedRange } from "#lib/domain/moved-range.ts";
import type { Figure } from "#lib/domain/paper.ts";
import type { ReportContent } from "#lib/domain/period-report.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { daysChangeWord, daysWord, toneOf } from "./words.ts";

type Counts = ReportContent["open"]["after"];

export const totalOf = (counts: Counts, severities: readonly Severity[] = SEVERITIES): number =>
  severities.reduce((sum, severity) => sum + (counts[severity] ?? 0), 0);

const URGENT = ["critical", "high"] as const;

/** The numbers that a manager hands on, each beside what it was, and since when. */
export function toFigures(content: ReportContent): Figure[] {
  const { sla } = content;
  return [
    toOpen("Open", content, SEVERITIES),
    toOpen("Critical and high", content, URGENT),
    toMoved("New", "new", content),
    toMoved("Fixed", "fixed", content),
    toMedian(content),
    ...(sla ? [toOverdue(content, sla), toKept(content, sla)] : []),
  ];
}

function toOpen(name: string, { open, days, scope, asOf }: ReportContent, severities: readonly Severity[]): Figure {
  const after = totalOf(open.after, severities);
  const href = openListAddress(scope, {
    asOf,
    ...(severities === URGENT && scope.severity.length === 0 ? { severity: [...URGENT] } : {}),
  });
  if (open.before === null)
    return { name, value: formatCount(after), change: null, tone: "plain", note: "nothing is known of before", href };
  const change = after - totalOf(open.before, severities);
  const note = `since ${days.from}, from ${formatCount(after - change)}`;
  return { name, value: formatCount(after), change: formatChange(change), tone: toneOf(change), note, href };
}

function toMoved(name: string, reason: "new" | "fixed", content: ReportContent): Figure {
  const { bars, barsBefore, scope, from, asOf } = content;
  const of = (all: ReportContent["bars"]) => {
    const bar = all.find((one) => one.reason === reason);
    return reason === "new" ? (bar?.added ?? 0) : (bar?.taken ?? 0);
  };
  const value = of(bars);
  const href = movedListAddress(scope, { moved: [reason], ...toMovedRange({ from, asOf }) });
  if (barsBefore === null)
    return { name, value: formatCount(value), change: null, tone: "plain", note: "nothing is known of before", href };
  const change = value - of(barsBefore);
  const tone = toneOf(reason === "new" ? change : -change);
  const note = `from ${formatCount(of(barsBefore))} in the period before`;
  return { name, value: formatCount(value), change: formatChange(change), tone, note, href };
}

function toMedian({ fixes }: ReportContent): Figure {
  const name = "Median time to remediate";
  if (fixes.now === null)
    return { name, value: "–", change: null, tone: "plain", note: "nothing was fixed", href: null };
  const note = `mean ${daysWord(fixes.now.meanDays)}, 90 % within ${daysWord(fixes.now.p90Days)}`;
  const change = fixes.before && fixes.now.medianDays - fixes.before.medianDays;
  return {
    name,
    value: daysWord(fixes.now.medianDays),
    change: change === null ? null : daysChangeWord(change),
    tone: toneOf(change ?? 0),
    note,
    href: null,
  };
}

type Sla = NonNullable<ReportContent["sla"]>;

function toOverdue({ scope, asOf }: ReportContent, { all, overdueBefore }: Sla): Figure {
  const value = all.overdue.findings;
  const change = overdueBefore === null ? null : value - overdueBefore;
  return {
    name: "Overdue",
    value: formatCount(value),
    change: change === null ? null : formatChange(change),
    tone: toneOf(change ?? 0),
    note: `${formatCount(all.atRisk.findings)} more at risk`,
    href: openListAddress(scope, { asOf, due: ["overdue"] }),
  };
}

function toKept(_: ReportContent, { share, shareBefore, fixedInTime, fixedLate }: Sla): Figure {
  const points = share === null || shareBefore === null ? null : Math.round((share - shareBefore) * 100);
  return {
    name: "SLA compliance",
    value: share === null ? "–" : formatPercent(share),
    change: points === null ? null : `${formatChange(points)} points`,
    tone: toneOf(-(points ?? 0)),
    note: `${formatCount(fixedInTime)} issues fixed in time, ${formatCount(fixedLate)} late`,
    href: null,
  };
}
