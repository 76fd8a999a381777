"use client";
import { useContext } from "react";
import { Button } from "#components/ui/button.tsx";
import { ZoomContext } from "./zoom.ts";

/**
 * Lets fingers pick days, where there are any: by dragging they scroll the page otherwise. Two touches do, on the first day
 * and on the last, in any of the charts that can be zoomed.
 */
export function PickDays() {
  const zoom = useContext(ZoomContext);
  if (!zoom) return null;
  const { isPicking, onPicking } = zoom;
  return (
    <div className="hidden flex-wrap items-center gap-x-3 gap-y-1 any-pointer-coarse:flex print:hidden">
      <Button size="small" icon="search" onClick={() => onPicking(!isPicking)}>
        {isPicking ? "Stop picking days" : "Pick days to zoom"}
      </Button>
      <span aria-live="polite" className="text-12 text-text-2">
        {isPicking ? "Touch the first day, then the last one." : null}
      </span>
    </div>
  );
}
