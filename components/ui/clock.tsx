"use client";
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

const TICK_MS = 30_000;
const ServerNow = createContext<number | null>(null);

/** Gives the whole page one clock. `now` is the server's, so that the first picture is the same on both sides. */
export function Clock({ now, children }: { now: number; children: ReactNode }) {
  return <ServerNow value={now}>{children}</ServerNow>;
}

// One timer for the whole page: a list has many who ask.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function everyTick(onTick: () => void): () => void {
  listeners.add(onTick);
  timer ??= setInterval(() => {
    for (const listener of listeners) listener();
  }, TICK_MS);
  return () => {
    listeners.delete(onTick);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
const thisTick = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;
const never = () => () => {};

/** The time now, moving on twice a minute. */
export function useNow(): Date {
  const serverNow = useContext(ServerNow);
  return new Date(useSyncExternalStore(everyTick, thisTick, () => serverNow ?? thisTick()));
}

// Asking costs more than drawing what asks; it is the browser's for as long as the page stands.
let zone: string | undefined;
function browserZone(): string {
  zone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone;
}

/** The reader's time zone; UTC until the browser has said. */
export function useTimeZone(): string {
  return useSyncExternalStore(never, browserZone, () => "UTC");
}
