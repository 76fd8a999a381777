import { Fragment, type ReactNode } from "react";
import { countOf, formatCount, shortenMiddle } from "#components/ui/numbers.ts";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { Fix } from "#lib/domain/fix.ts";
import { resourceNoun } from "#lib/domain/resource-type.ts";

/** How many findings a change closes, the change, and what is urgent about it. */
export function FixEffect({ fix, children }: { fix: Fix; children: ReactNode }) {
  const urgent = [
    fix.knownExploited > 0 ? `${formatCount(fix.knownExploited)} exploited` : null,
    fix.overdue > 0 ? `${formatCount(fix.overdue)} overdue` : null,
    fix.dueThisWeek > 0 ? `${formatCount(fix.dueThisWeek)} due this week` : null,
  ].filter((words) => words !== null);
  return (
    <>
      <span className="grid w-14 flex-none justify-items-end leading-4">
        <b className="text-16 font-semibold tabular-nums">{formatCount(fix.findings)}</b>
        <span className="text-11 text-text-3">{fix.findings === 1 ? "finding" : "findings"}</span>
      </span>
      <div className="min-w-0 flex-1">
        {children}
        <p className="truncate text-12 text-text-3 max-md:whitespace-normal">
          {countOf(fix.resources, resourceNoun(fix.resourceType))} <span aria-hidden="true">·</span>{" "}
          <UntrustedText text={fix.accountName ?? shortenMiddle(fix.accountId)} />
          {urgent.map((words) => (
            <Fragment key={words}>
              {" "}
              <span aria-hidden="true">·</span> <span className="font-medium text-text-2">{words}</span>
            </Fragment>
          ))}
        </p>
      </div>
    </>
  );
}
