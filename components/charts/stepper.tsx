"use client";
import NextLink from "next/link";
import { useId, useRef } from "react";
import { dayAndYear } from "./days.ts";
import type { Frame } from "./frame.ts";
import { ReadingCard, readingText } from "./reading-card.tsx";
import type { Reading } from "./series.ts";
import { useStepping } from "./use-stepping.ts";
import type { Span } from "./zoom.ts";

type StepperProps = {
  /** What is read: "Open findings by severity". */
  name: string;
  readings: Reading[];
  x: (index: number) => number;
  frame: Frame;
};

const HINT = "Arrow keys step, Enter opens the list";
const ZOOM_HINT = `${HINT}. With Shift they pick days, and Enter shows these alone; Escape goes back`;

/**
 * Reads a chart step by step: by pointer, by touch (the second touch opens) and by arrow keys. What is read is a text
 * beside the step and is said aloud; a press or Enter opens the list that is counted there. Dragging picks days.
 */
export function Stepper({ name, readings, x, frame }: StepperProps) {
  const hint = useId();
  const link = useRef<HTMLAnchorElement>(null);
  const stepping = useStepping({ readings, x, frame, onOpen: () => link.current?.click() });
  const { active, anchor, picked, canZoom, isPicking } = stepping;
  const last = readings.length - 1;
  const reading = active === null ? undefined : readings[active];
  const told = picked ? toPickedReading(picked) : reading;
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
        {...stepping.keyboard}
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
        draggable={false}
        className={`absolute touch-pan-y select-none ${reading?.href ? "cursor-pointer" : "cursor-default"}`}
        style={area}
        {...stepping.pointer}
        onClick={(event) => {
          if (!reading?.href || !stepping.opensOnClick.current) event.preventDefault();
        }}
      />
      {picked && anchor !== null && active !== null ? (
        <div
          data-picked
          className="pointer-events-none absolute border-x border-accent bg-accent/15"
          style={{
            left: Math.min(x(anchor), x(active)),
            top: area.top,
            width: Math.abs(x(active) - x(anchor)),
            height: area.height,
          }}
        />
      ) : null}
      {told && active !== null ? (
        <>
          <div
            className="pointer-events-none absolute w-px bg-text/50"
            style={{ left: x(active), top: area.top, height: area.height }}
          />
          <ReadingCard reading={told} at={x(active)} frame={frame}>
            {picked ? null : <Hint isOpening={told.href !== null} {...{ canZoom, isPicking, anchor }} />}
          </ReadingCard>
        </>
      ) : null}
      <output aria-live="polite" className="sr-only">
        {told ? readingText(told) : null}
      </output>
      <span id={hint} className="sr-only">
        {canZoom ? ZOOM_HINT : HINT}
      </span>
    </div>
  );
}

type HintProps = { isOpening: boolean; canZoom: boolean; isPicking: boolean; anchor: number | null };

/** What comes next at the step that is read, by what a person points with. */
function Hint({ isOpening, canZoom, isPicking, anchor }: HintProps) {
  if (isPicking) return anchor === null ? "Touch picks days" : "From here. Touch the last day";
  return (
    <>
      {isOpening ? (
        <>
          <span className="pointer-coarse:hidden">Press opens the list</span>
          <span className="hidden pointer-coarse:inline">Touch again opens the list</span>
        </>
      ) : null}
      {canZoom ? <span className="pointer-coarse:hidden">{isOpening ? ", drag zooms" : "Drag zooms"}</span> : null}
    </>
  );
}

const toPickedReading = ({ from, to }: Span): Reading => ({
  title: `${dayAndYear(from)} to ${dayAndYear(to)}`,
  noted: "Let go, or press Enter, to see these days alone. Escape takes it back.",
  lines: [],
  href: null,
});
