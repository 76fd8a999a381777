import type { ReactNode } from "react";

/** Names and their values, one a line. An entry without a value is left out. */
export function DescriptionList({ entries }: { entries: { name: string; value: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[84px_minmax(0,1fr)] gap-x-3 gap-y-[5px]">
      {entries
        .filter(({ value }) => value !== null && value !== undefined && value !== "")
        .map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-text-3">{name}</dt>
            <dd className="min-w-0 wrap-anywhere">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
