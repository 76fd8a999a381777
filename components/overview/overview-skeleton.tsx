import { Skeleton } from "#components/ui/skeleton.tsx";

const BLOCKS = ["h-[396px]", "h-[396px]", "h-[300px]", "h-[300px]"];

/** The page in its final measures, before the numbers come. */
export function OverviewSkeleton() {
  return (
    <div role="status" aria-busy="true" className="grid gap-4">
      <span className="sr-only">Loading the overview</span>
      <div className="grid h-[112px] grid-cols-5 gap-6 rounded-lg border border-line p-4 max-lg:h-[338px] max-lg:grid-cols-2">
        {["a", "b", "c", "d", "e"].map((tile) => (
          <Skeleton key={tile} width="60%" />
        ))}
      </div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1.28fr)_minmax(0,1fr)]">
        {BLOCKS.map((height, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the blocks stand where they stand
          <div key={index} className={`rounded-lg border border-line p-4 ${height}`}>
            <Skeleton width="40%" />
          </div>
        ))}
      </div>
    </div>
  );
}
