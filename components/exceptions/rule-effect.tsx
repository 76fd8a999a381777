"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CountedLink } from "#components/ui/counted-link.tsx";
import { AccountCounts, SeverityCounts } from "#components/ui/effect-counts.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { backTestQuery, previewQuery, type RuleTerms } from "#lib/client/exceptions.ts";
import type { BackTest, ExceptionPreview } from "#lib/domain/exception.ts";
import { DayBars } from "./day-bars.tsx";

/** What a rule would hide now, and what it would have hidden: before it is made. */
export function RuleEffect({ terms }: { terms: RuleTerms }) {
  const preview = useQuery({ ...previewQuery(terms), placeholderData: keepPreviousData });
  const backTest = useQuery({ ...backTestQuery(terms), placeholderData: keepPreviousData });
  const error = preview.error ?? backTest.error;
  if (error) {
    return (
      <p role="alert" className="text-bad-text">
        {error.message}
      </p>
    );
  }
  return (
    <section aria-label="What it would hide" className="divide-y divide-line rounded-md border border-line">
      <div className="grid min-h-[62px] content-center gap-1 px-3 py-2.5" aria-live="polite" aria-busy={!preview.data}>
        {preview.data ? <Now preview={preview.data} /> : <Skeleton width="70%" />}
      </div>
      <div className="grid min-h-[62px] content-center gap-1 px-3 py-2.5" aria-live="polite" aria-busy={!backTest.data}>
        {backTest.data ? <Past backTest={backTest.data} /> : <Skeleton width="70%" />}
      </div>
    </section>
  );
}

function Now({ preview }: { preview: ExceptionPreview }) {
  const { count, alreadySuppressed, needsApproval } = preview;
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <b className="font-semibold">{count === 0 ? "Hides nothing now." : `Hides ${formatCount(count)} now:`}</b>
        <SeverityCounts {...preview} />
      </p>
      <p className="text-12 text-text-2">
        {count > 0 ? <AccountCounts {...preview} /> : "It would hide what comes and matches. "}
        {alreadySuppressed > 0 ? `${formatCount(alreadySuppressed)} more match and are suppressed already. ` : ""}
        {needsApproval
          ? "It touches critical or known-exploited findings: it hides nothing until another lead agrees."
          : ""}
      </p>
    </>
  );
}

function Past({ backTest }: { backTest: BackTest }) {
  const { count, fixedSince, days } = backTest;
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <b className="font-semibold">
          {count === 0 ? "Would have hidden nothing" : `Would have hidden ${formatCount(count)}`} in the last 90 days
          {count === 0 ? "." : ":"}
        </b>
        <SeverityCounts {...backTest} />
      </p>
      {days.length > 0 ? <DayBars backTest={backTest} /> : null}
      <p className="text-12 text-text-2">
        {fixedSince > 0 ? `${formatCount(fixedSince)} of them have been fixed since. ` : ""}
        Findings that came in that time, with the severity that they came with; everything else as it is today.{" "}
        <CountedLink href={definitionAddress("back-test")} of="what it would have hidden" />
      </p>
    </>
  );
}
