"use client";
import { useVirtualizer, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect } from "react";
import { useMediaQuery } from "#components/ui/media-query.ts";

const ROW_PX = 34;
const CARD_PX = 92;
const OVERSCAN = 12;
/** What is drawn before the size of the window is known: on the server. */
const FIRST_RECT = { width: 1200, height: 900 };
const NEAR_END = 20;

type RowWindowOptions = {
  count: number;
  scroller: RefObject<HTMLElement | null>;
  /** Called when the last rows come near. */
  onNearEnd: () => void;
};

/**
 * The rows to draw out of all that are loaded. On a large screen the list scrolls in its pane and rows have one height;
 * on a small one the page scrolls, and each card is measured.
 */
export function useRowWindow({ count, scroller, onNearEnd }: RowWindowOptions) {
  const isSmall = useMediaQuery("(max-width: 759px)");
  const shared = { count, overscan: OVERSCAN, initialRect: FIRST_RECT };
  const pane = useVirtualizer<HTMLElement, HTMLTableRowElement>({
    ...shared,
    enabled: !isSmall,
    estimateSize: () => ROW_PX,
    getScrollElement: () => scroller.current,
  });
  const page = useWindowVirtualizer<HTMLTableRowElement>({
    ...shared,
    enabled: isSmall,
    estimateSize: () => CARD_PX,
    scrollMargin: scroller.current?.offsetTop ?? 0,
  });
  const virtualizer = isSmall ? page : pane;
  const rows = virtualizer.getVirtualItems();
  const lastIndex = rows.at(-1)?.index ?? 0;
  const isNearEnd = count > 0 && lastIndex >= count - NEAR_END;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, onNearEnd]);
  const margin = isSmall ? page.options.scrollMargin : 0;
  return {
    rows,
    before: Math.max(0, (rows[0]?.start ?? margin) - margin),
    after: Math.max(0, virtualizer.getTotalSize() - ((rows.at(-1)?.end ?? margin) - margin)),
    measure: isSmall ? page.measureElement : undefined,
    scrollTo: (index: number) => virtualizer.scrollToIndex(index, { align: "auto" }),
  };
}
