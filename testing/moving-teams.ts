import type { TeamRule } from "#lib/domain/team.ts";
import { applyRules } from "#lib/usecases/apply-rules.ts";
import { changeTeam, createTeam, orderTeams, removeTeam } from "#lib/usecases/teams.ts";
import type { randomFrom } from "./random.ts";

type Person = { personId: string; userName: string };
type Random = ReturnType<typeof randomFrom>;

/** What the tag `team` of a resource may say. */
export const TEAM_TAGS = ["red", "blue", "nobody"] as const;
const TEAMS = ["red", "blue"];

const never = new AbortController().signal;

/** Two teams, each by its tag. */
export async function makeTeams(person: Person, now: Date): Promise<void> {
  for (const id of TEAMS) {
    await createTeam({ id, name: id, rules: [{ kind: "tag", pattern: `team=${id}` }], members: [] }, person, now);
  }
  await applyRules(never, () => now);
}

/** Other rules, another order, or a team that goes and comes again; and carries it out, while others write. */
export async function moveTeams(random: Random, person: Person, now: Date): Promise<void> {
  const id = random.pick(TEAMS);
  switch (random.below(4)) {
    case 0:
      await orderTeams(random.below(2) === 0 ? TEAMS : TEAMS.toReversed(), person, now);
      break;
    case 1:
      await removeTeam(id, person, now);
      await applyRules(never, () => now);
      await createTeam({ id, name: id, rules: anyRules(random), members: [] }, person, now);
      break;
    default:
      await changeTeam(id, { rules: anyRules(random) }, person, now);
  }
  await applyRules(never, () => now);
}

function anyRules(random: Random): TeamRule[] {
  const rules: TeamRule[] = [
    { kind: "tag", pattern: `team=${random.pick(TEAM_TAGS)}` },
    { kind: "image", pattern: String(random.below(8)) },
    { kind: "account", pattern: random.pick(["2*", "*1", "100000000002"]) },
  ];
  return rules.filter(() => random.below(2) === 0);
}
