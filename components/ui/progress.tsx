import { formatCount } from "./numbers.ts";

/** How far a piece of work has come, as a bar and in words. `total: null` = not known yet. */
export function Progress(props: { label: string; done: number; total: number | null; unit?: string }) {
  const { label, done, total, unit } = props;
  const share = total ? Math.min(1, done / total) : null;
  const of = total === null ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`;
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <span>{label}</span>
        <span className="text-12 text-text-3">{unit ? `${of} ${unit}` : of}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={share === null ? undefined : Math.min(done, total ?? done)}
        aria-valuetext={unit ? `${of} ${unit}` : of}
        className="h-1.5 overflow-hidden rounded-full bg-inset"
      >
        <div
          data-fill
          className={
            share === null
              ? "skeleton h-full w-full"
              : "h-full rounded-full bg-accent transition-[width] duration-(--duration-slow)"
          }
          style={share === null ? undefined : { width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}
