"use client";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { NO_TEAM, readTeams } from "#lib/domain/team-words.ts";
import { teamChoiceQuery } from "./teams.ts";

/** The teams that the page's address names; none = it is about everybody's findings. */
export function useTeam(): string[] {
  const written = useSearchParams().getAll("team").join(",");
  return useMemo(() => readTeams(written), [written]);
}

/** What those teams are called, untrusted: "Payments, Web"; null = it is about everybody's findings. */
export function useTeamNames(): string | null {
  const team = useTeam();
  const { data } = useQuery(teamChoiceQuery());
  const nameOf = (id: string) =>
    id === NO_TEAM ? "No team" : (data?.items.find((item) => item.id === id)?.name ?? id);
  return team.length === 0 ? null : team.map(nameOf).join(", ");
}
