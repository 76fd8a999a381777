import { Banner } from "#components/ui/notice.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { FindingsAddress } from "./findings-address.ts";
import { FIELD_WORDS } from "./words.ts";

/** Says which part of the address asks for what nothing can answer. */
export function RefusedFilters({ refused }: { refused: FindingsAddress["refused"] }) {
  if (refused.length === 0) return null;
  const words: Record<string, string> = { ...FIELD_WORDS, sort: "Sort", by: "Group by" };
  return (
    <div className="mx-3.5 mt-2 max-md:mx-3">
      <Banner kind="stale">
        Left out of the filter, since it has no such value:{" "}
        {refused.map(({ name, value }, index) => (
          <span key={name}>
            {index > 0 ? ", " : null}
            {words[name] ?? name} “<UntrustedText text={value.slice(0, 80)} />”
          </span>
        ))}
        .
      </Banner>
    </div>
  );
}
