import { reasonWord } from "#components/coverage/reason-word.ts";
import { countOf, formatCount, formatPercent } from "#components/ui/numbers.ts";
import type { Section } from "#lib/domain/paper.ts";
import type { ReportContent } from "#lib/domain/period-report.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { GROUNDS_WORDS } from "#lib/domain/triage-words.ts";
import { cell, changeCell, count, numbers, words } from "./grid.ts";
import { plain, SEVERITY_WORDS } from "./words.ts";

/** What each team had before and after; nothing with fewer than two. */
export function toTeams({ teams }: ReportContent): Section[] {
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

/** Due dates as they stand; nothing where there is no policy. */
export function toSla({ sla }: ReportContent): Section[] {
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
export function toKnown({ gaps, coverage, series }: ReportContent): Section[] {
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
export function toExceptions({ exceptions }: ReportContent): Section[] {
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
