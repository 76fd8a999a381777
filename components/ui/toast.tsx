"use client";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { Button, IconButton } from "./button.tsx";
import { Icon, type IconName } from "./icon.tsx";

const SHOWN_MS = 10_000;
const MOST_SHOWN = 3;
type Kind = "done" | "failed";
const ICONS: Record<Kind, IconName> = { done: "check", failed: "warn" };
type NewToast = { kind: Kind; text: ReactNode; undo?: () => void };
type ShownToast = NewToast & { id: number };

const AddToast = createContext<(toast: NewToast) => void>(() => {});

/** What was done stays 10 s; a failure stays until it is dismissed. */
export function useToast(): { done: (text: ReactNode, undo?: () => void) => void; failed: (text: ReactNode) => void } {
  const add = useContext(AddToast);
  return useMemo(
    () => ({
      done: (text, undo) => add({ kind: "done", text, undo }),
      failed: (text) => add({ kind: "failed", text }),
    }),
    [add],
  );
}

/** Holds the toasts of everything inside it; above a bar at the foot of the page, where there is one. */
export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<ShownToast[]>([]);
  const lastId = useRef(0);
  const add = useCallback((toast: NewToast) => {
    lastId.current += 1;
    const id = lastId.current;
    setToasts((before) => [{ ...toast, id }, ...before].slice(0, MOST_SHOWN));
  }, []);
  const close = useCallback((id: number) => setToasts((before) => before.filter((toast) => toast.id !== id)), []);
  return (
    <AddToast value={add}>
      {children}
      {/* It is there before the first toast: what comes into it is read out. */}
      <ol
        aria-live="polite"
        aria-label="Notifications"
        className="pointer-events-none fixed inset-x-0 bottom-6 z-60 mx-auto flex w-fit max-w-[calc(100vw-24px)] flex-col-reverse items-center gap-2.5 max-md:bottom-17 [body:has([data-bulk-bar])_&]:bottom-18 max-md:[body:has([data-bulk-bar])_&]:bottom-31"
      >
        {toasts.map((toast) => (
          <ToastLine key={toast.id} toast={toast} onClose={close} />
        ))}
      </ol>
    </AddToast>
  );
}

function ToastLine({ toast, onClose }: { toast: ShownToast; onClose: (id: number) => void }) {
  const { id, kind, text, undo } = toast;
  // Nothing leaves while it is looked at: the pointer or the focus holds it.
  const [isHeld, setIsHeld] = useState(false);
  const close = () => onClose(id);
  useEffect(() => {
    if (kind === "failed" || isHeld) return;
    const timer = setTimeout(() => onClose(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [kind, isHeld, id, onClose]);
  return (
    <li
      role={kind === "failed" ? "alert" : undefined}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
      className="pointer-events-auto relative flex min-h-11 max-w-[440px] items-center gap-2.5 overflow-hidden rounded-lg bg-overlay py-2 pr-2 pl-3 shadow-overlay transition-[opacity,translate] duration-(--duration-base) starting:translate-y-1 starting:opacity-0"
    >
      <Icon name={ICONS[kind]} className={kind === "failed" ? "text-bad-text" : "text-text-2"} />
      <p className="min-w-0 flex-1 wrap-anywhere">{text}</p>
      {undo ? (
        <Button
          look="ghost"
          size="small"
          icon="undo"
          onClick={() => {
            undo();
            close();
          }}
        >
          Undo
        </Button>
      ) : null}
      <IconButton icon="close" label="Dismiss" size="small" onClick={close} />
      {kind === "done" && !isHeld ? (
        <span className="toast-life absolute bottom-0 left-0 h-0.5 w-full bg-accent" />
      ) : null}
    </li>
  );
}
