import { Skeleton } from "#components/ui/skeleton.tsx";

type ChartPlaceholderProps = {
  height: number;
  /** Why there are no numbers to wait for. */
  error?: Error | null;
};

/** Keeps the place of a drawing until its numbers are there, or says why they do not come. */
export function ChartPlaceholder({ height, error }: ChartPlaceholderProps) {
  if (error) {
    return (
      <p role="alert" className="grid place-content-center text-center text-pretty text-text-2" style={{ height }}>
        {error.message}
      </p>
    );
  }
  return (
    <div style={{ height }}>
      <Skeleton width="100%" />
    </div>
  );
}
