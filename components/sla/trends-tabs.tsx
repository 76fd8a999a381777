"use client";
import { usePathname } from "next/navigation";
import { TabLinks } from "#components/ui/segmented.tsx";

const TABS = [
  { href: "/trends", label: "Findings" },
  { href: "/trends/sla", label: "SLA" },
];

/** The two sides of trends: how many there are, and whether they are fixed in time. */
export function TrendsTabs() {
  const pathname = usePathname();
  return <TabLinks label="Trends" tabs={TABS.map((tab) => ({ ...tab, isCurrent: pathname === tab.href }))} />;
}
