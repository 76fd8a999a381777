import { AXIS_TEXT } from "./axes.tsx";
import type { Frame } from "./frame.ts";
import { type Run, toRuns } from "./runs.ts";
import type { Step } from "./series.ts";

const ROOM_FOR_WORDS = 84;
const PARTIAL_HEIGHT = 7;

/**
 * Hatches what nobody knows, and says so: a gap is neither zero nor a straight line. Where only a part is not known, a
 * hatched strip runs along the top.
 */
export function Gaps(props: {
  frame: Frame;
  runs: Run[];
  steps: Step[];
  x: (index: number) => number;
  hatchId: string;
}) {
  const { frame, runs, steps, x, hatchId } = props;
  return (
    <g>
      <Hatch id={hatchId} />
      {runs.map((run, position) => {
        if (run.isKnown) return null;
        // The drawn ends at the last known day and begins again at the next: what lies between is the gap.
        const from = x(Math.max(0, run.from - 1));
        const to = x(Math.min(steps.length - 1, run.to + 1));
        const isBefore = position === 0;
        const width = Math.max(to - from, 2);
        return (
          <g key={run.from} data-gap={isBefore ? "before" : "between"}>
            <rect
              x={from}
              y={frame.top}
              width={width}
              height={frame.bottom - frame.top}
              fill={`url(#${hatchId})`}
              data-fill
            />
            <GapName
              word={gapName(run, steps, isBefore || frame.isNarrow)}
              {...namePlace(frame, from, width, isBefore)}
            />
          </g>
        );
      })}
      {toRuns(steps.map(({ isPartial }) => isPartial === true))
        .filter(({ isKnown: isPartial }) => isPartial)
        .map((run) => (
          <rect
            key={run.from}
            x={x(run.from) - 1}
            y={frame.top}
            width={x(run.to) - x(run.from) + 2}
            height={PARTIAL_HEIGHT}
            fill={`url(#${hatchId})`}
            data-gap="partial"
            data-fill
          />
        ))}
    </g>
  );
}

function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <rect width="6" height="6" className="fill-surface" />
        <line x1="0" y1="0" x2="0" y2="6" className="stroke-chart-gap stroke-3" />
      </pattern>
    </defs>
  );
}

/** What the first step of a gap says of it, and from when to when. */
function gapName(run: Run, steps: Step[], isShort: boolean): string {
  const [first, last] = [steps[run.from], steps[run.to]];
  const word = first?.note ?? "Not known";
  if (isShort || !first || !last) return word;
  return `${word}, ${first === last ? first.label : `${first.label} to ${last.label}`}`;
}

/** Inside the hatched zone where there is room, above it otherwise, and never outside the chart. */
function namePlace(frame: Frame, from: number, width: number, isBefore: boolean) {
  const middle = from + width / 2;
  if (isBefore && width >= ROOM_FOR_WORDS) return { x: middle, y: frame.top + 18, anchor: "middle" as const };
  if (middle - frame.left < ROOM_FOR_WORDS) return { x: from, y: frame.top - 8, anchor: "start" as const };
  if (frame.right - middle < ROOM_FOR_WORDS) return { x: from + width, y: frame.top - 8, anchor: "end" as const };
  return { x: middle, y: frame.top - 8, anchor: "middle" as const };
}

function GapName({ word, x, y, anchor }: { word: string; x: number; y: number; anchor: "start" | "middle" | "end" }) {
  return (
    <text x={x} y={y} textAnchor={anchor} className={`${AXIS_TEXT} fill-warn-text font-medium`}>
      {word}
    </text>
  );
}
