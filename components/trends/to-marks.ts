import type { z } from "zod";
import type { Mark } from "#components/charts/marks.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import type { Trends, trendStepSchema } from "#lib/domain/trends.ts";
import { sumOfAll } from "./series-of.ts";

type TrendStep = z.infer<typeof trendStepSchema>;

/**
 * What came or went as a whole, so that it is not taken for a wave of new findings or of fixes: the weightiest first.
 * What the first sync brought is where the drawing begins, and needs no mark.
 */
export function toMarks({ steps, days, firstSyncAt }: Pick<Trends, "steps" | "days" | "firstSyncAt">): Mark[] {
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

const VERBS = { "scope-added": "added", "scope-lost": "no longer read" };

function textOf(places: TrendStep[], kind: TrendStep["kind"]): string {
  const [place] = places;
  const accounts = new Set(places.map(({ accountId }) => accountId));
  if (accounts.size > 1 || !place) return `${accounts.size} accounts ${VERBS[kind]}`;
  const name = visibleText(place.accountName ?? place.accountId);
  return places.length > 1 ? `${name} ${VERBS[kind]}` : `${name}, ${place.region} ${VERBS[kind]}`;
}
