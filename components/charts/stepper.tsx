"use client";
import NextLink from "next/link";
import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from "react";
import type { Frame } from "./frame.ts";
import { ReadingCard, readingText } from "./reading-card.tsx";
import type { Reading } from "./series.ts";

type StepperProps = {
  /** What is read: "Open findings by severity". */
  name: string;
  readings: Reading[];
  x: (index: number) => number;
  frame: Frame;
};

const PAGE_STEPS = 7;
const MOVES: Record<string, (at: number, last: number) => number> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at - 1,
  ArrowUp: (at) => at + 1,
  PageDown: (at) => at - PAGE_STEPS,
  PageUp: (at) => at + PAGE_STEPS,
  Home: () => 0,
  End: (_, last) => last,
};

/**
 * Reads a chart step by step: by pointer, by touch (the second touch opens) and by arrow keys. What is read is a text
 * beside the step and is said aloud; a press or Enter opens the list that is counted there.
 */
export function Stepper({ name, readings, x, frame }: StepperProps) {
  const hint = useId();
  const link = useRef<HTMLAnchorElement>(null);
  const opensOnClick = useRef(true);
  const [active, setActive] = useState<number | null>(null);
  const last = readings.length - 1;
  const reading = active === null ? undefined : readings[active];

  const point = (event: PointerEvent<HTMLElement>) => {
    const fromLeft = event.clientX - event.currentTarget.getBoundingClientRect().left + frame.left;
    const index = nearest(readings.length, x, fromLeft);
    // A finger cannot hover: its first touch reads a step, and the second one on it opens.
    if (event.type === "pointerdown") opensOnClick.current = event.pointerType !== "touch" || index === active;
    setActive(index);
  };
  const press = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    if (event.key === "Enter") link.current?.click();
    else if (event.key === "Escape") setActive(null);
    else if (move) setActive((now) => Math.min(last, Math.max(0, move(now ?? last, last))));
    else return;
    event.preventDefault();
  };
  const area = { left: frame.left, top: frame.top, width: frame.right - frame.left, height: frame.bottom - frame.top };

  return (
    <div className="print:hidden">
      <div
        role="slider"
        tabIndex={0}
        aria-label={`${name}, step by step`}
        aria-describedby={hint}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={active ?? last}
        aria-valuetext={readings[active ?? last]?.title}
        onKeyDown={press}
        onFocus={() => setActive((now) => now ?? last)}
        onBlur={() => setActive(null)}
        className="pointer-events-none absolute"
        style={area}
      />
      {/* For pointers: the slider does the same by keyboard, the table by name. */}
      <NextLink
        ref={link}
        href={reading?.href ?? "#"}
        prefetch={false}
        tabIndex={-1}
        aria-hidden="true"
        className={`absolute touch-pan-y ${reading?.href ? "cursor-pointer" : "cursor-default"}`}
        style={area}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={(event) => (event.pointerType === "touch" ? undefined : setActive(null))}
        onClick={(event) => {
          if (!reading?.href || !opensOnClick.current) event.preventDefault();
        }}
      />
      {reading && active !== null ? (
        <>
          <div
            className="pointer-events-none absolute w-px bg-text/50"
            style={{ left: x(active), top: area.top, height: area.height }}
          />
          <ReadingCard reading={reading} at={x(active)} frame={frame} />
        </>
      ) : null}
      <output aria-live="polite" className="sr-only">
        {reading ? readingText(reading) : null}
      </output>
      <span id={hint} className="sr-only">
        Arrow keys step, Enter opens the list
      </span>
    </div>
  );
}

function nearest(count: number, x: (index: number) => number, wanted: number): number {
  let best = 0;
  for (let index = 1; index < count; index++)
    if (Math.abs(x(index) - wanted) < Math.abs(x(best) - wanted)) best = index;
  return best;
}
