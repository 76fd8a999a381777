"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { dialogLater } from "#components/ui/dialog-later.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { useShortcuts } from "#components/ui/shortcuts.ts";
import { PLACES } from "./places.ts";

const KeyboardList = dialogLater(() => import("./keyboard-list.tsx").then((module) => module.KeyboardList));

/** The list of keys, opened from the rail or by "?". Also listens for the keys that go to a page. */
export function KeyboardHelp({ className, wordClass }: { className: string; wordClass: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const router = useRouter();
  useShortcuts({
    "?": () => setIsOpen(true),
    ...Object.fromEntries(PLACES.map(({ keys, href }) => [keys, () => router.push(href)])),
  });
  return (
    <>
      <button type="button" title="Help and keyboard (?)" onClick={() => setIsOpen(true)} className={className}>
        <Icon name="help" />
        <span className={wordClass}>Help and keyboard</span>
      </button>
      {isOpen ? <KeyboardList onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
