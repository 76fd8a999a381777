import NextLink from "next/link";
import { classNames } from "#components/ui/class-names.ts";
import type { CodeFigure as Figure } from "#lib/domain/code-metrics.ts";

type CodeFigureProps = {
  name: string;
  value: string;
  href?: string;
  /** Now and a period before; in percent where there was any before. Nothing is said where nobody knows. */
  change: Figure;
  since: string;
  /** Why there is nothing to compare with. */
  uncompared?: string;
  /** More is better for what was closed, worse for the rest. */
  isMoreBetter?: boolean;
};

const NO_SCAN = "no code scan before to compare with";

/** A number of the code scans beside its change in percent. */
export function CodeFigure({
  name,
  value,
  href,
  change,
  since,
  isMoreBetter = false,
  uncompared = NO_SCAN,
}: CodeFigureProps) {
  const moved = change.before === null ? 0 : change.value - change.before;
  const isGood = moved > 0 === isMoreBetter;
  return (
    <div>
      <dt className="text-text-2">{name}</dt>
      <dd className="text-20 font-semibold tracking-[-0.015em]">
        {href ? (
          <NextLink href={href} prefetch={false} className="hover:underline">
            {value}
          </NextLink>
        ) : (
          value
        )}
        <span
          className={classNames(
            "ml-1.5 text-13 font-medium tracking-normal",
            moved === 0 && "text-text-3",
            moved !== 0 && (isGood ? "text-ok-text" : "text-bad-text"),
          )}
        >
          {toShare(change)}
        </span>
        <span className="block text-12 font-normal tracking-normal text-text-3">
          {change.before === null ? uncompared : since}
        </span>
      </dd>
    </div>
  );
}

function toShare({ value, before }: Figure): string {
  if (before === null) return "";
  if (value === before) return "±0 %";
  if (before === 0) return "from 0";
  const percent = Math.round(((value - before) / before) * 100);
  return percent > 0 ? `+${percent} %` : `−${Math.abs(percent)} %`;
}
