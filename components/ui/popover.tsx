"use client";
import { Popover as BasePopover } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

/** More about the control that opens it, beside it. */
export function Popover({ trigger, title, children }: { trigger: ReactElement; title: string; children: ReactNode }) {
  return (
    <BasePopover.Root>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner sideOffset={6} align="end" collisionPadding={8} className="z-50">
          <BasePopover.Popup className="floats max-h-[min(560px,var(--available-height))] w-[min(440px,calc(100vw-16px))] overflow-y-auto rounded-lg bg-overlay shadow-overlay outline-none">
            <BasePopover.Title className="px-4 pt-3 pb-1 text-14 font-semibold">{title}</BasePopover.Title>
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
