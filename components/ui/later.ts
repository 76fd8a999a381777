"use client";
import { useEffect, useState, useSyncExternalStore } from "react";

export type Later<Module> = {
  /** Begins to fetch it, when a pointer or the focus comes near, so that nobody waits. */
  fetch: () => void;
  /** The module once it is there; null before. */
  here: () => Module | null;
  failure: () => unknown;
  subscribe: (changed: () => void) => () => void;
};

/** A module that is fetched when it is first needed: `useLater` draws with it. */
export function later<Module extends object>(load: () => Promise<Module>): Later<Module> {
  let loaded: Module | null = null;
  let failure: unknown = null;
  let isLoading = false;
  const waiting = new Set<() => void>();
  const settle = (module: Module | null, error: unknown) => {
    loaded = module;
    failure = error;
    isLoading = false;
    for (const changed of waiting) changed();
  };
  return {
    fetch: () => {
      if (loaded || isLoading) return;
      isLoading = true;
      load().then(
        (module) => settle(module, null),
        (error: unknown) => settle(null, error),
      );
    },
    here: () => loaded,
    failure: () => failure,
    subscribe: (changed) => {
      waiting.add(changed);
      return () => void waiting.delete(changed);
    },
  };
}

const nothing = () => null;

/**
 * The module, from the moment on when it was first needed and is there. Throws where it cannot be had, for the next
 * error boundary to say so.
 */
export function useLater<Module>(what: Later<Module>, isNeeded: boolean): Module | null {
  const [wasNeeded, setWasNeeded] = useState(isNeeded);
  if (isNeeded && !wasNeeded) setWasNeeded(true);
  useEffect(() => {
    if (wasNeeded) what.fetch();
  }, [wasNeeded, what]);
  const failure = useSyncExternalStore(what.subscribe, what.failure, nothing);
  const module = useSyncExternalStore(what.subscribe, what.here, nothing);
  if (wasNeeded && failure !== null) throw failure;
  return wasNeeded ? module : null;
}
