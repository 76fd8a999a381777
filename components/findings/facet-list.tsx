"use client";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { LabelledCheckbox } from "#components/ui/checkbox.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { countOf, formatCount } from "#components/ui/numbers.ts";
import { Severity } from "#components/ui/severity.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { FindingListFilter } from "#lib/client/findings.ts";
import type { FacetName, FindingFacets } from "#lib/domain/finding-page.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { FACETS, type FacetGroup, type FacetOption, facetOptions } from "./facet-options.ts";

const SHOWN = 6;

type FacetListProps = {
  filter: FindingListFilter;
  facets: FindingFacets | undefined;
  onToggle: (name: FacetName, value: string) => void;
};

/** What the list can be narrowed by, each value with how many would be left. Counts follow all the *other* filters. */
export function FacetList({ filter, facets, onToggle }: FacetListProps) {
  return (
    <fieldset className="min-w-0" aria-busy={facets === undefined}>
      <legend className="sr-only">Filters</legend>
      {FACETS.map((group) => (
        <FacetSection
          key={group.title}
          group={group}
          options={facets ? facetOptions(group, facets, filter) : null}
          onToggle={onToggle}
        />
      ))}
    </fieldset>
  );
}

type FacetSectionProps = { group: FacetGroup; options: FacetOption[] | null; onToggle: FacetListProps["onToggle"] };

function FacetSection({ group, options, onToggle }: FacetSectionProps) {
  const [showsAll, setShowsAll] = useState(false);
  if (options?.length === 0) return null;
  const shown = showsAll ? options : options?.filter((option, index) => index < SHOWN || option.isChosen);
  const hidden = (options?.length ?? 0) - (shown?.length ?? 0);
  return (
    <details open={!group.startsClosed} className="group border-b border-line pt-0.5 pb-1.5 last:border-0">
      <summary className="flex h-8 items-center justify-between rounded-sm px-2 max-md:h-11">
        <h3>{group.title}</h3>
        <Icon name="down" className="-rotate-90 text-text-3 transition-transform group-open:rotate-0" />
      </summary>
      <ul>
        {shown?.map((option) => (
          <li key={`${option.name} ${option.value}`}>
            <FacetLine option={option} onToggle={() => onToggle(option.name, option.value)} />
          </li>
        )) ?? <FacetSkeleton lines={group.lines} />}
      </ul>
      {hidden > 0 ? (
        <Button look="ghost" size="small" onClick={() => setShowsAll(true)}>
          {countOf(hidden, "more", "more")}
        </Button>
      ) : null}
    </details>
  );
}

function FacetLine({ option, onToggle }: { option: FacetOption; onToggle: () => void }) {
  const severity = option.name === "severity" && SEVERITIES.find((one) => one === option.value);
  return (
    <div className="flex h-[27px] items-center rounded-sm px-2 hover:bg-raised max-md:h-10 [&>label]:min-w-0 [&>label]:flex-1">
      <LabelledCheckbox checked={option.isChosen} onChange={onToggle}>
        {severity ? (
          <Severity severity={severity} small />
        ) : (
          <UntrustedText text={option.label} className="min-w-0 truncate" />
        )}
        <span className={option.count === 0 ? "ml-auto pl-2 text-text-3/80" : "ml-auto pl-2 text-text-3"}>
          {formatCount(option.count)}
        </span>
      </LabelledCheckbox>
    </div>
  );
}

function FacetSkeleton({ lines }: { lines: number }) {
  return Array.from({ length: lines }, (_, line) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
    <li key={line} className="flex h-[27px] items-center px-2 max-md:h-10">
      <Skeleton width={`${50 + ((line * 17) % 40)}%`} />
    </li>
  ));
}
