import type { IconName } from "#components/ui/icon.tsx";
import { toSearchParams } from "#lib/domain/filter-text.ts";
import { QUERY_KEYS } from "#lib/domain/finding-query.ts";
import type { SavedView } from "#lib/domain/saved-view.ts";
import type { Scan } from "#lib/domain/scan.ts";
import type { Suggestion } from "#lib/domain/suggestion.ts";
import { PLACES } from "./places.ts";

/** Somewhere to go. `about` says what kind of thing it is. */
export type PaletteEntry = { href: string; label: string; about: string; icon: IconName };

const MOST_OF_EACH = 5;
const has = (text: string, typed: string) => text.toLowerCase().includes(typed.toLowerCase());

/** Views: the ones opened last first while nothing is typed, then those that have the text in their name. */
export function toViewEntries(views: SavedView[], typed: string): PaletteEntry[] {
  return views
    .filter(({ name }) => has(name, typed))
    .toSorted((a, b) => (b.openedAt ?? "").localeCompare(a.openedAt ?? ""))
    .slice(0, MOST_OF_EACH)
    .map(({ id, name, isOwn, owner }) => ({
      href: `/views/${id}`,
      label: name,
      about: isOwn ? "View" : `View by ${owner}`,
      icon: "bookmark",
    }));
}

export function toPlaceEntries(typed: string): PaletteEntry[] {
  return PLACES.filter(({ name }) => has(name, typed)).map(({ href, name, icon }) => ({
    href,
    label: name,
    about: "Page",
    icon,
  }));
}

export function toScanEntries(scans: Pick<Scan, "name">[]): PaletteEntry[] {
  return scans.slice(0, MOST_OF_EACH).map(({ name }) => ({
    href: `/findings?${toSearchParams({ status: ["active"], scanName: [name] })}`,
    label: name,
    about: "Findings of a scan",
    icon: "scans",
  }));
}

/** What the dictionaries have: each leads to the open findings of it. */
export function toSuggestionEntries(suggestions: Suggestion[]): PaletteEntry[] {
  return suggestions
    .filter(({ field }) => field !== "scanName")
    .map(({ field, value, about }) => ({
      href: `/findings?${toSearchParams({ status: ["active"], [field]: [value] })}`,
      label: field === "resourceId" && about ? about : value,
      about: `Findings by ${QUERY_KEYS[field]}`,
      icon: "findings",
    }));
}

/** The search that is always there once something is typed. */
export function toSearchEntries(typed: string): PaletteEntry[] {
  if (typed === "") return [];
  const href = `/findings?${toSearchParams({ status: ["active"], q: typed })}`;
  return [{ href, label: `Search all open findings for “${typed}”`, about: "Search", icon: "search" }];
}
