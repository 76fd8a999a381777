"use client";
import { usePathname } from "next/navigation";
import { TabLinks } from "#components/ui/segmented.tsx";

const TABS = [
  { href: "/trends", label: "Findings" },
  { href: "/trends/sla", label: "SLA" },
  { href: "/reports", label: "Reports" },
];

/** The sides of trends: how many there are, whether they are fixed in time, and what to hand on of both. */
export function TrendsTabs() {
  const pathname = usePathname();
  return <TabLinks label="Trends" tabs={TABS.map((tab) => ({ ...tab, isCurrent: pathname === tab.href }))} />;
}
