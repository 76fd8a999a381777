"use client";
import { type KeyboardEvent, type PointerEvent, useContext, useEffect, useRef, useState } from "react";
import type { Frame } from "./frame.ts";
import type { Reading } from "./series.ts";
import { type Span, spanOf, ZoomContext } from "./zoom.ts";

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
/** A hand that presses is never quite still: less than this is no drag. */
const DRAG_FROM_PX = 6;

type Steps = { readings: Reading[]; x: (index: number) => number; frame: Frame; onOpen: () => void };

/**
 * Which step is read, and which steps are picked out: by dragging over them, by two touches while fingers pick, or by arrow
 * keys with Shift. Letting go, or Enter, zooms to their days; Escape takes one thing back at a time: what is picked, what is read, the zoom.
 */
export function useStepping({ readings, x, frame, onOpen }: Steps) {
  const context = useContext(ZoomContext);
  const zoom = readings.some(({ span }) => span) ? context : null;
  const [active, setActive] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<number | null>(null);
  const drag = useRef<{ index: number; clientX: number } | null>(null);
  const opensOnClick = useRef(true);
  const last = readings.length - 1;
  const isPicking = zoom?.isPicking ?? false;
  const picked = anchor === null || active === null ? null : toSpan(readings, anchor, active);

  const leave = () => {
    setAnchor(null);
    setActive(null);
  };
  const zoomTo = (days: Span) => {
    leave();
    zoom?.onZoom(days);
  };
  useEffect(() => {
    if (!isPicking) setAnchor(null);
  }, [isPicking]);
  const indexAt = (event: PointerEvent<HTMLElement>) => {
    const fromLeft = event.clientX - event.currentTarget.getBoundingClientRect().left + frame.left;
    return nearest(readings.length, x, fromLeft);
  };

  useEffect(() => {
    if (anchor === null) return;
    // While a pointer drags, the keyboard may be anywhere.
    const cancel = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Escape" || drag.current === null) return;
      drag.current = null;
      opensOnClick.current = false;
      setAnchor(null);
    };
    addEventListener("keydown", cancel);
    return () => removeEventListener("keydown", cancel);
  }, [anchor]);

  const pointer = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const index = indexAt(event);
      const isTouch = event.pointerType === "touch";
      // A finger cannot hover: its first touch reads a step, and the second one on it opens.
      opensOnClick.current = !isTouch || (index === active && !isPicking);
      setActive(index);
      // It scrolls by dragging, too: it picks days only when it is asked to.
      if (!zoom || (isTouch && !isPicking) || event.button !== 0) return;
      drag.current = { index, clientX: event.clientX };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      setActive(indexAt(event));
      if (drag.current && Math.abs(event.clientX - drag.current.clientX) >= DRAG_FROM_PX)
        setAnchor(anchor ?? drag.current.index);
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const isFirstTouch = isPicking && event.pointerType === "touch" && drag.current !== null;
      drag.current = null;
      if (anchor === null && !isFirstTouch) return;
      opensOnClick.current = false;
      if (picked) zoomTo(picked);
      else setAnchor(isFirstTouch ? indexAt(event) : null);
    },
    onPointerCancel: () => {
      drag.current = null;
      // The page scrolls. The day that was touched first is still picked.
      if (isPicking) setActive(anchor);
      else leave();
    },
    onPointerLeave: (event: PointerEvent<HTMLElement>) => {
      if (event.pointerType !== "touch" && drag.current === null) leave();
    },
  };

  const takeBack = (): boolean => {
    if (anchor !== null) setAnchor(null);
    else if (active !== null) setActive(null);
    else if (zoom?.onReset) zoom.onReset();
    else return false;
    return true;
  };
  const step = (event: KeyboardEvent): boolean => {
    const move = MOVES[event.key];
    if (!move) return false;
    const from = active ?? last;
    setAnchor(event.shiftKey && zoom ? (anchor ?? from) : null);
    setActive(Math.min(last, Math.max(0, move(from, last))));
    return true;
  };
  const enter = () => (picked ? zoomTo(picked) : onOpen());
  const keyboard = {
    onKeyDown: (event: KeyboardEvent) => {
      const isDone = event.key === "Escape" ? takeBack() : step(event);
      if (event.key === "Enter") enter();
      else if (!isDone) return;
      event.preventDefault();
    },
    onFocus: () => setActive((now) => now ?? last),
    onBlur: leave,
  };
  return { active, anchor, picked, canZoom: zoom !== null, isPicking, pointer, keyboard, opensOnClick };
}

/** The days of two steps and of all between them; null where they are one step. */
function toSpan(readings: Reading[], one: number, other: number): Span | null {
  const [first, second] = [readings[one]?.span, readings[other]?.span];
  return one !== other && first && second ? spanOf(first, second) : null;
}

function nearest(count: number, x: (index: number) => number, wanted: number): number {
  let best = 0;
  for (let index = 1; index < count; index++)
    if (Math.abs(x(index) - wanted) < Math.abs(x(best) - wanted)) best = index;
  return best;
}
