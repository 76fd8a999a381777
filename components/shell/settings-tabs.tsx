"use client";
import { usePathname } from "next/navigation";
import { TabLinks } from "#components/ui/segmented.tsx";
import type { Permission } from "#lib/domain/permission.ts";

/** `needs`: without it, the tab leads to nothing. */
const TABS: { href: string; label: string; needs?: Permission }[] = [
  { href: "/settings/sources", label: "Sources" },
  { href: "/settings/people", label: "People", needs: "people:read" },
  { href: "/settings/teams", label: "Teams" },
  { href: "/settings/tickets", label: "Tickets", needs: "settings:write" },
  { href: "/settings/tokens", label: "API tokens" },
];

/** The parts of Settings. */
export function SettingsTabs({ permissions }: { permissions: Permission[] }) {
  const pathname = usePathname();
  const shown = TABS.filter(({ needs }) => needs === undefined || permissions.includes(needs));
  return (
    <TabLinks label="Settings" tabs={shown.map((tab) => ({ ...tab, isCurrent: pathname.startsWith(tab.href) }))} />
  );
}
