"use client";
import { usePathname } from "next/navigation";
import { TabLinks } from "#components/ui/segmented.tsx";

const TABS = [
  { href: "/settings/sources", label: "Sources" },
  { href: "/settings/people", label: "People" },
  { href: "/settings/tokens", label: "API tokens" },
];

/** The parts of Settings. */
export function SettingsTabs({ canSeePeople }: { canSeePeople: boolean }) {
  const pathname = usePathname();
  const shown = TABS.filter(({ href }) => canSeePeople || href !== "/settings/people");
  return (
    <TabLinks label="Settings" tabs={shown.map((tab) => ({ ...tab, isCurrent: pathname.startsWith(tab.href) }))} />
  );
}
