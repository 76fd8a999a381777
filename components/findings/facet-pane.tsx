import { FacetList, type FacetListProps } from "./facet-list.tsx";
import type { useFacets } from "./use-facets.ts";

/** The facets beside the list, where there is room; whether they came or went by their key is also said aloud. */
export function FacetPane({ pane, ...facets }: FacetListProps & { pane: ReturnType<typeof useFacets> }) {
  return (
    <>
      <span role="status" className="sr-only">
        {pane.said}
      </span>
      {pane.isShown ? (
        <div className="w-(--size-facets) flex-none overflow-y-auto border-r border-line px-2 pt-1.5 pb-10 max-[1280px]:hidden">
          <FacetList {...facets} />
        </div>
      ) : null}
    </>
  );
}
