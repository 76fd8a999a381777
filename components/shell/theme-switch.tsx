"use client";
import { IconButton } from "#components/ui/button.tsx";
import { applyTheme, shownTheme } from "./theme.ts";

/** From light to dark and back; "as the machine has it" is in the menu of the person. */
export function ThemeSwitch() {
  return (
    <IconButton
      icon="moon"
      label="Switch between light and dark"
      className="max-md:hidden"
      onClick={() => applyTheme(shownTheme() === "dark" ? "light" : "dark")}
    />
  );
}
