"use client";
import { useState } from "react";
import { useMediaQuery } from "#components/ui/media-query.ts";

/** Whether the facets stand beside the list. Where there is no room for them, they come as a sheet. */
export function useFacets() {
  const hasRoom = useMediaQuery("(min-width: 1280px)");
  const [chosen, setChosen] = useState<"shown" | "hidden" | null>(null);
  const [sheetIsOpen, setSheetIsOpen] = useState(false);
  const isShown = chosen !== "hidden";
  const openSheet = () => setSheetIsOpen(true);
  return {
    isShown,
    sheet: { isOpen: sheetIsOpen, onClose: () => setSheetIsOpen(false) },
    openSheet,
    switchOver: () => (hasRoom ? setChosen(isShown ? "hidden" : "shown") : openSheet()),
    /** What the key did, for those who do not see it. */
    said: chosen === null ? null : `Filters ${chosen}`,
  };
}
