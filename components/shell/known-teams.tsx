"use client";
import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { useAddress } from "#components/ui/address.ts";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { EmptyNotice } from "#components/ui/notice.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { teamChoiceQuery } from "#lib/client/teams.ts";
import { NO_TEAM, readTeams } from "#lib/domain/team-words.ts";
import { isByTeam } from "./places.ts";

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
  if (unknown === undefined) return children;
  return (
    <EmptyNotice
      heading="h1"
      icon="user"
      title={`There is no team ${visibleText(unknown)}`}
      text="It was deleted, or the address is misspelt. Nothing is shown, since this would not be its findings."
    >
      <Button look="main" onClick={() => write({ team: null })}>
        Show all teams
      </Button>
      <ButtonLink href="/settings/teams">See the teams</ButtonLink>
    </EmptyNotice>
  );
}
