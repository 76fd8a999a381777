import { formatCount } from "#components/ui/numbers.ts";
import { DEFINITIONS, type DefinitionId } from "#lib/domain/definitions.ts";
import type { Paper } from "#lib/domain/paper.ts";
import type { ReportContent } from "#lib/domain/period-report.ts";
import { toPeriodTitle } from "#lib/domain/report-period.ts";
import { toScopeWords } from "#lib/domain/report-scope-words.ts";
import { WIDE, type Width } from "./charts/shapes.ts";
import { toFigures, totalOf } from "./to-figures.ts";
import { toSections } from "./to-sections.ts";
import { instantWord, plain } from "./words.ts";

const TERMS: DefinitionId[] = ["open", "new", "fixed", "why-it-moved", "known", "time-to-fix", "age", "as-of"];
const SLA_TERMS: DefinitionId[] = ["overdue", "at-risk", "sla"];

/** A report as it is laid out; its drawings are made for `width`. The same content always gives the same paper. */
export function toPaper(content: ReportContent, width: Width = WIDE): Paper {
  const { period, days, isOver, asOf, hasSample } = content;
  return {
    title: `Security report: ${toPeriodTitle(period, days)}`,
    about: `${days.from} to ${days.to}${isOver ? "" : ", so far"} · ${plain(toScopeWords(content.scope, content.names))}${hasSample ? " · with sample data, which is invented" : ""}`,
    asOf: instantWord(asOf),
    lead: toLead(content),
    figures: toFigures(content),
    sections: toSections(content, width),
    terms: [...TERMS, ...(content.sla ? SLA_TERMS : [])].map((id) => DEFINITIONS[id]),
  };
}

/** What a reader takes away who reads nothing else. */
function toLead({ open, days, sla, barsBefore, bars }: ReportContent): string {
  const after = totalOf(open.after);
  const noun = after === 1 ? "finding is" : "findings are";
  const urgent = totalOf(open.after, ["critical", "high"]);
  const due = sla ? ` ${formatCount(sla.all.overdue.findings)} are overdue.` : "";
  const urgentWords = `${formatCount(urgent)} of them critical or high.`;
  if (open.before === null)
    return `${formatCount(after)} ${noun} open, ${urgentWords} Nothing is known of before the period.${due}`;
  const change = after - totalOf(open.before);
  const moved = change === 0 ? "as many as" : `${formatCount(Math.abs(change))} ${change > 0 ? "more" : "fewer"} than`;
  const of = (all: typeof bars) => all.find(({ reason }) => reason === "fixed")?.taken ?? 0;
  const fixed = ` ${formatCount(of(bars))} were fixed${barsBefore ? `, ${formatCount(of(barsBefore))} in the period before` : ""}.`;
  return `${formatCount(after)} ${noun} open, ${moved} before ${days.from}; ${urgentWords}${fixed}${due}`;
}
