import NextLink from "next/link";
import { Logo } from "#components/ui/logo.tsx";
import { FreshnessIndicator } from "./freshness-indicator.tsx";
import { PaletteKey } from "./palette-key.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { SearchBox } from "./search-box.tsx";
import { TeamPicker } from "./team-picker.tsx";
import type { Theme } from "./theme.ts";
import { ThemeSwitch } from "./theme-switch.tsx";

/** What is the same on every page: whose findings, search, how old the data is, light or dark, who is signed in. */
export function TopBar({ person, theme }: { person: { userName: string; role: string }; theme: Theme }) {
  return (
    <header className="sticky top-0 z-30 flex h-(--size-topbar) flex-none items-center gap-2.5 border-b border-line bg-surface px-5 max-md:gap-1 max-md:px-3 print:hidden">
      <NextLink href="/" aria-label="Sightline" className="touch-target md:hidden">
        <Logo />
      </NextLink>
      <TeamPicker />
      <SearchBox />
      <PaletteKey />
      <div className="ml-auto flex items-center gap-2 max-md:gap-1">
        <FreshnessIndicator />
        <ThemeSwitch />
        <PersonMenu person={person} theme={theme} />
      </div>
    </header>
  );
}
