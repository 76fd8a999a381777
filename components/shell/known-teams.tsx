"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { useAddress } from "#components/ui/address.ts";
import { teamChoiceQuery } from "#lib/client/teams.ts";
import { NO_TEAM, readTeams } from "#lib/domain/team-words.ts";
import { isByTeam } from "./places.ts";

// Most addresses name none, or one that there is.
const NoSuchTeam = dynamic(() => import("./no-such-team.tsx").then((module) => module.NoSuchTeam), {
  loading: () => null,
});
const NAMES = ["team"] as const;

/** A page, unless its address names a team that there is not: zeros would look as if all was well there. */
export function KnownTeams({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const [{ team }, write] = useAddress(NAMES);
  const { data, refetch } = useQuery(teamChoiceQuery());
  const asked = isByTeam(pathname) && data ? readTeams(team) : [];
  const unknown = asked.find((id) => id !== NO_TEAM && !data?.items.some((item) => item.id === id));
  // It may have been made since the page came.
  useEffect(() => {
    if (unknown !== undefined) refetch();
  }, [unknown, refetch]);
  return unknown === undefined ? children : <NoSuchTeam id={unknown} onAll={() => write({ team: null })} />;
}
