import type { Span } from "./zoom.ts";

/** What is drawn in one colour under one name. The classes paint it in SVG and beside its name. */
export type Series = { key: string; name: string; fill: string; swatch: string };

/** A place along the axis of time. `values: null`: nobody knows, which is not zero. `href` leads to what is counted. */
export type Step = {
  /** On the axis and in a gap's name: "24 Nov". */
  label: string;
  /** Where it stands alone: "24 Nov 2026". */
  title: string;
  values: Record<string, number | null> | null;
  /** What is known where the values are not: a number of another kind, drawn apart from them. */
  apart?: { name: string; value: number } | null;
  /** Some of it is not known, and carried at its last value. */
  isPartial?: boolean;
  /** What there is to know beside the values, or why there are none: a gap is named by it. */
  note?: string | null;
  /** What happened meanwhile: it explains the values, and says nothing against them. */
  noted?: string;
  href: string | null;
  /** The days that it stands for, where a person may zoom to them. */
  span?: Span;
};

/** A word under the axis of time. */
export type Tick = { index: number; word: string };

/** What a person reads at one step: beside the pointer, by keyboard, aloud. */
export type Reading = {
  title: string;
  lines: { name: string; value: string; swatch?: string }[];
  note?: string | null;
  noted?: string;
  href: string | null;
  span?: Span;
};

export const valueAt = (step: Step, key: string): number => step.values?.[key] ?? 0;

export const sumOf = (step: Step, series: Series[]): number =>
  series.reduce((sum, { key }) => sum + valueAt(step, key), 0);

/** A line and how it is told apart from the others: by its stroke, not by colour alone. */
export type Line = { key: string; name: string; stroke: string; isDashed?: boolean };
