import { Banner } from "./notice.tsx";
import { countOf, formatCount } from "./numbers.ts";

/** Says that numbers are on their way from former rules to changed ones; nothing once they are there. */
export function ApplyingNote({ applying }: { applying: { done: number; total: number } | null }) {
  if (applying === null) return null;
  const { done, total } = applying;
  return (
    <div className="px-3.5 pb-2.5">
      <Banner kind="note">
        The changed rules are being carried out: {formatCount(done)} of {countOf(total, "account")}. Until then some
        numbers follow the rules of before.
      </Banner>
    </div>
  );
}
