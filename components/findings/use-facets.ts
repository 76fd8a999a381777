"use client";
import { useState } from "react";

const ROOM = "(min-width: 1280px)";

/** Whether the facets stand beside the list. Where there is no room for them, they come as a sheet. */
export function useFacets() {
  const [chosen, setChosen] = useState<"shown" | "hidden" | null>(null);
  const [sheetIsOpen, setSheetIsOpen] = useState(false);
  const isShown = chosen !== "hidden";
  const openSheet = () => setSheetIsOpen(true);
  return {
    isShown,
    sheet: { isOpen: sheetIsOpen, onClose: () => setSheetIsOpen(false) },
    openSheet,
    // Asked when the key is pressed: a window that was made smaller a moment ago has not been drawn again yet.
    switchOver: () => (matchMedia(ROOM).matches ? setChosen(isShown ? "hidden" : "shown") : openSheet()),
    /** What the key did, for those who do not see it. */
    said: chosen === null ? null : `Filters ${chosen}`,
  };
}
