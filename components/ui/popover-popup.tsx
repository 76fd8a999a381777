"use client";
import { Popover } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

export type PopoverProps = { trigger: ReactElement; title: string; children: ReactNode };

/** Comes when it is opened for the first time. */
export function PopoverPopup({ trigger, title, children }: PopoverProps) {
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger render={trigger} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" collisionPadding={8} className="z-50">
          <Popover.Popup className="floats max-h-[min(560px,var(--available-height))] w-[min(440px,calc(100vw-16px))] overflow-y-auto rounded-lg bg-overlay shadow-overlay outline-none">
            <Popover.Title className="px-4 pt-3 pb-1 text-14 font-semibold">{title}</Popover.Title>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
