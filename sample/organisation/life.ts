import { DAY, HOUR, NEVER } from "./time.ts";

export type FindingStatus = "ACTIVE" | "SUPPRESSED" | "CLOSED";
export type Span = { from: number; to: number };

/** What happens to one finding: its status from each instant on, until Inspector forgets it. */
export type Life = {
  changes: readonly { at: number; status: FindingStatus }[];
  deletedAt: number;
};

/** Inspector keeps a closed finding for 30 days, and for 3 when its resource is gone. */
const KEPT_AFTER_CLOSING = 30 * DAY;
const KEPT_AFTER_RESOURCE_GONE = 3 * DAY;
/** A problem that is back within this time reopens its finding; later it is a new finding. */
const REOPENS_WITHIN = 7 * DAY;

/**
 * The lives of the findings of one problem on one resource. `spans` say when the problem is there, in order;
 * Inspector notices each change `lag` later. A short gap reopens, a longer one begins another finding.
 */
export function livesOf(spans: readonly Span[], lag: number, goneAt: number, suppressed: Span | null): Life[] {
  const observed = spans
    .map(({ from, to }) => ({ from: from + lag, to: Math.min(to, goneAt) + lag }))
    .filter(({ from, to }) => to - from >= HOUR && from < goneAt);
  const groups: Span[][] = [];
  for (const span of observed) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group && before && span.from - before.to <= REOPENS_WITHIN) group.push(span);
    else groups.push([span]);
  }
  return groups.map((group) => lifeOf(group, goneAt + lag, suppressed));
}

function lifeOf(spans: readonly Span[], goneNoticedAt: number, suppressed: Span | null): Life {
  const changes: Life["changes"][number][] = [];
  for (const span of spans) {
    const hidden = suppressed && overlapOf(span, suppressed);
    if (hidden?.from !== span.from) changes.push({ at: span.from, status: "ACTIVE" });
    if (hidden) changes.push({ at: hidden.from, status: "SUPPRESSED" });
    if (hidden && hidden.to < span.to) changes.push({ at: hidden.to, status: "ACTIVE" });
    if (span.to !== NEVER) changes.push({ at: span.to, status: "CLOSED" });
  }
  const closedAt = spans.at(-1)?.to ?? NEVER;
  const kept = closedAt >= goneNoticedAt ? KEPT_AFTER_RESOURCE_GONE : KEPT_AFTER_CLOSING;
  return { changes, deletedAt: closedAt + kept };
}

function overlapOf(one: Span, other: Span): Span | null {
  const overlap = { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
  return overlap.from < overlap.to ? overlap : null;
}
