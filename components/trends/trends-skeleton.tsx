import { Skeleton } from "#components/ui/skeleton.tsx";

const HEIGHTS = [428, 330, 360];
/** As high as each part is with its numbers. */
export const PART_HEIGHTS = { compare: 760, why: 430, flow: 756, age: 348, movers: 604, code: 900 };

/** The page in its final measures, before the numbers come. */
export function TrendsSkeleton() {
  return (
    <div aria-busy="true" role="status" className="grid gap-4">
      <span className="sr-only">Loading trends</span>
      <Skeleton width="100%" />
      {HEIGHTS.map((height) => (
        <PartSkeleton key={height} height={height} />
      ))}
    </div>
  );
}

/** The place of a part that follows. */
export function PartSkeleton({ height }: { height: number }) {
  return (
    <div className="rounded-lg border border-line p-4" style={{ height }}>
      <Skeleton width="220px" />
    </div>
  );
}
