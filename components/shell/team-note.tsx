"use client";
import { usePathname } from "next/navigation";
import { ofAllTeams } from "./places.ts";
import { useTeamChoice } from "./use-team-choice.ts";

/** Says of a list that it is of all teams, to whom has chosen some. */
export function TeamNote() {
  const what = ofAllTeams(usePathname());
  const { isNarrowed, words } = useTeamChoice();
  if (what === null || !isNarrowed) return null;
  return (
    <aside
      aria-label="Whose it is"
      className="flex-none border-b border-line bg-raised px-5 py-[7px] text-12 text-text-2 max-md:px-4 print:hidden"
    >
      {what} of all teams. <b className="font-semibold">{words}</b> is chosen for Overview, Findings, Trends and
      Coverage.
    </aside>
  );
}
