import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import type { ReactNode } from "react";
import { dayAndYear, dayWord } from "#components/charts/days.ts";
import { classNames } from "#components/ui/class-names.ts";
import { countOf, formatChange, formatCount } from "#components/ui/numbers.ts";
import { fixedListAddress, movedListAddress, openListAddress } from "#lib/client/list-address.ts";
import { remediationQuery } from "#lib/client/trends.ts";
import { asOfOfDay } from "#lib/domain/as-of-day.ts";
import { addDays, firstOfNextMonth } from "#lib/domain/day.ts";
import type { Remediation, TrendScope, Trends, TrendsQuery } from "#lib/domain/trends.ts";
import { formatDays } from "./format-days.ts";
import { sumOfAll, sumOfKeys } from "./series-of.ts";

const URGENT = ["critical", "high"] as const;

/** The numbers that a manager hands on, each beside since when it moved. */
export function TrendsSummary({ trends, scope, query }: { trends: Trends; scope: TrendScope; query: TrendsQuery }) {
  const { by: _, ...remediation } = query;
  const { data: fixes } = useQuery(remediationQuery(remediation));
  const known = trends.days.filter((day) => day.known);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return <p className="text-16 text-text-2">Nothing is known of these days: there was no sync.</p>;

  const asOf = asOfOfDay(last.day, trends);
  const [open, openBefore] = [sumOfAll(last.open), sumOfAll(first.open)];
  const [urgent, urgentBefore] = [sumOfKeys(last.open, [...URGENT]), sumOfKeys(first.open, [...URGENT])];
  const fixed = sumOfAll(trends.movements.fixed ?? {});
  const since = first.day.slice(0, 4) === last.day.slice(0, 4) ? dayWord(first.day) : dayAndYear(first.day);
  return (
    <>
      <p className="max-w-[74ch] text-16 text-pretty text-text-2">
        <b className="font-semibold text-text">{toSentence(open, openBefore, first === last ? null : since)}</b>{" "}
        {first === last ? null : `Critical and high ${toVerb(urgent, urgentBefore)}.`}
        {fixes?.all ? ` Half of what was fixed took ${formatDays(fixes.all.medianDays)} or less.` : null}
      </p>
      <dl className="grid grid-cols-4 gap-y-3.5 border-b border-line pb-4 max-md:grid-cols-2">
        <Figure
          name="Open"
          change={open - openBefore}
          support={`since ${since}, from ${formatCount(openBefore)}`}
          href={openListAddress(scope, { asOf })}
        >
          {formatCount(open)}
        </Figure>
        <Figure
          name="Critical and high"
          change={urgent - urgentBefore}
          support={`since ${since}, from ${formatCount(urgentBefore)}`}
          href={openListAddress(scope, { asOf, severity: [...URGENT] })}
        >
          {formatCount(urgent)}
        </Figure>
        <Figure
          name="Fixed"
          support="in these days, and still scanned"
          href={movedListAddress(scope, {
            movement: ["fixed"],
            movedFrom: `${trends.from}T00:00:00.000Z`,
            movedTo: `${addDays(trends.to, 1)}T00:00:00.000Z`,
          })}
        >
          {formatCount(fixed)}
        </Figure>
        <Figure
          name="Median time to fix"
          href={fixes?.all ? toFixedList(fixes, scope) : undefined}
          support={
            fixes?.all
              ? `mean ${formatDays(fixes.all.meanDays)}, ${countOf(fixes.all.fixed, "fix", "fixes")} of ${countOf(fixes.all.findings, "finding")}`
              : "nothing was fixed"
          }
        >
          {fixes?.all ? formatDays(fixes.all.medianDays) : "–"}
        </Figure>
      </dl>
    </>
  );
}

/** What all the issues have that were fixed in the months told of. */
function toFixedList({ months, asOf }: Remediation, scope: TrendScope): string {
  const [first, last] = [months[0], months.at(-1)];
  return fixedListAddress(scope, {
    issueFixedFrom: first?.month,
    issueFixedTo: last && firstOfNextMonth(last.month),
    asOf: asOf ?? undefined,
  });
}

function Figure(props: { name: string; change?: number; support: string; href?: string; children: ReactNode }) {
  const { name, change, support, href, children } = props;
  return (
    <div className="border-line px-5 not-first:border-l first:pl-0 max-md:odd:border-0 max-md:odd:pl-0">
      <dt className="text-text-2">{name}</dt>
      <dd className="text-20 font-semibold tracking-[-0.015em]">
        {href ? (
          <NextLink href={href} prefetch={false} className="hover:underline">
            {children}
          </NextLink>
        ) : (
          children
        )}
        {change === undefined ? null : (
          <span className={classNames("ml-1.5 text-13 font-medium tracking-normal", toneOf(change))}>
            {formatChange(change)}
          </span>
        )}
        <span className="block text-12 font-normal tracking-normal text-text-3">{support}</span>
      </dd>
    </div>
  );
}

/** More that is open is worse. */
function toneOf(change: number): string {
  if (change === 0) return "text-text-3";
  return change > 0 ? "text-bad-text" : "text-ok-text";
}

function toSentence(now: number, before: number, since: string | null): string {
  const noun = now === 1 ? "finding is" : "findings are";
  if (since === null) return `${formatCount(now)} ${noun} open.`;
  if (now === before) return `${formatCount(now)} ${noun} open, as many as on ${since}.`;
  const share = before === 0 ? "" : ` ${Math.round((Math.abs(now - before) / before) * 100)} %`;
  return `${formatCount(now)} ${noun} open,${share} ${now > before ? "more" : "fewer"} than on ${since}.`;
}

function toVerb(now: number, before: number): string {
  if (now === before) return `stayed at ${formatCount(now)}`;
  return `${now > before ? "rose" : "fell"} from ${formatCount(before)} to ${formatCount(now)}`;
}
