"use client";
import { Toast } from "@base-ui/react/toast";
import type { ReactNode } from "react";
import { Button, IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";

const SHOWN_MS = 10_000;
type ToastKind = "done" | "failed";
const ICONS: Record<ToastKind, IconName> = { done: "check", failed: "warn" };
type ToastData = { kind: ToastKind; undo?: () => void };

/** What was done stays 10 s; a failure stays until it is dismissed. */
export function useToast(): { done: (text: ReactNode, undo?: () => void) => void; failed: (text: ReactNode) => void } {
  const manager = Toast.useToastManager<ToastData>();
  return {
    done: (text, undo) => manager.add({ title: text, timeout: SHOWN_MS, data: { kind: "done", undo } }),
    failed: (text) => manager.add({ title: text, timeout: 0, priority: "high", data: { kind: "failed" } }),
  };
}

/** Holds the toasts of everything inside it; above a bar at the foot of the page, where there is one. */
export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-0 bottom-6 z-60 mx-auto flex w-fit max-w-[calc(100vw-24px)] flex-col items-center gap-2.5 max-md:bottom-17 [body:has([data-bulk-bar])_&]:bottom-18 max-md:[body:has([data-bulk-bar])_&]:bottom-31">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts, close } = Toast.useToastManager<ToastData>();
  return toasts.map((toast) => {
    const { kind = "done", undo } = toast.data ?? {};
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        className="floats relative min-h-11 max-w-[440px] overflow-hidden rounded-lg bg-overlay shadow-overlay data-limited:hidden"
      >
        <Toast.Content className="flex items-center gap-2.5 py-2 pr-2 pl-3">
          <Icon name={ICONS[kind]} className={kind === "failed" ? "text-bad-text" : "text-text-2"} />
          <Toast.Title render={<p />} className="min-w-0 flex-1 font-normal wrap-anywhere" />
          {undo ? (
            <Button
              look="ghost"
              size="small"
              icon="undo"
              onClick={() => {
                undo();
                close(toast.id);
              }}
            >
              Undo
            </Button>
          ) : null}
          {/* Base UI hides it from screen readers until the toast has the focus, which a focusable thing must not be. */}
          <Toast.Close aria-hidden={false} render={<IconButton icon="close" label="Dismiss" size="small" />} />
        </Toast.Content>
        {kind === "done" ? (
          <span className={classNames("toast-life absolute bottom-0 left-0 h-0.5 w-full bg-accent")} />
        ) : null}
      </Toast.Root>
    );
  });
}
