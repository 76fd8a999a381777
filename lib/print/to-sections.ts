import { dayWord } from "#components/charts/days.ts";
import { reasonWord } from "#components/coverage/reason-word.ts";
import { countOf, formatChange, formatCount, formatPercent } from "#components/ui/numbers.ts";
import { movedListAddress } from "#lib/client/list-address.ts";
import { MOVE_REASON_WORDS } from "#lib/domain/move-reason-words.ts";
import { toMovedRange } from "#lib/domain/moved-range.ts";
import type { Grid, GridCell, Section } from "#lib/domain/paper.ts";
import type { ReportContent } from "#lib/domain/period-report.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { GROUNDS_WORDS } from "#lib/domain/triage-words.ts";
import { ageWord, drawAges, drawTimeToFix } from "./charts/bars.ts";
import { drawNewAgainstClosed } from "./charts/new-against-closed.ts";
import { drawOpenOverTime } from "./charts/open-over-time.ts";
import type { Width } from "./charts/shapes.ts";
import { drawWhyItMoved } from "./charts/why-it-moved.ts";
import { totalOf } from "./to-figures.ts";
import { daysWord, plain, SEVERITY_WORDS, toneOf } from "./words.ts";

/** A grid whose first column is names and whose others are numbers. */
const numbers = (heads: string[], rows: GridCell[][]): Grid => ({
  heads,
  sides: heads.map((_, index) => (index === 0 ? "left" : "right")),
  rows,
});
const words = (heads: string[], rows: GridCell[][]): Grid => ({ heads, sides: heads.map(() => "left"), rows });
const cell = (text: string): GridCell => ({ text });
const count = (value: number): GridCell => cell(formatCount(value));
const changeCell = (value: number): GridCell => ({ text: formatChange(value), tone: toneOf(value) });

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

function toTeams({ teams }: ReportContent): Section[] {
  if (teams.length < 2) return [];
  return [
    {
      title: "Teams",
      note: "Today's teams, told of the whole period.",
      picture: null,
      table: numbers(
        ["Team", "Open before", "Open after", "Change"],
        teams.map(({ name, before, after }) => [
          cell(plain(name)),
          count(before),
          count(after),
          changeCell(after - before),
        ]),
      ),
      isTableFolded: false,
    },
  ];
}

function toSla({ sla }: ReportContent): Section[] {
  if (sla === null) return [];
  const states = [
    ["All", sla.all] as const,
    ...SEVERITIES.flatMap((severity) => {
      const own = sla.bySeverity[severity];
      return own ? [[SEVERITY_WORDS[severity], own] as const] : [];
    }),
  ];
  const kept =
    sla.share === null ? "" : `${formatPercent(sla.share)} of the issues with a due date were kept in time. `;
  const late = sla.late.map(
    ({ name, findings, longestDays }) =>
      `${plain(name)} (${formatCount(findings)}, the longest ${formatCount(longestDays)} d)`,
  );
  return [
    {
      title: "SLA",
      note: `${kept}${late.length === 0 ? "Nobody is late." : `Most overdue: ${late.join("; ")}.`}`,
      picture: null,
      table: numbers(
        ["Severity", "Overdue", "At risk", "In time", "No due date"],
        states.map(([name, { overdue, atRisk, inTime, undated }]) => [
          cell(name),
          ...[overdue, atRisk, inTime, undated].map(({ findings }) => count(findings)),
        ]),
      ),
      isTableFolded: false,
    },
  ];
}

const MOST_GAPS = 12;

/** What the numbers do not know: days without a sync, and what was not scanned. */
function toKnown({ gaps, coverage, series }: ReportContent): Section[] {
  const rows = gaps
    .slice(0, MOST_GAPS)
    .map(({ account, region, source, from, to }) => [
      cell(plain(account)),
      cell(plain(region)),
      cell(source),
      cell(from === to ? from : `${from} to ${to}`),
    ]);
  const unknown = series.filter(({ known }) => !known).length;
  const days =
    gaps.length === 0
      ? "Every place was known on every day."
      : `${countOf(gaps.length, "stretch", "stretches")} of days on which a place was not known: it is carried at its last number; on ${formatCount(unknown)} of ${formatCount(series.length)} days nothing was known.${gaps.length > MOST_GAPS ? ` The first ${MOST_GAPS} of them:` : ""}`;
  const share =
    coverage && coverage.resources > 0 ? ` (${formatPercent(coverage.notScanned / coverage.resources)})` : "";
  const reasons = coverage?.reasons
    .slice(0, 4)
    .map(({ reason, resources }) => `${reasonWord(plain(reason))} ${formatCount(resources)}`);
  const scanned = coverage
    ? ` Not scanned are ${formatCount(coverage.notScanned)} of ${formatCount(coverage.resources)} resources${share}, as of ${coverage.asOf.slice(0, 10)}, when it was last read${reasons?.length ? `: ${reasons.join(", ")}` : ""}.`
    : "";
  return [
    {
      title: "Coverage and gaps",
      note: `${days}${scanned}`,
      picture: null,
      table: rows.length === 0 ? null : words(["Account", "Region", "Source", "Not known"], rows),
      isTableFolded: false,
    },
  ];
}

/** Standing exceptions: the ones that began, that ended, and that run out next. */
function toExceptions({ exceptions }: ReportContent): Section[] {
  if (exceptions === null) return [];
  const { granted, ended, expiring } = exceptions;
  const row = (what: string) => (one: (typeof granted)[number]) => [
    cell(plain(one.reason)),
    cell(what),
    cell(GROUNDS_WORDS[one.grounds]),
    cell(plain(one.owner)),
    cell(what === "Ended" ? one.at.slice(0, 10) : (one.until?.slice(0, 10) ?? "a fix exists")),
  ];
  const rows = [...granted.map(row("Granted")), ...ended.map(row("Ended")), ...expiring.map(row("Runs out"))];
  return [
    {
      title: "Exceptions",
      note: `${formatCount(granted.length)} granted and ${formatCount(ended.length)} ended in the period; ${formatCount(expiring.length)} run out within 30 days after it.`,
      picture: null,
      table: rows.length === 0 ? null : words(["Reason", "What", "Grounds", "Owner", "Until"], rows),
      isTableFolded: false,
    },
  ];
}
