import { classNames } from "./class-names.ts";
import { formatCount } from "./numbers.ts";

type ProgressProps = { label: string; done: number; total: number | null; unit?: string; words?: string };

function toWords({ done, total, unit, words }: ProgressProps): string {
  if (words !== undefined) return words;
  const count = total === null ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`;
  return unit ? `${count} ${unit}` : count;
}

/**
 * How far a piece of work has come, as a bar and in words: a count, unless others are given. `total: null` = not known
 * yet.
 */
export function Progress(props: ProgressProps) {
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <span>{props.label}</span>
        <span className="text-12 text-text-3">{toWords(props)}</span>
      </div>
      <ProgressBar {...props} />
    </div>
  );
}

/** The bar alone, where the words stand elsewhere. */
export function ProgressBar(props: ProgressProps & { className?: string }) {
  const { label, done, total, className } = props;
  const share = total ? Math.min(1, done / total) : null;
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total ?? undefined}
      aria-valuenow={total === null ? undefined : Math.min(done, total)}
      aria-valuetext={toWords(props)}
      className={classNames("block h-1.5 overflow-hidden rounded-full bg-text/10", className)}
    >
      <span
        data-fill
        className={
          share === null
            ? "skeleton h-full w-full"
            : "block h-full rounded-full bg-accent transition-[width] duration-(--duration-slow)"
        }
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </span>
  );
}
