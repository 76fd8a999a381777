import type { IconName } from "#components/ui/icon.tsx";

type Place = { name: string; href: string; icon: IconName; section: string; keys: string };

/** The pages one can go to, in the order of the rail. */
export const PLACES: Place[] = [
  { name: "Overview", href: "/overview", icon: "overview", section: "/overview", keys: "g o" },
  { name: "Findings", href: "/findings", icon: "findings", section: "/findings", keys: "g f" },
  { name: "Scans", href: "/scans", icon: "scans", section: "/scans", keys: "g s" },
  { name: "Trends", href: "/trends", icon: "trends", section: "/trends", keys: "g t" },
  { name: "Coverage", href: "/coverage", icon: "coverage", section: "/coverage", keys: "g c" },
  { name: "Exceptions", href: "/exceptions", icon: "hide", section: "/exceptions", keys: "g x" },
  { name: "Settings", href: "/settings/sources", icon: "settings", section: "/settings", keys: "g ," },
];

/** Pages that are narrowed to the teams that their address names. */
const BY_TEAM = ["/overview", "/findings", "/findings/fixes", "/trends", "/trends/sla", "/coverage"];
/** Lists that are of all teams, whatever is chosen, and say so. */
const OF_ALL_TEAMS: Record<string, string> = {
  "/scans": "Scans are",
  "/exceptions": "Exceptions are",
  "/reports": "This list of reports is",
};

export const isByTeam = (pathname: string): boolean => BY_TEAM.includes(pathname);

/** "Scans are", where the page is a list of all teams; else null. */
export const ofAllTeams = (pathname: string): string | null => OF_ALL_TEAMS[pathname] ?? null;

/** Whether `pathname` lies in the section: "/scans/api" does in "/scans", "/scanset" does not. */
export const isWithin = (section: string, pathname: string): boolean =>
  pathname === section || pathname.startsWith(`${section}/`);
