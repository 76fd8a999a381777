"use client";
import { type ComponentProps, cloneElement, type KeyboardEvent, type ReactElement, type ReactNode } from "react";
import { Boundary } from "./boundary.tsx";
import { Button } from "./button.tsx";

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

/** Around what a control opens: where that does not come or cannot be drawn, the control says so and tries again. */
export function OpenedBoundary({ children }: { children: ReactNode }) {
  return (
    <Boundary
      fallback={(again) => (
        <span role="alert">
          <Button size="small" icon="warn" onClick={again}>
            Did not load. Try again
          </Button>
        </span>
      )}
    >
      {children}
    </Boundary>
  );
}
