"use client";
import { memo, type ReactNode, useState } from "react";
import { Boundary, NotShown } from "#components/ui/boundary.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { countOf, formatTotal } from "#components/ui/numbers.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { FindingListFilter } from "#lib/client/findings.ts";
import type { FindingFacets } from "#lib/domain/finding-page.ts";
import type { ConditionKey } from "#lib/domain/finding-query.ts";
import { ASKED_FACETS, AskedFacet } from "./asked-facet.tsx";
import { FacetLine } from "./facet-line.tsx";
import { FACETS, type FacetGroup, facetOptions } from "./facet-options.ts";

const SHOWN = 6;

export type FacetListProps = {
  filter: FindingListFilter;
  facets: FindingFacets | undefined;
  onToggle: (name: ConditionKey, value: string) => void;
};

/**
 * What the list can be narrowed by, each value with how many would be left. Counts follow all the *other* filters. Drawn
 * anew when these change: not with each key that moves or selects beside it.
 */
export const FacetList = memo(function FacetList({ filter, facets, onToggle }: FacetListProps) {
  return (
    <fieldset className="min-w-0" aria-busy={facets === undefined}>
      <legend className="sr-only">Filters</legend>
      {FACETS.map((group) => (
        <FacetBoundary key={group.title} title={group.title}>
          <FacetSection group={group} facets={facets} filter={filter} onToggle={onToggle} />
        </FacetBoundary>
      ))}
      {ASKED_FACETS.map((facet) => (
        <FacetBoundary key={facet.name} title={facet.title}>
          <AskedFacet facet={facet} filter={filter} onToggle={onToggle} />
        </FacetBoundary>
      ))}
    </fieldset>
  );
});

function FacetBoundary({ title, children }: { title: string; children: ReactNode }) {
  return <Boundary fallback={(again) => <NotShown what={title} onAgain={again} />}>{children}</Boundary>;
}

type FacetSectionProps = FacetListProps & { group: FacetGroup };

function FacetSection({ group, facets, filter, onToggle }: FacetSectionProps) {
  const [showsAll, setShowsAll] = useState(false);
  const options = facets ? facetOptions(group, facets, filter) : null;
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
            <FacetLine
              option={{ ...option, count: formatTotal(option.total) }}
              onToggle={() => onToggle(option.name, option.value)}
            />
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

function FacetSkeleton({ lines }: { lines: number }) {
  return Array.from({ length: lines }, (_, line) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
    <li key={line} className="flex h-[27px] items-center px-2 max-md:h-10">
      <Skeleton width={`${50 + ((line * 17) % 40)}%`} />
    </li>
  ));
}
