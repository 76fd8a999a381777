import { formatDay } from "#components/ui/times.ts";
import type { Exception } from "#lib/domain/exception.ts";

/** "until 24 Dec", "until a fix exists". A day is taken by its last instant. */
export function untilWords(until: string, now: Date): string {
  return until === "fix" ? "until a fix exists" : `until ${formatDay(new Date(until), now)}`;
}

/** The open findings that an exception holds, as a list. */
export const heldAddress = (id: string): string => `/findings?status=suppressed&exception=${id}`;

const END_WORDS: Record<NonNullable<Exception["ended"]>["cause"], string> = {
  person: "Ended",
  expiry: "Ran out",
  declined: "Declined",
};

export const endWords = ({ cause }: NonNullable<Exception["ended"]>): string => END_WORDS[cause];
