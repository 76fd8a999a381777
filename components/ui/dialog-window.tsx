"use client";
import { Dialog } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";

export type DialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  text?: ReactNode;
  children?: ReactNode;
  /** The acts, the main one last. */
  actions?: ReactNode;
};

const BACKDROP =
  "fixed inset-0 z-50 bg-scrim transition-opacity duration-(--duration-base) data-starting-style:opacity-0 data-ending-style:opacity-0";

export type SheetProps = Omit<DialogProps, "text">;

export function DialogWindow({ isOpen, onClose, title, text, children, actions }: DialogProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={BACKDROP} />
        <Dialog.Viewport className="fixed inset-0 z-50 grid place-items-center overflow-y-auto p-4">
          <Dialog.Popup className="floats relative w-full max-w-dialog rounded-lg bg-overlay shadow-overlay outline-none">
            <header className="px-5 pt-4 pr-12">
              <Dialog.Title className="text-16 font-semibold">{title}</Dialog.Title>
              {text ? <Dialog.Description className="mt-0.5 text-text-2">{text}</Dialog.Description> : null}
            </header>
            {children ? <div className="grid gap-4 px-5 pt-3.5 pb-4.5">{children}</div> : <div className="h-4" />}
            {actions ? (
              <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
                {actions}
              </footer>
            ) : null}
            <CloseCorner className="absolute top-2.5 right-2.5" />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export function SheetWindow({ isOpen, onClose, title, children, actions }: SheetProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={BACKDROP} />
        <Dialog.Popup className="fixed inset-x-0 bottom-0 z-50 flex max-h-[82dvh] flex-col rounded-t-[14px] bg-overlay pb-[env(safe-area-inset-bottom)] shadow-overlay outline-none transition-transform duration-(--duration-slow) ease-out data-starting-style:translate-y-full data-ending-style:translate-y-full">
          <header className="flex items-center gap-2 px-4 pt-3.5 pb-2">
            <Dialog.Title className="mr-auto text-14 font-semibold">{title}</Dialog.Title>
            {actions}
            <CloseCorner />
          </header>
          <div className="overflow-y-auto px-4 pb-4">{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function CloseCorner({ className }: { className?: string }) {
  return (
    <Dialog.Close
      render={<IconButton icon="close" label="Close" shortcut="Esc" size="small" className={classNames(className)} />}
    />
  );
}
