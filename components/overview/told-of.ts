import type { Overview } from "#lib/domain/overview.ts";

/** The `asOf` of the lists behind numbers of the past: the very moment that these are told of. What is told of now has none. */
export const toListAsOf = ({ asOf }: Pick<Overview, "asOf">, isPast: boolean): string | undefined =>
  isPast ? (asOf ?? undefined) : undefined;

/** Since when what moved is told. */
export function sinceWords({ kind }: Pick<Overview["since"], "kind">, isPast: boolean): string {
  if (kind === "visit") return "Since your last visit";
  return isPast ? "In the 7 days before" : "In the last 7 days";
}
