"use client";
import { usePathname } from "next/navigation";
import { TabLinks } from "#components/ui/segmented.tsx";
import { withTeam } from "#lib/client/list-address.ts";
import { useTeam } from "#lib/client/use-team.ts";

const REPORTS = "/reports"; // of all teams
const TABS = [
  { address: "/trends", label: "Findings" },
  { address: "/trends/sla", label: "SLA" },
  { address: REPORTS, label: "Reports" },
];

/** The sides of trends: how many there are, whether they are fixed in time, and what to hand on of both. */
export function TrendsTabs() {
  const pathname = usePathname();
  const team = useTeam();
  const tabs = TABS.map(({ address, label }) => ({
    href: address === REPORTS ? address : withTeam(address, team),
    label,
    isCurrent: pathname === address,
  }));
  return <TabLinks label="Trends" tabs={tabs} />;
}
