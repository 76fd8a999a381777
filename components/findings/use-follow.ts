"use client";
import { type RefObject, useEffect, useRef } from "react";

/** The row that the keyboard is on. A new object is a new step, also to the row that it was on before. */
export type Followed = { index: number } | null;

/** Brings the followed row into view and puts the focus on its link, once for each step. */
export function useFollow(
  scroller: RefObject<HTMLElement | null>,
  followed: Followed,
  scrollTo: (index: number) => void,
): void {
  const latestScrollTo = useRef(scrollTo);
  useEffect(() => {
    latestScrollTo.current = scrollTo;
  });
  useEffect(() => {
    if (followed === null) return;
    latestScrollTo.current(followed.index);
    // The row may only be drawn after the scroll.
    const frame = requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-index="${followed.index}"] a`)
        ?.focus({ preventScroll: true }),
    );
    return () => cancelAnimationFrame(frame);
  }, [followed, scroller]);
}
