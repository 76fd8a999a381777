"use client";
import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useAddress } from "#components/ui/address.ts";
import { useToast } from "#components/ui/toast.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { chooseTeamScope, teamChoiceQuery } from "#lib/client/teams.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { TeamChoice } from "#lib/domain/team.ts";
import { MY_TEAMS, NO_TEAM, readTeams, toTeams } from "#lib/domain/team-words.ts";
import { isByTeam } from "./places.ts";

const ALL_TEAMS = ""; // as a radio's value: everybody's findings have no name of their own
const NAMES = ["team"] as const;
const NOTHING: TeamChoice = { chosen: null, items: [], mine: [] };

/**
 * Whose findings a page shows: what its address names, or, where the page is not by team, what the person chose. A choice
 * is kept before the page follows it, so that no other page is behind.
 */
export function useTeamChoice() {
  const pathname = usePathname();
  const [{ team }, write] = useAddress(NAMES);
  const { data: choice = NOTHING } = useQuery(teamChoiceQuery());
  const { items, mine } = choice;
  const toast = useToast();
  const own = toTeams(choice.chosen, mine);
  const shown = isByTeam(pathname) ? readTeams(team) : own;
  const keep = useAct(
    async (value: string) => {
      const chosen = value === ALL_TEAMS ? null : value;
      await chooseTeamScope(chosen);
      return toTeams(chosen, mine);
    },
    {
      refresh: ["teams"],
      onFailed: toast.failed,
      onDone: (teams) => {
        if (isByTeam(pathname)) write({ team: teams.join(",") || null });
      },
    },
  );
  return {
    isBusy: keep.isPending,
    choose: keep.mutate,
    hasTeams: items.length > 0,
    options: toOptions(choice),
    /** The option that is shown; none of them where the address names teams that are no choice. */
    value: isSame(shown, own) ? (choice.chosen ?? ALL_TEAMS) : shown.join(),
    words: wordsOf(shown, choice),
    isNarrowed: shown.length > 0,
  };
}

const isSame = (one: string[], other: string[]): boolean => one.toSorted().join() === other.toSorted().join();

function wordsOf(shown: string[], { items, mine }: TeamChoice): string {
  const [only] = shown;
  if (only === undefined) return "All teams";
  if (shown.length > 1) return isSame(shown, mine) ? "My teams" : `${shown.length} teams`;
  return only === NO_TEAM ? "No team" : visibleText(items.find(({ id }) => id === only)?.name ?? only);
}

function toOptions({ items, mine }: TeamChoice): { value: string; label: string }[] {
  return [
    { value: ALL_TEAMS, label: "All teams" },
    ...(mine.length > 0 ? [{ value: MY_TEAMS, label: mine.length === 1 ? "My team" : "My teams" }] : []),
    ...items.map(({ id, name }) => ({ value: id, label: visibleText(name) })),
    { value: NO_TEAM, label: "No team" },
  ];
}
