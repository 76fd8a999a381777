"use client";
import { useNow, useTimeZone } from "./clock.tsx";
import { formatAge, formatAsOf, formatDay, formatExact, formatRelative } from "./times.ts";

const FORMATS = { relative: formatRelative, age: formatAge, day: formatDay, "as-of": formatAsOf };

/** An instant (ISO 8601) in few words, with the exact one on hover. */
export function Time(props: { at: string; format?: keyof typeof FORMATS; className?: string }) {
  const { at, format = "relative", className } = props;
  const now = useNow();
  const exact = formatExact(new Date(at), useTimeZone());
  return (
    <time dateTime={at} title={exact} className={className}>
      {FORMATS[format](new Date(at), now)}
    </time>
  );
}
