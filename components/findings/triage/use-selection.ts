"use client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Finding } from "#lib/domain/finding.ts";

export type Selection = ReturnType<typeof useSelection>;

const NONE: ReadonlySet<string> = new Set();

/**
 * Which findings of the list are selected. It belongs to one list: another filter (`listKey`) begins with none. `isAll`:
 * every one that matches, also those that are not loaded.
 */
export function useSelection(findings: Finding[], listKey: string) {
  const [ids, setIds] = useState(NONE);
  const [isAll, setIsAll] = useState(false);
  const anchor = useRef<number | null>(null);
  const latest = useRef(findings);
  useEffect(() => {
    latest.current = findings;
  });

  const clear = useCallback(() => {
    setIds(NONE);
    setIsAll(false);
    anchor.current = null;
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is what it waits for
  useEffect(clear, [listKey]);

  /** Selects a row or lets it go; it is where the next range begins. */
  const toggle = useCallback((index: number) => {
    const id = latest.current[index]?.id;
    if (id === undefined) return;
    anchor.current = index;
    setIsAll(false);
    setIds((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);

  /** Selects everything between the last row that was chosen and this one. */
  const extendTo = useCallback((index: number) => {
    const from = anchor.current ?? index;
    anchor.current = index;
    setIsAll(false);
    const range = latest.current.slice(Math.min(from, index), Math.max(from, index) + 1);
    setIds((before) => new Set([...before, ...range.map(({ id }) => id)]));
  }, []);

  const selectLoaded = useCallback(() => {
    setIsAll(false);
    setIds(new Set(latest.current.map(({ id }) => id)));
  }, []);
  const selectAll = useCallback(() => setIsAll(true), []);

  return useMemo(
    () => ({ ids, isAll, size: ids.size, clear, toggle, extendTo, selectLoaded, selectAll }),
    [ids, isAll, clear, toggle, extendTo, selectLoaded, selectAll],
  );
}
