"use client";
import { useState } from "react";
import { ClosedTrigger, OpenedBoundary } from "./closed-trigger.tsx";
import { later, useLater } from "./later.ts";
import type { PopoverProps } from "./popover-popup.tsx";

const popup = later(() => import("./popover-popup.tsx"));

/** More about the control that opens it, beside it; fetched when it is first opened. */
export function Popover(props: PopoverProps) {
  return (
    <OpenedBoundary>
      <LaterPopover {...props} />
    </OpenedBoundary>
  );
}

function LaterPopover(props: PopoverProps) {
  const [wasOpened, setWasOpened] = useState(false);
  const parts = useLater(popup, wasOpened);
  if (parts) return <parts.PopoverPopup {...props} />;
  const open = () => setWasOpened(true);
  return <ClosedTrigger trigger={props.trigger} opens="dialog" onNear={popup.fetch} onOpen={open} />;
}
