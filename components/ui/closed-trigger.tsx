"use client";
import { type ComponentProps, cloneElement, type KeyboardEvent, type ReactElement } from "react";

/** The control that opens something, while that is not fetched yet: it looks, sounds and acts as it will then. */
export function ClosedTrigger(props: {
  trigger: ReactElement;
  opens: "menu" | "dialog";
  /** Called when it is about to be opened. */
  onNear: () => void;
  onOpen: () => void;
}) {
  const { opens, onNear, onOpen } = props;
  const trigger = props.trigger as ReactElement<ComponentProps<"button">>; // a trigger is a button
  return cloneElement(trigger, {
    "aria-haspopup": opens,
    "aria-expanded": false,
    onPointerEnter: onNear,
    onFocus: onNear,
    onClick: onOpen,
    onKeyDown: (event: KeyboardEvent) => {
      if (opens !== "menu" || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
      event.preventDefault();
      onOpen();
    },
  });
}
