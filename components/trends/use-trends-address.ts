"use client";
import { useMemo } from "react";
import { useAddress } from "#components/ui/address.ts";
import { useNow } from "#components/ui/clock.tsx";
import { toDay } from "#lib/domain/day.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { TrendKey } from "#lib/domain/trends.ts";
import { ADDRESS_NAMES, type Range, readTrendsAddress } from "./trends-address.ts";

/** The address as state: what it asks for, and the ways to change it. Each change is a step that "back" undoes. */
export function useTrendsAddress() {
  const [written, write] = useAddress(ADDRESS_NAMES);
  const today = toDay(useNow());
  const address = useMemo(() => readTrendsAddress(written, new Date(today)), [written, today]);
  return {
    ...address,
    setRange: (range: Range) => write({ range, from: null, to: null }),
    setDays: (from: string, to: string) => write({ range: null, from, to }),
    setBy: (by: TrendKey) => write({ by: by === "severity" ? null : by }),
    setFixSeverity: (severity: Severity | null) => write({ fixSeverity: severity }),
    setMoveSeverity: (severity: Severity | null) => write({ moveSeverity: severity }),
    setScope: (name: "accountId" | "source" | "team", values: string[]) => write({ [name]: values.join(",") || null }),
  };
}
