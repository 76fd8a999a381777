import { redirect } from "next/navigation";
import { findTeamScope } from "#lib/db/read/teams.ts";

type Written = Record<string, string | string[] | undefined>;

/** An address that says nothing opens with the teams that the person chose, named in it: a link says what it shows. */
export async function openWithTeam(address: string, written: Written, personId: string): Promise<void> {
  if (Object.keys(written).length > 0) return;
  const teams = await findTeamScope(personId);
  if (teams.length > 0) redirect(`${address}${address.includes("?") ? "&" : "?"}team=${teams.join(",")}`);
}
