import { deleteTeam, saveTeam, saveTeamChange, saveTeamOrder, saveTeamScope } from "#lib/db/write/teams/teams.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { NewTeam, TeamChange, TeamScope } from "#lib/domain/team.ts";
import { toTeamId } from "#lib/domain/team-words.ts";

type Person = { personId: string; userName: string };

/** Makes a team behind the others. Returns its id. Throws AppError conflict or invalid-input. */
export async function createTeam(team: NewTeam, person: Person, now: Date): Promise<{ id: string }> {
  const id = team.id ?? toTeamId(team.name);
  if (id === null) {
    const message = "The name has no letter or digit that an id could be made of: give one";
    throw new AppError("invalid-input", message, { faults: [{ field: "id", message }] });
  }
  await saveTeam({ ...team, id }, person, now);
  return { id };
}

/** Changes a team. Throws AppError not-found, conflict or invalid-input. */
export async function changeTeam(id: string, change: TeamChange, person: Person, now: Date): Promise<void> {
  await saveTeamChange(id, change, person, now);
}

/** Deletes a team. Throws AppError not-found. */
export async function removeTeam(id: string, person: Person, now: Date): Promise<void> {
  await deleteTeam(id, person, now);
}

/** Puts the teams into an order. Throws AppError conflict when it is not every team once. */
export async function orderTeams(ids: string[], person: Person, now: Date): Promise<void> {
  await saveTeamOrder(ids, person, now);
}

/** Sets whose findings a person's pages open with. Throws AppError not-found. */
export async function chooseTeamScope({ team }: TeamScope, person: Person): Promise<void> {
  await saveTeamScope(team, person);
}
