import { Skeleton } from "#components/ui/skeleton.tsx";

const HEIGHTS = [404, 330, 360];

/** The page in its final measures, before the numbers come. */
export function TrendsSkeleton() {
  return (
    <div aria-busy="true" role="status" className="grid gap-4">
      <span className="sr-only">Loading trends</span>
      <Skeleton width="100%" />
      {HEIGHTS.map((height) => (
        <div key={height} className="rounded-lg border border-line p-4" style={{ height }}>
          <Skeleton width="220px" />
        </div>
      ))}
    </div>
  );
}
