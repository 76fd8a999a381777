import { Skeleton } from "#components/ui/skeleton.tsx";

/** Keeps the place of a drawing until its numbers are there. */
export function ChartPlaceholder({ height }: { height: number }) {
  return (
    <div style={{ height }}>
      <Skeleton width="100%" />
    </div>
  );
}
