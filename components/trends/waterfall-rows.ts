import type { ChartTableProps } from "#components/charts/chart-table.tsx";
import { dayAndYear } from "#components/charts/days.ts";
import type { WaterfallRow } from "#components/charts/waterfall.tsx";
import { countOf, formatChange, formatCount } from "#components/ui/numbers.ts";
import { severityWord } from "#components/ui/severity.tsx";
import { movedListAddress, openListAddress } from "#lib/client/list-address.ts";
import { addDays, endOfDay } from "#lib/domain/day.ts";
import { MOVE_REASON_WORDS } from "#lib/domain/move-reason-words.ts";
import { toMovedRange } from "#lib/domain/moved-range.ts";
import type { MoveBar, Movements, MovementsQuery } from "#lib/domain/movements.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { TrendsQuery } from "#lib/domain/trends.ts";

/** What moved on the days of a trend: since the end of the day before them. */
export function toMovementsQuery({ by: _, ...query }: TrendsQuery, severity: Severity | null): MovementsQuery {
  const { from = "", to = "", ...scope } = query;
  return { ...scope, severity: severity ? [severity] : scope.severity, from: addDays(from, -1), to };
}

const BEFORE_FIRST_SYNC = "Before the first sync";

/** Whether the first sync came after all of this: nothing is known of it. */
export const isBeforeAll = ({ asOf, firstSyncAt }: Pick<Movements, "asOf" | "firstSyncAt">): boolean =>
  asOf === null || firstSyncAt === null || asOf < firstSyncAt;

/** What was open, every reason that changed it, what is open. */
export function toWaterfallRows(movements: Movements, query: MovementsQuery): WaterfallRow[] {
  const { before, after, bars } = movements;
  const links = toLinks(movements, query);
  return [
    {
      key: "before",
      kind: "total",
      label: `Open after ${dayAndYear(query.from)}`,
      value: links.before === null ? null : before.total,
      href: links.before,
    },
    ...bars
      .filter(({ net }) => net !== 0)
      .map((bar) => ({
        key: bar.reason,
        kind: "change" as const,
        label: MOVE_REASON_WORDS[bar.reason],
        value: bar.net,
        note: noteOf(bar),
        href: links.of(bar),
      })),
    {
      key: "after",
      kind: "total",
      label: isWhole(movements, query) ? `Open after ${dayAndYear(query.to)}` : "Open now",
      value: after.total,
      href: links.after,
    },
  ];
}

/** The same in numbers, with the reasons that changed nothing in total. */
export function toWaterfallTable(movements: Movements, query: MovementsQuery): Omit<ChartTableProps, "caption"> {
  const { before, after, bars } = movements;
  const links = toLinks(movements, query);
  const severities = query.severity.length > 0 ? query.severity : SEVERITIES;
  const linksOf = (severity: Severity) => toLinks(movements, { ...query, severity: [severity] });
  const toTotal = (title: string, { total, bySeverity }: Movements["before"], when: "before" | "after") => {
    const href = links[when];
    const count = (n: number) => (href === null ? "–" : formatCount(n));
    return {
      title,
      note: href === null ? BEFORE_FIRST_SYNC : null,
      cells: [
        { text: "" },
        { text: "" },
        { text: count(total), href },
        { text: "" },
        ...severities.map((severity) => {
          const n = bySeverity[severity] ?? 0;
          return { text: count(n), href: n > 0 ? linksOf(severity)[when] : null };
        }),
      ],
    };
  };
  return {
    head: ["Why", "More", "Less", "Net", "Findings", ...severities.map(severityWord)],
    rows: [
      toTotal(`Open after ${query.from}`, before, "before"),
      ...bars.map((bar) => ({
        title: MOVE_REASON_WORDS[bar.reason],
        cells: [
          { text: formatCount(bar.added) },
          { text: formatCount(bar.taken) },
          { text: formatChange(bar.net), href: bar.added + bar.taken > 0 ? links.of(bar) : null },
          { text: bar.findings === null ? "–" : formatCount(bar.findings), href: bar.findings ? links.of(bar) : null },
          ...severities.map((severity) => {
            const net = bar.netBySeverity[severity] ?? 0;
            return { text: formatChange(net), href: net !== 0 ? linksOf(severity).of(bar) : null };
          }),
        ],
      })),
      toTotal(isWhole(movements, query) ? `Open after ${query.to}` : "Open now", after, "after"),
    ],
  };
}

/** Whether the last day is told to its end. */
const isWhole = ({ asOf }: Movements, { to }: MovementsQuery): boolean => asOf === endOfDay(to).toISOString();

/** A finding that moved twice is on the list once. */
function noteOf({ added, taken, findings }: MoveBar): string {
  const movements = countOf(added + taken, "movement");
  return findings === null ? movements : `${movements} of ${countOf(findings, "finding")}`;
}

function toLinks(movements: Movements, { from: _from, to: _to, ...scope }: MovementsQuery) {
  const { from, asOf, firstSyncAt } = movements;
  const wasKnown = from !== null && firstSyncAt !== null && from >= firstSyncAt;
  return {
    before: wasKnown ? openListAddress(scope, { asOf: from }) : null,
    after: asOf === null ? null : openListAddress(scope, { asOf }),
    of: ({ reason }: MoveBar) => movedListAddress(scope, { moved: [reason], ...toMovedRange(movements) }),
  };
}
