import NextLink from "next/link";
import { formatCount } from "#components/ui/numbers.ts";
import type { ScanRun } from "#lib/domain/scan.ts";
import { toFindingsPath } from "./scan-paths.ts";

/** What this revision changed against the one before. */
export function RunDifference({ name, counts }: { name: string; counts: NonNullable<ScanRun["counts"]> }) {
  const closed = `/findings?${new URLSearchParams({ status: "closed", scanName: name })}`;
  return (
    <section
      aria-label="Difference to the revision before"
      className="flex flex-wrap items-baseline gap-x-6 gap-y-2 rounded-lg border border-line p-3.5"
    >
      <Figure
        count={counts.new}
        word="new"
        href={toFindingsPath({ scanName: name })}
        tone={counts.new > 0 ? "text-bad-text" : "text-text-3"}
      />
      <Figure
        count={counts.closed}
        word="fixed"
        href={closed}
        tone={counts.closed > 0 ? "text-ok-text" : "text-text-3"}
      />
      <Figure count={counts.unchanged} word="unchanged" href={toFindingsPath({ scanName: name })} tone="text-text" />
    </section>
  );
}

function Figure({ count, word, href, tone }: { count: number; word: string; href: string; tone: string }) {
  return (
    <NextLink href={href} className="inline-flex items-baseline gap-2 hover:underline">
      <span className={`text-30 font-semibold ${tone}`}>{formatCount(count)}</span>
      <span>{word}</span>
    </NextLink>
  );
}
