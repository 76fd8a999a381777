import { dayAndYear, dayWord } from "#components/charts/days.ts";
import type { Step } from "#components/charts/series.ts";
import { formatChange, formatCount } from "#components/ui/numbers.ts";
import { severityWord } from "#components/ui/severity.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { movedListAddress, openListAddress } from "#lib/client/list-address.ts";
import { SOURCE_NAMES } from "#lib/domain/finding-words.ts";
import { MOVE_REASON_WORDS } from "#lib/domain/move-reason-words.ts";
import { toMovedRange } from "#lib/domain/moved-range.ts";
import type { Movements } from "#lib/domain/movements.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { TrendDay, TrendScope, Trends, TrendsQuery } from "#lib/domain/trends.ts";
import type { Comparison } from "./comparison.ts";
import { listAddress } from "./open-steps.ts";
import { SOURCE_WORDS, sumOfAll } from "./series-of.ts";

/** What a side is called beside its line, and where there is room. */
type SideName = { short: string; whole: string };
/** One of the two that are compared. */
export type ComparedSide = {
  name: SideName;
  scope: TrendScope;
  trends: Trends;
  movements: Movements;
};

/** Days are named by the first and the last, a part by what it is called. */
export function nameSides(
  comparison: Comparison,
  queries: [TrendsQuery, TrendsQuery],
  nameOf: (value: string) => string,
): [SideName, SideName] {
  if (comparison.kind === "part") {
    const name = (value: string) => {
      const word = wordOf(comparison.part, value) ?? visibleText(nameOf(value));
      return { short: word, whole: word };
    };
    return [name(comparison.a), name(comparison.b)];
  }
  const [now, before] = queries.map(({ from = "", to = "" }) => `${dayAndYear(from)} to ${dayAndYear(to)}`);
  return [
    { short: "These days", whole: now ?? "" },
    { short: comparison.isBefore ? "Days before" : "Other days", whole: before ?? "" },
  ];
}

function wordOf(part: Extract<Comparison, { kind: "part" }>["part"], value: string): string | null {
  if (part === "source") {
    const source = SOURCE_NAMES.find((name) => name === value);
    return source ? SOURCE_WORDS[source] : null;
  }
  const severity = part === "severity" ? SEVERITIES.find((name) => name === value) : undefined;
  return severity ? severityWord(severity) : null;
}

const openOf = (day: TrendDay | undefined): number | null => (day?.known ? sumOfAll(day.open) : null);

/** Both sides day by day, the first day on the first; each leads to the list of the first side. */
export function toComparedSteps(a: ComparedSide, b: ComparedSide): Step[] {
  return a.trends.days.map((day, index) => {
    const other = b.trends.days[index];
    const [one, two] = [openOf(day), openOf(other)];
    return {
      label: dayWord(day.day),
      title:
        other && other.day !== day.day ? `${dayAndYear(day.day)} and ${dayAndYear(other.day)}` : dayAndYear(day.day),
      note: one === null && two === null ? "Not known" : null,
      values: one === null && two === null ? null : { a: one, b: two },
      href: listAddress(day, a.trends, a.scope),
    };
  });
}

/** The same as a table: each number leads to its list. */
export function toComparedTable(a: ComparedSide, b: ComparedSide) {
  const isSameDays = a.trends.from === b.trends.from;
  const cell = (day: TrendDay | undefined, { trends, scope }: ComparedSide) => {
    const open = openOf(day);
    return day && open !== null ? { text: formatCount(open), href: listAddress(day, trends, scope) } : { text: "–" };
  };
  return {
    head: ["Day", a.name.short, ...(isSameDays ? [] : ["Against"]), b.name.short, "Difference"],
    rows: a.trends.days
      .map((day, index) => {
        const other = b.trends.days[index];
        const [one, two] = [openOf(day), openOf(other)];
        return {
          title: day.day,
          cells: [
            cell(day, a),
            ...(isSameDays ? [] : [{ text: other?.day ?? "–" }]),
            cell(other, b),
            { text: one === null || two === null ? "–" : formatChange(one - two) },
          ],
        };
      })
      .reverse(),
  };
}

/** `value: null`: nobody knows, which is not zero. */
type Amount = { value: number | null; href: string | null };
export type ComparedRow = { key: string; label: string; kind: "total" | "change" | "part"; a: Amount; b: Amount };

/** What was open, every reason that changed it on either side, what is open, and of which severity. */
export function toComparedRows(a: ComparedSide, b: ComparedSide): ComparedRow[] {
  const reasons = a.movements.bars.filter(({ reason, net }) => net !== 0 || netOf(b, reason) !== 0);
  return [
    { key: "before", label: "Open before the first day", kind: "total", a: beforeOf(a), b: beforeOf(b) },
    ...reasons.map(({ reason }) => ({
      key: reason,
      label: MOVE_REASON_WORDS[reason],
      kind: "change" as const,
      a: changeOf(a, reason),
      b: changeOf(b, reason),
    })),
    { key: "after", label: "Open after the last day", kind: "total", a: afterOf(a, []), b: afterOf(b, []) },
    ...SEVERITIES.filter((severity) => [a, b].some((side) => afterOf(side, [severity]).value)).map((severity) => ({
      key: severity,
      label: severityWord(severity),
      kind: "part" as const,
      a: afterOf(a, [severity]),
      b: afterOf(b, [severity]),
    })),
  ];
}

type Reason = Movements["bars"][number]["reason"];

const netOf = ({ movements }: ComparedSide, reason: Reason): number =>
  movements.bars.find((bar) => bar.reason === reason)?.net ?? 0;

function changeOf(side: ComparedSide, reason: Reason): Amount {
  const value = netOf(side, reason);
  const href = movedListAddress(side.scope, { moved: [reason], ...toMovedRange(side.movements) });
  return { value, href: value === 0 ? null : href };
}

function beforeOf(side: ComparedSide): Amount {
  const { movements, scope } = side;
  return openAt(movements.from, side, { value: movements.before.total, scope });
}

function afterOf(side: ComparedSide, severity: TrendScope["severity"]): Amount {
  const { movements, scope } = side;
  const [only] = severity;
  if (only === undefined) return openAt(movements.asOf, side, { value: movements.after.total, scope });
  const value = movements.after.bySeverity[only] ?? 0;
  return openAt(movements.asOf, side, { value, scope: { ...scope, severity } });
}

type Counted = { value: number; scope: TrendScope };

function openAt(asOf: string | null, { trends: { firstSyncAt } }: ComparedSide, { value, scope }: Counted): Amount {
  if (asOf === null || firstSyncAt === null || asOf < firstSyncAt) return { value: null, href: null };
  return { value, href: openListAddress(scope, { asOf }) };
}
