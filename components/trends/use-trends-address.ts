"use client";
import { createContext, useContext, useMemo } from "react";
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

const NO_COMPARISON = { compare: null, compareFrom: null, a: null, b: null };

/** The address as state: what it asks for, and the ways to change it. Each change is a step that "back" undoes. */
export function useTrendsAddress() {
  const [written, write] = useAddress(ADDRESS_NAMES);
  const firstDay = useContext(FirstDay);
  const today = toDay(useNow());
  const address = useMemo(() => readTrendsAddress(written, new Date(today), firstDay), [written, today, firstDay]);
  return {
    ...address,
    setRange: (range: Range) => write({ range, from: null, to: null }),
    setDays: (from: string, to: string) => write({ range: null, from, to }),
    setBy: (by: TrendKey) => write({ by: by === "severity" ? null : by }),
    setShape: (shape: OpenShape) => write({ shape: shape === "bands" ? null : shape }),
    setFixSeverity: (severity: Severity | null) => write({ fixSeverity: severity }),
    setMoveSeverity: (severity: Severity | null) => write({ moveSeverity: severity }),
    setMovers: (movers: MoverKey) => write({ movers: movers === "account" ? null : movers }),
    setScope: (name: "accountId" | "source" | "team", values: string[]) => write({ [name]: values.join(",") || null }),
    compareNothing: () => write(NO_COMPARISON),
    compareBefore: () => write({ ...NO_COMPARISON, compare: "before" }),
    compareDays: (from: string) => write({ ...NO_COMPARISON, compare: "days", compareFrom: from }),
    comparePart: (part: ComparedPart, a: string, b: string) => write({ ...NO_COMPARISON, compare: part, a, b }),
  };
}

export type TrendsAddressState = ReturnType<typeof useTrendsAddress>;
