"use client";
import { DialogBoundary } from "./dialog-boundary.tsx";
import type { DialogProps, SheetProps } from "./dialog-window.tsx";
import { later, useLater } from "./later.ts";

const floating = later(() => import("./dialog-window.tsx"));

/** Only for what needs a reason, hides data, or cannot be undone: it shows the effect before the act. */
export function Dialog(props: DialogProps) {
  return (
    <DialogBoundary onClose={props.onClose}>
      <LaterDialog {...props} />
    </DialogBoundary>
  );
}

/** Comes in from the bottom of a small screen. */
export function Sheet(props: SheetProps) {
  return (
    <DialogBoundary onClose={props.onClose}>
      <LaterSheet {...props} />
    </DialogBoundary>
  );
}

function LaterDialog(props: DialogProps) {
  const parts = useLater(floating, props.isOpen);
  return parts && <parts.DialogWindow {...props} />;
}

function LaterSheet(props: SheetProps) {
  const parts = useLater(floating, props.isOpen);
  return parts && <parts.SheetWindow {...props} />;
}
