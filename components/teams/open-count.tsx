import NextLink from "next/link";
import { formatCount } from "#components/ui/numbers.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Holdings } from "#lib/domain/team.ts";

/** How many are open, as the link to the list that it counts. */
export function OpenCount({ open, href }: { open: Holdings["open"]; href: string }) {
  const count = SEVERITIES.reduce((sum, severity) => sum + (open[severity] ?? 0), 0);
  return (
    <NextLink href={href} prefetch={false} className={count === 0 ? "text-text-3 hover:underline" : "hover:underline"}>
      {formatCount(count)}
    </NextLink>
  );
}
