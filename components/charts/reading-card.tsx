import type { ReactNode } from "react";
import type { Frame } from "./frame.ts";
import type { Reading } from "./series.ts";

const CARD_WIDTH = 188;
const DISTANCE = 12;

/** The numbers of one step beside it, on the side where there is room; below them what can be done with it. */
export function ReadingCard(props: { reading: Reading; at: number; frame: Frame; children: ReactNode }) {
  const { reading, at, frame, children } = props;
  const fitsRight = at + DISTANCE + CARD_WIDTH <= frame.right;
  const left = fitsRight ? at + DISTANCE : Math.max(0, at - DISTANCE - CARD_WIDTH);
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute z-10 rounded-md bg-overlay px-3 py-2 text-12 shadow-overlay"
      style={{ left, top: frame.top, width: CARD_WIDTH }}
    >
      <p className="font-semibold">{reading.title}</p>
      {reading.note ? <p className="text-warn-text">{reading.note}</p> : null}
      {reading.noted ? <p className="line-clamp-3 text-text-2">{reading.noted}</p> : null}
      <dl className="mt-1 grid gap-px">
        {reading.lines.map(({ name, value, swatch }) => (
          <div key={name} className="flex items-center gap-1.5">
            {swatch ? <span data-fill className={`size-2.5 flex-none rounded-[2px] ${swatch}`} /> : null}
            <dt className="min-w-0 flex-1 truncate text-text-2">{name}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1 text-11 text-text-3 empty:hidden">{children}</p>
    </div>
  );
}

/** The same in one line, for ears. */
export function readingText({ title, lines, note, noted }: Reading): string {
  return [title, note, noted, ...lines.map(({ name, value }) => `${name} ${value}`)].filter(Boolean).join(", ");
}
