"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { useState } from "react";
import { countOf, formatTotal } from "#components/ui/numbers.ts";
import { ProgressBar } from "#components/ui/progress.tsx";
import { fixedByFix, fixProgressQuery } from "#lib/client/fixes.ts";
import { addDays, toDay } from "#lib/domain/day.ts";
import type { Fix } from "#lib/domain/fix.ts";

const DAYS = 30;

/** How far a fix has come: of its findings, those that were fixed in the last weeks, against those that are left. */
export function FixProgress({ fix }: { fix: Fix }) {
  const [since] = useState(() => addDays(toDay(new Date()), -DAYS));
  const { data: fixed } = useQuery(fixProgressQuery(fix, since));
  if (!fixed) return null;
  if (fixed.count === 0) return <p className="text-12 text-text-3">None was fixed in the last {DAYS} days.</p>;
  return (
    <div className="grid max-w-80 gap-1.5 text-12 text-text-2">
      <span>
        <NextLink href={`/findings?${fixedByFix(fix, since)}`} prefetch={false} className="link">
          {formatTotal(fixed)} fixed in the last {DAYS} days
        </NextLink>
        , {countOf(fix.findings, "finding")} left
      </span>
      <ProgressBar label="Fixed" done={fixed.count} total={fixed.count + fix.findings} unit="findings" />
    </div>
  );
}
