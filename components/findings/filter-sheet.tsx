import { Button } from "#components/ui/button.tsx";
import { Sheet } from "#components/ui/dialog.tsx";
import { formatTotal } from "#components/ui/numbers.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";
import { FacetList, type FacetListProps } from "./facet-list.tsx";

type FilterSheetProps = FacetListProps & {
  isOpen: boolean;
  onClose: () => void;
  total: FindingPage["total"] | undefined;
  onClear: () => void;
};

/** The facets of a small screen, with how many they leave. */
export function FilterSheet({ isOpen, onClose, total, onClear, ...facets }: FilterSheetProps) {
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title="Filters"
      actions={
        <>
          <Button look="ghost" size="small" onClick={onClear}>
            Clear all
          </Button>
          <Button look="main" size="small" onClick={onClose}>
            Show {total ? formatTotal(total) : ""}
          </Button>
        </>
      }
    >
      <FacetList {...facets} />
    </Sheet>
  );
}
