"use client";
import { type RefObject, useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import { useMediaQuery } from "#components/ui/media-query.ts";

/** What a row measures: of the table, and as a card of a small screen. */
const ROW_PX = 34;
const CARD_PX = 108;
const CARD_LINE_PX = 40;
/** What covers the list's own window: the table's head, and a small screen's bars. */
const COVERED = { pane: { above: 30, below: 0 }, page: { above: 48, below: 56 } };
/** Rows are drawn in steps, so that most scrolling draws nothing anew, and ahead, so that none is missing. */
const STEP = 8;
const AHEAD = 12;
/** How many are drawn before the size of the window is known: on the server. */
const FIRST_ROWS = 30;
const NEAR_END = 20;

type RowWindowOptions = {
  count: number;
  scroller: RefObject<HTMLElement | null>;
  /** A card has one line more: for columns that were chosen. */
  hasCardLine: boolean;
  /** Called when the last rows come near. */
  onNearEnd: () => void;
};

/** The rows to draw of `count`, from the step that is in view. */
export function rowsAround(step: number, inView: number, count: number): { from: number; to: number } {
  const from = Math.max(0, Math.min(step, count) - AHEAD);
  return { from, to: Math.max(from, Math.min(count, step + inView + STEP + AHEAD)) };
}

/**
 * The rows to draw out of all that are loaded: those near the window. On a large screen the list scrolls in its pane, on
 * a small one with the page. `before` and `after` are the heights of what is not drawn.
 */
export function useRowWindow({ count, scroller, hasCardLine, onNearEnd }: RowWindowOptions) {
  const isSmall = useMediaQuery("(max-width: 759px)");
  const cardPx = CARD_PX + (hasCardLine ? CARD_LINE_PX : 0);
  const rowPx = isSmall ? cardPx : ROW_PX;
  const { step, inView } = useScrolled(scroller, isSmall, rowPx);
  const { from, to } = rowsAround(step, inView, count);
  const isNearEnd = count > 0 && to >= count - NEAR_END;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, onNearEnd]);
  return {
    from,
    to,
    before: from * rowPx,
    after: (count - to) * rowPx,
    /** Brings a row into view, no further than it needs. */
    scrollTo: (index: number) => scrollToRow(scroller.current, isSmall, index * rowPx, rowPx),
  };
}

type Scrolled = { step: number; inView: number };
const UNSCROLLED: Scrolled = { step: 0, inView: FIRST_ROWS };

/**
 * Where the list is scrolled to, in whole steps. It is measured when the browser says that it changed, never while React
 * draws: there, each look would lay the page out anew, and a drawing that moves the list would ask for the next one.
 */
function useScrolled(scroller: RefObject<HTMLElement | null>, isSmall: boolean, rowPx: number): Scrolled {
  const measured = useRef(UNSCROLLED);
  const subscribe = useCallback(
    (changed: () => void) => {
      const element = scroller.current;
      const scrolls = isSmall ? window : element;
      const measure = () => {
        const step = Math.floor(scrolledPx(element, isSmall) / rowPx / STEP) * STEP;
        const inView = Math.ceil((isSmall ? innerHeight : (element?.clientHeight ?? innerHeight)) / rowPx);
        if (step === measured.current.step && inView === measured.current.inView) return;
        measured.current = { step, inView };
        changed();
      };
      measure();
      scrolls?.addEventListener("scroll", measure, { passive: true });
      window.addEventListener("resize", measure);
      const sizes = new ResizeObserver(measure);
      if (element) sizes.observe(element);
      return () => {
        scrolls?.removeEventListener("scroll", measure);
        window.removeEventListener("resize", measure);
        sizes.disconnect();
      };
    },
    [isSmall, rowPx, scroller],
  );
  return useSyncExternalStore(
    subscribe,
    () => measured.current,
    () => UNSCROLLED,
  );
}

/** How far the first row has gone up. */
function scrolledPx(element: HTMLElement | null, isSmall: boolean): number {
  if (element === null) return 0;
  return Math.max(0, isSmall ? -element.getBoundingClientRect().top : element.scrollTop);
}

function scrollToRow(element: HTMLElement | null, isSmall: boolean, topPx: number, rowPx: number): void {
  if (element === null) return;
  const { above, below } = isSmall ? COVERED.page : COVERED.pane;
  const height = isSmall ? innerHeight : element.clientHeight;
  const at = isSmall ? element.getBoundingClientRect().top + topPx : above + topPx - element.scrollTop;
  const over = Math.min(0, at - above) || Math.max(0, at + rowPx - (height - below));
  if (over !== 0) (isSmall ? window : element).scrollBy(0, over);
}
