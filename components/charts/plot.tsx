"use client";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import type { PlotSize } from "./frame.ts";

/** Below this width a chart is drawn narrow: the classes below say the same. */
const NARROW_BELOW = 480;
const WIDE = 1040;
const NARROW = 326;

type PlotProps = {
  name: string;
  heights: { wide: number; narrow: number };
  /** Draws the chart as SVG for one size. */
  children: (size: PlotSize) => ReactNode;
  /** Lies over the drawing once its real size is known. */
  over?: (size: PlotSize) => ReactNode;
  below?: ReactNode;
};

/**
 * The ground of a chart. The server cannot know the width, so it draws the chart wide and narrow and shows the one that
 * fits; in the browser it is drawn once, for exactly its place. The height is the same before and after.
 */
export function Plot({ name, heights, children, over, below }: PlotProps) {
  const [place, width] = useWidth();
  const isNarrow = width !== null && width < NARROW_BELOW;
  const size = width && { width, height: isNarrow ? heights.narrow : heights.wide, isNarrow };
  return (
    <div className="@container">
      <div ref={place} className="relative">
        {size ? (
          <Drawing name={name} size={size}>
            {children}
          </Drawing>
        ) : (
          <>
            <Drawing
              name={name}
              size={{ width: WIDE, height: heights.wide, isNarrow: false }}
              show="@max-[479px]:hidden"
            >
              {children}
            </Drawing>
            <Drawing
              name={name}
              size={{ width: NARROW, height: heights.narrow, isNarrow: true }}
              show="@min-[480px]:hidden"
            >
              {children}
            </Drawing>
          </>
        )}
        {size ? over?.(size) : null}
      </div>
      {below}
    </div>
  );
}

type DrawingProps = { name: string; size: PlotSize; show?: string; children: PlotProps["children"] };

function Drawing({ name, size, show, children }: DrawingProps) {
  return (
    <svg
      role="img"
      aria-label={name}
      viewBox={`0 0 ${size.width} ${size.height}`}
      height={size.height}
      className={`block w-full overflow-visible print:h-auto ${show ?? ""}`}
    >
      {children(size)}
    </svg>
  );
}

/** The width of an element, null until it is known. */
function useWidth() {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number | null>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth || null);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, width] as const;
}
