"use client";
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

const TICK_MS = 30_000;
const ServerNow = createContext<number | null>(null);

/** Gives the whole page one clock. `now` is the server's, so that the first picture is the same on both sides. */
export function Clock({ now, children }: { now: number; children: ReactNode }) {
  return <ServerNow value={now}>{children}</ServerNow>;
}

function everyTick(onTick: () => void): () => void {
  const timer = setInterval(onTick, TICK_MS);
  return () => clearInterval(timer);
}
const thisTick = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;
const never = () => () => {};

/** The time now, moving on twice a minute. */
export function useNow(): Date {
  const serverNow = useContext(ServerNow);
  return new Date(useSyncExternalStore(everyTick, thisTick, () => serverNow ?? thisTick()));
}

/** The reader's time zone; UTC until the browser has said. */
export function useTimeZone(): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
}
