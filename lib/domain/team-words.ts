/** Stands for a team where a place has none; no id has such a sign. */
export const NO_TEAM = "@none";

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
