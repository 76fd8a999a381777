import { dayWord } from "#components/charts/days.ts";
import { Icon } from "#components/ui/icon.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { Trends } from "#lib/domain/trends.ts";

const SHOWN = 3;

/** Names the places that were not read for a while: their last value is carried on, and that is said. */
export function GapsNote({ gaps }: { gaps: Trends["gaps"] }) {
  if (gaps.length === 0) return null;
  return (
    <ul className="mt-2 grid gap-0.5 text-12 text-text-2">
      {gaps.slice(0, SHOWN).map((gap) => (
        <li key={`${gap.accountId} ${gap.region} ${gap.source} ${gap.from}`} className="flex items-start gap-1.5">
          <Icon name="clock" className="mt-px size-3.5 text-warn-text" />
          <span>
            <UntrustedText text={gap.accountName ?? gap.accountId} className="font-medium" /> {gap.region}: not read
            from {dayWord(gap.from)} to {dayWord(gap.to)}, carried at its last value
          </span>
        </li>
      ))}
      {gaps.length > SHOWN ? (
        <li className="pl-5 text-text-3">and {countOf(gaps.length - SHOWN, "more gap")}</li>
      ) : null}
    </ul>
  );
}
