import { dayWord } from "#components/charts/days.ts";
import { formatChange, formatCount } from "#components/ui/numbers.ts";
import { movedListAddress } from "#lib/client/list-address.ts";
import { MOVE_REASON_WORDS } from "#lib/domain/move-reason-words.ts";
import { toMovedRange } from "#lib/domain/moved-range.ts";
import type { Section } from "#lib/domain/paper.ts";
import type { ReportContent } from "#lib/domain/period-report.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { ageWord, drawAges, drawTimeToFix } from "./charts/bars.ts";
import { drawNewAgainstClosed } from "./charts/new-against-closed.ts";
import { drawOpenOverTime } from "./charts/open-over-time.ts";
import type { Width } from "./charts/shapes.ts";
import { drawWhyItMoved } from "./charts/why-it-moved.ts";
import { cell, changeCell, count, numbers } from "./grid.ts";
import { toExceptions, toKnown, toSla, toTeams } from "./standing-sections.ts";
import { totalOf } from "./to-figures.ts";
import { daysWord, plain, SEVERITY_WORDS } from "./words.ts";

/** The parts of the paper, in the order in which they are read; what has nothing behind it is left out whole. */
export function toSections(content: ReportContent, width: Width): Section[] {
  return [
    toWhy(content, width),
    toOpen(content, width),
    toFlow(content, width),
    toFixes(content, width),
    toAges(content, width),
    ...toMovers(content),
    ...toTeams(content),
    ...toSla(content),
    ...toKnown(content),
    ...toExceptions(content),
  ];
}

function toWhy(content: ReportContent, width: Width): Section {
  const { open, bars, days, scope, from, asOf } = content;
  const shown = SEVERITIES.filter((severity) => bars.some(({ netBySeverity }) => netBySeverity[severity]));
  const moved = bars.filter(({ added, taken }) => added + taken > 0);
  const range = toMovedRange({ from, asOf });
  const rows = [
    { label: `Open before ${dayWord(days.from)}`, value: totalOf(open.before ?? {}), isTotal: true },
    ...moved
      .filter(({ net }) => net !== 0)
      .map(({ reason, net }) => ({ label: MOVE_REASON_WORDS[reason], value: net, isTotal: false })),
    { label: `Open after ${dayWord(days.to)}`, value: totalOf(open.after), isTotal: true },
  ];
  return {
    title: "Why it moved",
    note: "Every movement of the period has one bar, and all of them make the difference.",
    picture: drawWhyItMoved(rows, width),
    table: numbers(
      ["Why", "More", "Less", "Net", ...shown.map((severity) => SEVERITY_WORDS[severity])],
      moved.map((bar) => [
        cell(MOVE_REASON_WORDS[bar.reason]),
        count(bar.added),
        count(bar.taken),
        { ...changeCell(bar.net), href: movedListAddress(scope, { moved: [bar.reason], ...range }) },
        ...shown.map((severity) => cell(formatChange(bar.netBySeverity[severity] ?? 0))),
      ]),
    ),
    isTableFolded: true,
  };
}

function toOpen({ series, open }: ReportContent, width: Width): Section {
  const before = open.before;
  return {
    title: "Open findings",
    note: "At the end of each UTC day. What nobody knows is a gap, not zero.",
    picture: drawOpenOverTime(series, width),
    table: numbers(
      ["Severity", "Before", "After", "Change"],
      SEVERITIES.map((severity) => [
        cell(SEVERITY_WORDS[severity]),
        cell(before ? formatCount(before[severity] ?? 0) : "–"),
        count(open.after[severity] ?? 0),
        before ? changeCell((open.after[severity] ?? 0) - (before[severity] ?? 0)) : cell("–"),
      ]),
    ),
    isTableFolded: false,
  };
}

const toFlow = ({ series }: ReportContent, width: Width): Section => ({
  title: "New against closed",
  note: "New and reopened above the line; fixed, gone and no longer reported below it. What a place brought when it was added is neither.",
  picture: drawNewAgainstClosed(series, width),
  table: null,
  isTableFolded: true,
});

function toFixes({ fixes }: ReportContent, width: Width): Section {
  return {
    title: "Time to remediate",
    note: "Issues that were really fixed, by month of the fix and their own clocks: median as columns, mean dashed.",
    picture: drawTimeToFix(fixes.months, width),
    table: numbers(
      ["Month", "Fixed", "Median", "Mean", "Nine in ten within"],
      fixes.months.map(({ month, fixes: one }) => [
        cell(month.slice(0, 7)),
        count(one?.fixed ?? 0),
        ...[one?.medianDays, one?.meanDays, one?.p90Days].map((days) =>
          cell(days === undefined ? "–" : daysWord(days)),
        ),
      ]),
    ),
    isTableFolded: true,
  };
}

function toAges({ ages }: ReportContent, width: Width): Section {
  const shown = SEVERITIES.filter((severity) => ages.some(({ bySeverity }) => bySeverity[severity]));
  return {
    title: "How old what is open is",
    note: "By the clocks of the issues, which outlive redeploys.",
    picture: drawAges(ages, width),
    table: numbers(
      ["Age", "Findings", ...shown.map((severity) => SEVERITY_WORDS[severity])],
      ages.map((age) => [
        cell(ageWord(age)),
        count(age.findings),
        ...shown.map((severity) => count(age.bySeverity[severity] ?? 0)),
      ]),
    ),
    isTableFolded: true,
  };
}

const MOVER_WORDS: Record<string, string> = {
  account: "Account",
  image: "Image",
  repository: "Repository",
  function: "Function",
  package: "Package",
  cve: "Vulnerability",
};
const MOST_EACH = 2;

/** Of each kind the few that fell most and the few that rose most. */
function toMovers({ movers }: ReportContent): Section[] {
  const all = movers.flatMap(({ by, movers: told }) => {
    const ordered = [...(told ?? [])].sort((a, b) => a.net - b.net);
    const best = ordered.filter(({ net }) => net < 0).slice(0, MOST_EACH);
    const worst = ordered
      .filter(({ net }) => net > 0)
      .slice(-MOST_EACH)
      .reverse();
    return [...worst, ...best].map((mover) => ({ ...mover, kind: MOVER_WORDS[by] ?? by }));
  });
  if (all.length === 0) return [];
  return [
    {
      title: "Worst and best",
      note: "Where the number of open findings changed most, upwards and downwards.",
      picture: null,
      table: {
        heads: ["What", "Kind", "Net change"],
        sides: ["left", "left", "right"],
        rows: all.map(({ label, kind, net }) => [cell(plain(label)), cell(kind), changeCell(net)]),
      },
      isTableFolded: false,
    },
  ];
}
