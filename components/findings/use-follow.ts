"use client";
import { type RefObject, useEffect, useRef } from "react";

/** Brings the followed row into view and puts the focus on its link, once for each step. */
export function useFollow(
  scroller: RefObject<HTMLElement | null>,
  followed: number | null,
  scrollTo: (index: number) => void,
): void {
  const latestScrollTo = useRef(scrollTo);
  useEffect(() => {
    latestScrollTo.current = scrollTo;
  });
  useEffect(() => {
    if (followed === null) return;
    latestScrollTo.current(followed);
    // The row may only be drawn after the scroll.
    const frame = requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${followed}"] a`)?.focus({ preventScroll: true }),
    );
    return () => cancelAnimationFrame(frame);
  }, [followed, scroller]);
}
