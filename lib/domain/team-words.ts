import { readValues } from "./filter-values.ts";

/** Stands for a team where a place has none; no id has such a sign. */
export const NO_TEAM = "@none";

/** Stands for all teams that a person is a member of, as they are when it is asked. */
export const MY_TEAMS = "@mine";

const MOST_LETTERS = 40;

/** The teams that an address names; none where it says what can be none. */
export function readTeams(written: string | string[] | null | undefined): string[] {
  return readValues(written ?? [], (id) => id.length <= MOST_LETTERS) ?? [];
}

/** The teams that a choice stands for, as an address names them; none = everybody's findings. */
export function toTeams(chosen: string | null, mine: string[]): string[] {
  if (chosen === null) return [];
  return chosen === MY_TEAMS ? mine : [chosen];
}

/** What a rule of a team looks at. */
export const TEAM_RULE_KINDS = ["account", "tag", "image", "function", "repository", "scan"] as const;

/** An id made from a name; null where nothing of it can stand in one. */
export function toTeamId(name: string): string | null {
  const id = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, 40)
    .replace(/-$/, "");
  return id === "" ? null : id;
}
