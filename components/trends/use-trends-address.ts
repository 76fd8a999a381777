"use client";
import { createContext, useContext, useMemo } from "react";
import type { Span } from "#components/charts/zoom.ts";
import { useAddress } from "#components/ui/address.ts";
import { useNow } from "#components/ui/clock.tsx";
import { toDay } from "#lib/domain/day.ts";
import type { MoverKey } from "#lib/domain/movers.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { TrendKey } from "#lib/domain/trends.ts";
import type { ComparedPart } from "./comparison.ts";
import { ADDRESS_NAMES, type OpenShape, type Range, readTrendsAddress } from "./trends-address.ts";

/** The day of the first sync, where all days begin; null = there was none. */
export const FirstDay = createContext<string | null>(null);

const NO_ZOOM = { zoomFrom: null, zoomTo: null };
const NO_COMPARISON = { compare: null, compareFrom: null, a: null, b: null };

/** The address as state: what it asks for, and the ways to change it. Each change is a step that "back" undoes. */
export function useTrendsAddress() {
  const [written, write] = useAddress(ADDRESS_NAMES);
  const firstDay = useContext(FirstDay);
  const today = toDay(useNow());
  const address = useMemo(() => readTrendsAddress(written, new Date(today), firstDay), [written, today, firstDay]);
  return {
    ...address,
    setRange: (range: Range) => write({ ...NO_ZOOM, range, from: null, to: null }),
    setDays: (from: string, to: string) => write({ ...NO_ZOOM, range: null, from, to }),
    zoomTo: (days: Span) => write(toZoom(days, address.query)),
    zoomOut: () => write(NO_ZOOM),
    setBy: (by: TrendKey) => write({ by: by === "severity" ? null : by }),
    setShape: (shape: OpenShape) => write({ shape: shape === "bands" ? null : shape }),
    setFixSeverity: (severity: Severity | null) => write({ fixSeverity: severity }),
    setMoveSeverity: (severity: Severity | null) => write({ moveSeverity: severity }),
    setCodeSeverity: (severity: Severity | null) => write({ codeSeverity: severity }),
    setMovers: (movers: MoverKey) => write({ movers: movers === "account" ? null : movers }),
    setScope: (name: "accountId" | "source" | "team", values: string[]) => write({ [name]: values.join(",") || null }),
    compareNothing: () => write(NO_COMPARISON),
    compareBefore: () => write({ ...NO_COMPARISON, compare: "before" }),
    compareDays: (from: string) => write({ ...NO_COMPARISON, compare: "days", compareFrom: from }),
    comparePart: (part: ComparedPart, a: string, b: string) => write({ ...NO_COMPARISON, compare: part, a, b }),
  };
}

/** Of picked weeks and months those days that are shown. */
function toZoom({ from, to }: Span, shown: { from?: string; to?: string }) {
  return {
    zoomFrom: shown.from && shown.from > from ? shown.from : from,
    zoomTo: shown.to && shown.to < to ? shown.to : to,
  };
}

export type TrendsAddressState = ReturnType<typeof useTrendsAddress>;
