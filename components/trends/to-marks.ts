import type { Mark } from "#components/charts/marks.tsx";
import type { Step } from "#components/charts/series.ts";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import type { Annotation, AnnotationKind } from "#lib/domain/annotation.ts";
import type { TrendStep, Trends } from "#lib/domain/trends.ts";
import { sumOfAll } from "./series-of.ts";

type Placed = Pick<Trends, "steps" | "days" | "firstSyncAt">;

/**
 * What came or went as a whole, so that it is not taken for a wave of new findings or of fixes: the weightiest first.
 * What the first sync brought is where the drawing begins, and needs no mark.
 */
export function toMarks({ steps, days, firstSyncAt }: Placed): Mark[] {
  const firstDay = firstSyncAt?.slice(0, 10);
  return days
    .flatMap((day, index) => {
      const here = steps.filter((step) => step.day === day.day && step.day !== firstDay);
      return (["scope-added", "scope-lost"] as const).flatMap((kind) => {
        const places = here.filter((step) => step.kind === kind);
        const weight = sumOfAll(kind === "scope-added" ? day.scopeAdded : day.scopeLost);
        return places.length > 0 ? [{ index, text: textOf(places, kind), weight }] : [];
      });
    })
    .sort((one, other) => other.weight - one.weight);
}

/** The word on screen for each kind. */
export const KIND_WORDS: Record<AnnotationKind, string> = {
  release: "Release",
  incident: "Incident",
  exception: "Exception",
  other: "Note",
};
/** What explains a step best comes first. */
const KIND_ORDER: AnnotationKind[] = ["incident", "release", "exception", "other"];

/** What was noted at a day of the trend: of one day together, and what people wrote before what stands there by itself. */
export function toNotedMarks(annotations: Annotation[], { days }: Pick<Trends, "days">): Mark[] {
  return days
    .flatMap(({ day }, index) => {
      const [first, ...others] = annotations.filter((one) => one.day === day).sort((a, b) => weightOf(a) - weightOf(b));
      if (!first) return [];
      const more = others.length > 0 ? `, and ${others.length} more` : "";
      return [{ index, text: `${KIND_WORDS[first.kind]}: ${visibleText(first.text)}${more}`, weight: weightOf(first) }];
    })
    .sort((a, b) => a.weight - b.weight || b.index - a.index);
}

/** What came or went on a day. */
export type Place = { kind: "place"; day: string; text: string };

/** The same as words of their days. */
export const toPlaces = (trends: Placed): Place[] =>
  toMarks(trends).map(({ index, text }) => ({ kind: "place", day: trends.days[index]?.day ?? "", text }));

/** The steps of a chart with what happened on their days, so that reading a day tells it too. */
export function noteSteps(steps: Step[], trends: Placed, annotations: Annotation[]): Step[] {
  const places = toPlaces(trends);
  return steps.map((step, index) => {
    const isHere = ({ day }: { day: string }) => day === trends.days[index]?.day;
    const words = [
      ...places.filter(isHere).map(({ text }) => text),
      ...annotations.filter(isHere).map(({ kind, text }) => `${KIND_WORDS[kind]}: ${visibleText(text)}`),
    ];
    return words.length === 0 ? step : { ...step, noted: words.join("; ") };
  });
}

const weightOf = ({ id, kind }: Annotation): number => KIND_ORDER.indexOf(kind) + (id === null ? KIND_ORDER.length : 0);

/** The weightiest place that came or went, what was noted, then the other places: a chart draws the first few. */
export function allMarks(trends: Parameters<typeof toMarks>[0], annotations: Annotation[]): Mark[] {
  const [weightiest, ...others] = toMarks(trends);
  return [...(weightiest ? [weightiest] : []), ...toNotedMarks(annotations, trends), ...others];
}

const VERBS = { "scope-added": "added", "scope-lost": "no longer read" };

function textOf(places: TrendStep[], kind: TrendStep["kind"]): string {
  const [place] = places;
  const accounts = new Set(places.map(({ accountId }) => accountId));
  if (accounts.size > 1 || !place) return `${accounts.size} accounts ${VERBS[kind]}`;
  const name = visibleText(place.accountName ?? place.accountId);
  return places.length > 1 ? `${name} ${VERBS[kind]}` : `${name}, ${place.region} ${VERBS[kind]}`;
}
