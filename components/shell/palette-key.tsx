"use client";
import { useEffect, useState } from "react";
import { dialogLater } from "#components/ui/dialog-later.tsx";

// Fetched when it is first opened: most pages are left without it.
const Palette = dialogLater(() => import("./palette.tsx").then(({ Palette }) => Palette));

/** Opens the palette by ⌘K or Ctrl K, from anywhere on a page. */
export function PaletteKey() {
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      setIsOpen((was) => !was);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return isOpen ? <Palette onClose={() => setIsOpen(false)} /> : null;
}
