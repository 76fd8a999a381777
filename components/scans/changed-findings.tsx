"use client";
import NextLink from "next/link";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { Severity } from "#components/ui/severity.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { ChangedFinding, FindingChange, RunName, ScanDifference } from "#lib/domain/scan-difference.ts";
import { runPath } from "./scan-paths.ts";

const LOOKS: Record<FindingChange, { title: string; sign: string; tone: string; atFirst: number }> = {
  new: { title: "New", sign: "+", tone: "text-bad-text", atFirst: 100 },
  fixed: { title: "Fixed", sign: "\u2212", tone: "text-ok-text", atFirst: 10 },
  unchanged: { title: "Unchanged", sign: "", tone: "text-text-3", atFirst: 10 },
};

/** One of a difference's lists, worst first. A long one is short until it is asked for more. */
export function ChangedFindings({ change, difference }: { change: FindingChange; difference: ScanDifference }) {
  const [isWhole, setIsWhole] = useState(false);
  const { count, items } = difference[change];
  const { title, atFirst } = LOOKS[change];
  if (count === 0) return null;
  const shown = isWhole ? items : items.slice(0, atFirst);
  return (
    <section id={change} aria-label={`${title} findings`} className="scroll-mt-16">
      <h3 className="border-t border-line bg-raised px-3.5 py-1.5 text-12 font-medium text-text-2">
        {title} <span className="text-text-3">{formatCount(count)}</span>
      </h3>
      <ul className="divide-y divide-line border-t border-line">
        {shown.map((finding) => (
          <ChangedLine key={finding.id} finding={finding} change={change} />
        ))}
      </ul>
      {shown.length < items.length ? (
        <p className="border-t border-line px-3.5 py-2">
          <Button size="small" onClick={() => setIsWhole(true)}>
            Show {formatCount(items.length - shown.length)} more
          </Button>
        </p>
      ) : null}
      {isWhole || shown.length === items.length ? <Rest unseen={count - items.length} /> : null}
    </section>
  );
}

function Rest({ unseen }: { unseen: number }) {
  if (unseen === 0) return null;
  return (
    <p className="border-t border-line px-3.5 py-2 text-text-2">
      {formatCount(unseen)} less severe ones are not shown. The files hold all.
    </p>
  );
}

function ChangedLine({ finding, change }: { finding: ChangedFinding; change: FindingChange }) {
  const { sign, tone } = LOOKS[change];
  return (
    <li className="relative grid grid-cols-[10px_96px_minmax(0,1fr)_auto] items-center gap-x-3 px-3.5 py-2 hover:bg-raised max-md:grid-cols-[10px_minmax(0,1fr)_auto]">
      <span aria-hidden="true" className={`font-mono ${tone}`}>
        {sign}
      </span>
      <Severity severity={finding.severity} />
      <span className="min-w-0 max-md:col-span-2 max-md:col-start-2">
        <NextLink
          href={`/findings/${finding.id}`}
          prefetch={false}
          className="block truncate font-medium after:absolute after:inset-0 max-md:whitespace-normal"
        >
          <UntrustedText text={finding.title} />
        </NextLink>
        {finding.location ? (
          <span className="block truncate font-mono text-12 text-text-3">
            <UntrustedText text={`${finding.location.path}:${finding.location.startLine}`} />
          </span>
        ) : null}
        <Fate finding={finding} change={change} />
      </span>
      <span className="flex gap-1 max-md:col-start-3 max-md:row-start-1">
        {finding.cwes.slice(0, 2).map((cwe) => (
          <Tag key={cwe}>{cwe}</Tag>
        ))}
      </span>
    </li>
  );
}

/** What was before this run, and what came after it. */
function Fate({ finding, change }: { finding: ChangedFinding; change: FindingChange }) {
  const { isReopened, closedBefore, closedByRun, statusNow } = finding;
  const isClosedLater = change !== "fixed" && statusNow === "closed";
  const isBack = change === "fixed" && statusNow !== "closed";
  if (!isReopened && !isClosedLater && !isBack) return null;
  return (
    <span className="flex flex-wrap gap-x-3 text-12 text-text-2">
      {isReopened ? (
        <span>
          Came back
          {closedBefore ? (
            <>
              : <Revision finding={finding} run={closedBefore} /> had closed it
            </>
          ) : null}
        </span>
      ) : null}
      {isClosedLater ? (
        <span>
          {closedByRun ? (
            <>
              Fixed in <Revision finding={finding} run={closedByRun} />
            </>
          ) : (
            "Closed since"
          )}
        </span>
      ) : null}
      {isBack ? <span>Open again today</span> : null}
    </span>
  );
}

/** Above the link that covers its row. */
function Revision({ finding, run }: { finding: ChangedFinding; run: RunName }) {
  return (
    <NextLink href={runPath({ name: finding.scanName ?? "", runId: run.runId })} className="link relative z-10">
      revision {run.revision}
    </NextLink>
  );
}
