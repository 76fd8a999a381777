"use client";
import { useEffect, useRef, useSyncExternalStore } from "react";

const STORE_KEY = "sightline-single-letters";
const CHANGED = "sightline-single-letters-changed";

/** Whether single letters act as shortcuts here; speech input can set them off by accident, so they can be turned off. */
export function useSingleLetters(): [isOn: boolean, set: (isOn: boolean) => void] {
  const isOn = useSyncExternalStore(onChange, readSingleLetters, () => true);
  return [isOn, writeSingleLetters];
}

function onChange(changed: () => void): () => void {
  window.addEventListener(CHANGED, changed);
  return () => window.removeEventListener(CHANGED, changed);
}
const readSingleLetters = () => localStorage.getItem(STORE_KEY) !== "off";
function writeSingleLetters(isOn: boolean) {
  localStorage.setItem(STORE_KEY, isOn ? "on" : "off");
  window.dispatchEvent(new Event(CHANGED));
}

/** The first of two letters. */
const LEADER = "g";
const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const FLOATING = "[role=dialog], [role=menu]";

function isForShortcuts(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  return !(event.target instanceof Element && event.target.closest(`${FIELDS}, ${FLOATING}`));
}

/**
 * Keys of a page, outside fields, dialogs and menus: `{ j: next, Escape: close }`. Two keys with a space, as in
 * "g f", are typed one after the other; the first is always g.
 */
export function useShortcuts(acts: Record<string, () => void>): void {
  const latest = useRef(acts);
  const [lettersAreOn] = useSingleLetters();
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    let before = "";
    const onKey = (event: KeyboardEvent) => {
      if (!isForShortcuts(event) || (event.key.length === 1 && !lettersAreOn)) return;
      // What follows a leader belongs to it, also for whoever listens to the same letter alone.
      const act = latest.current[before === LEADER ? `${LEADER} ${event.key}` : event.key];
      before = before === LEADER ? "" : event.key;
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [lettersAreOn]);
}
