"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CountedLink } from "#components/ui/counted-link.tsx";
import { countOf, formatCount } from "#components/ui/numbers.ts";
import { Severity } from "#components/ui/severity.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ExploitedTag } from "#components/ui/tag.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { backTestQuery, previewQuery, type RuleTerms } from "#lib/client/exceptions.ts";
import type { BackTest, ExceptionPreview } from "#lib/domain/exception.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
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

type Counts = { bySeverity: ExceptionPreview["bySeverity"]; knownExploited: number };

function BySeverity({ bySeverity, knownExploited }: Counts) {
  return (
    <>
      {SEVERITIES.map((severity) =>
        bySeverity[severity] ? (
          <span key={severity} className="inline-flex items-center gap-1.5">
            {formatCount(bySeverity[severity])} <Severity severity={severity} />
          </span>
        ) : null,
      )}
      {knownExploited > 0 ? <ExploitedTag word={`${formatCount(knownExploited)} known exploited`} /> : null}
    </>
  );
}

function Now({ preview }: { preview: ExceptionPreview }) {
  const { count, alreadySuppressed, needsApproval } = preview;
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <b className="font-semibold">{count === 0 ? "Hides nothing now." : `Hides ${formatCount(count)} now:`}</b>
        <BySeverity {...preview} />
      </p>
      <p className="text-12 text-text-2">
        {count > 0 ? <Accounts preview={preview} /> : "It would hide what comes and matches. "}
        {alreadySuppressed > 0 ? `${formatCount(alreadySuppressed)} more match and are suppressed already. ` : ""}
        {needsApproval
          ? "It touches critical or known-exploited findings: it hides nothing until another lead agrees."
          : ""}
      </p>
    </>
  );
}

const MOST_ACCOUNTS = 3;

function Accounts({ preview: { accounts, accountCount } }: { preview: ExceptionPreview }) {
  const shown = accounts.slice(0, MOST_ACCOUNTS);
  const rest = accountCount - shown.length;
  return (
    <>
      In{" "}
      {shown.map(({ accountId, accountName, count }, index) => (
        <span key={accountId}>
          {index > 0 ? ", " : ""}
          <UntrustedText text={accountName ?? accountId} />
          {accountCount > 1 ? ` (${formatCount(count)})` : ""}
        </span>
      ))}
      {rest > 0 ? ` and ${countOf(rest, "more account")}` : ""}.{" "}
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
        <BySeverity {...backTest} />
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
