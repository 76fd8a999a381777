"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Block } from "#components/ui/block.tsx";
import { formatCount, formatPercent, formatScore } from "#components/ui/numbers.ts";
import { SeverityGlyph, severityWord } from "#components/ui/severity.tsx";
import { ExploitedTag, Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { openListAddress } from "#lib/client/list-address.ts";
import { overviewQuery } from "#lib/client/overview.ts";
import { useAsOf } from "#lib/client/use-as-of.ts";
import { useTeam } from "#lib/client/use-team.ts";
import type { Finding } from "#lib/domain/finding.ts";
import { resourceTypeName } from "#lib/domain/resource-type.ts";
import { findingNoun, findingTitle } from "./finding-noun.ts";

/** The findings at the top of the list, each with the reason why it stands there. */
export function WorstFindings() {
  const team = useTeam();
  const asOf = useAsOf();
  const { data } = useQuery(overviewQuery(team, asOf));
  if (!data) return null;
  const moment = asOf === undefined ? undefined : (data.asOf ?? undefined);
  const all = (
    <NextLink
      href={openListAddress({ severity: ["critical", "high"], team }, { asOf: moment })}
      className="link text-12"
    >
      All {formatCount(data.urgent)} critical and high
    </NextLink>
  );
  return (
    <Block
      title={asOf === undefined ? "Worst now" : "Worst then"}
      note="By severity, score and exploitation"
      actions={all}
      flush
    >
      {data.worst.length === 0 ? (
        <p className="border-t border-line px-3.5 py-3 text-text-2">Nothing is open.</p>
      ) : (
        <ol className="divide-y divide-line border-t border-line">
          {data.worst.map((finding) => (
            <WorstFinding key={finding.id} finding={finding} isPast={asOf !== undefined} />
          ))}
        </ol>
      )}
    </Block>
  );
}

function WorstFinding({ finding, isPast }: { finding: Finding; isPast: boolean }) {
  const noun = findingNoun(finding);
  return (
    <li className="relative grid grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-x-2.5 px-3.5 py-1.5 hover:bg-raised">
      <SeverityGlyph severity={finding.severity} className="mt-0.5" />
      <div className="min-w-0">
        <NextLink
          href={`/findings/${finding.id}`}
          prefetch={false}
          className="block truncate font-medium after:absolute after:inset-0 max-md:whitespace-normal max-md:wrap-anywhere"
        >
          <span className="sr-only">{severityWord(finding.severity)}: </span>
          {noun ? (
            <UntrustedText text={`${noun.text} `} className={noun.isCode ? "font-mono text-12" : undefined} />
          ) : null}
          <UntrustedText text={findingTitle(finding)} className={noun ? "font-normal text-text-2" : undefined} />
        </NextLink>
        <p className="truncate text-12 text-text-3 max-md:whitespace-normal max-md:wrap-anywhere">
          <UntrustedText text={finding.resource.name || finding.resource.id} className="text-text-2" />{" "}
          {resourceTypeName(finding.resource.type)} <span aria-hidden="true">·</span>{" "}
          <UntrustedText text={finding.cve ?? finding.detectorId ?? ""} /> <span aria-hidden="true">·</span>{" "}
          {isPast ? "first seen " : "open for "}
          <Time at={finding.firstObservedAt} format={isPast ? "day" : "age"} />
        </p>
      </div>
      <div className="grid justify-items-end gap-0.5 text-12 whitespace-nowrap text-text-2 max-md:col-start-2 max-md:mt-1 max-md:flex max-md:items-center max-md:gap-2">
        {finding.knownExploited ? <ExploitedTag /> : null}
        {!finding.knownExploited && finding.exploitAvailable === "yes" ? (
          <Tag tone="line">Exploit is public</Tag>
        ) : null}
        <span>{toReason(finding)}</span>
      </div>
    </li>
  );
}

/** Why it stands above what is below it: its score, and how likely it is to be exploited. */
function toReason({ score, epss }: Finding): string {
  return [score === null ? null : `Score ${formatScore(score)}`, epss === null ? null : `EPSS ${formatPercent(epss)}`]
    .filter(Boolean)
    .join(", ");
}
