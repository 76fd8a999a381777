"use client";
import { createContext } from "react";

/** UTC days, both included. */
export type Span = { from: string; to: string };

/** What comes of days that a person picks out in a chart. */
export type Zoom = {
  onZoom: (days: Span) => void;
  /** Back to all days; null where all are shown. */
  onReset: (() => void) | null;
  /** Whether a finger picks days; else it reads them, and scrolls the page. */
  isPicking: boolean;
  onPicking: (isPicking: boolean) => void;
};

/** The zoom of the charts below it. Charts whose steps say which days they stand for follow it. */
export const ZoomContext = createContext<Zoom | null>(null);

/** All days from those of one step to those of another, whichever comes first. */
export function spanOf(one: Span, other: Span): Span {
  return one.from < other.from ? { from: one.from, to: other.to } : { from: other.from, to: one.to };
}
