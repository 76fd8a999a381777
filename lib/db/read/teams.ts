import { AppError } from "#lib/domain/errors.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { Applying, Holdings, Team, TeamChoice, Teams } from "#lib/domain/team.ts";
import { NO_TEAM, toTeams } from "#lib/domain/team-words.ts";
import { Prisma } from "../generated/client.ts";
import { SIGNED } from "./day-deltas.ts";
import { ask } from "./prepared.ts";
import { isSampleShown } from "./sample-visibility.ts";

type TeamRow = Omit<Team, "holdings">;
type OpenRow = { team: string; severity: Severity; n: number };
type HeldRow = { team: string; accounts: number; resources: number };

/** Every team in order, with what it has at present; and what no team has. */
export async function listTeams(personId: string): Promise<Teams> {
  const includeSample = await isSampleShown();
  const [teams, open, all, held, { chosen }, applying] = await Promise.all([
    selectTeams(personId),
    countOpenByTeam(includeSample),
    countOpen(includeSample),
    countHeld(includeSample),
    getTeamChoice(personId),
    getApplying(),
  ]);
  return {
    items: teams.map((team) => ({ ...team, holdings: toHoldings(team.id, held, open) })),
    noTeam: { open: toOpen(subtract(all, open)) },
    scope: chosen,
    applying,
  };
}

/** Whose findings a person's pages open with, as they chose, and every team that can be chosen, the first first. */
export async function getTeamChoice(personId: string): Promise<TeamChoice> {
  const [row] = await ask<{ chosen: TeamChoice["chosen"]; teams: { id: string; name: string; isMine: boolean }[] }>(
    Prisma.sql`
    SELECT (SELECT default_team_id FROM person WHERE id = ${personId}::uuid) AS chosen,
      (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'isMine', m.person_id IS NOT NULL) ORDER BY t.position), '[]')
        FROM team t LEFT JOIN team_member m ON m.team_id = t.id AND m.person_id = ${personId}::uuid) AS teams`,
  );
  const { chosen = null, teams = [] } = row ?? {};
  return {
    chosen,
    items: teams.map(({ id, name }) => ({ id, name })),
    mine: teams.filter(({ isMine }) => isMine).map(({ id }) => id),
  };
}

/** The teams that a person's pages open with; none = everybody's findings. */
export async function findTeamScope(personId: string): Promise<string[]> {
  const { chosen, mine } = await getTeamChoice(personId);
  return toTeams(chosen, mine);
}

/** Throws AppError not-found, naming the field, where one of the teams that a query names is not there. */
export async function requireTeams({
  team,
  "-team": left = [],
}: {
  team: string[];
  "-team"?: string[];
}): Promise<void> {
  const asked = [...team, ...left].filter((id) => id !== NO_TEAM);
  if (asked.length === 0) return;
  const rows = await ask<{ id: string }>(Prisma.sql`SELECT id FROM team WHERE id = ANY(${asked})`);
  const unknown = asked.find((id) => !rows.some((row) => row.id === id));
  if (unknown === undefined) return;
  const field = team.includes(unknown) ? "team" : "-team";
  const message = `There is no team ${unknown}. GET /api/v1/teams lists those that there are.`;
  throw new AppError("not-found", message, { faults: [{ field, message: `No team has the id ${unknown}` }] });
}

/** The names of all teams by their ids, the first team first. */
export async function listTeamNames(): Promise<Map<string, string>> {
  const rows = await ask<{ id: string; name: string }>(Prisma.sql`SELECT id, name FROM team ORDER BY position`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** How far changed rules have been carried out; null = they are. */
export async function getApplying(): Promise<Applying> {
  const [row] = await ask<{ done: number; total: number }>(Prisma.sql`
    SELECT (value->>'done')::int AS done, (value->>'total')::int AS total FROM setting
    WHERE key = 'rules' AND (value->>'applied')::int < (value->>'asked')::int`);
  return row ?? null;
}

function selectTeams(personId: string): Promise<TeamRow[]> {
  return ask<TeamRow>(Prisma.sql`
    SELECT t.id, t.name, t.position,
      (SELECT coalesce(json_agg(json_build_object('kind', q.kind, 'pattern', q.pattern) ORDER BY q.number), '[]')
        FROM team_rule q WHERE q.team_id = t.id) AS rules,
      (SELECT coalesce(json_agg(p.user_name ORDER BY p.user_name), '[]')
        FROM team_member m JOIN person p ON p.id = m.person_id WHERE m.team_id = t.id) AS members,
      EXISTS (SELECT FROM team_member m WHERE m.team_id = t.id AND m.person_id = ${personId}::uuid) AS "isMine"
    FROM team t ORDER BY t.position`);
}

/** Everything that ever came to its places, less all that left. */
function countOpenByTeam(includeSample: boolean): Promise<OpenRow[]> {
  return ask<OpenRow>(Prisma.sql`
    SELECT d.team_id AS team, d.severity, sum(${SIGNED})::int AS n FROM day_delta_team_organisation d
    WHERE ${includeSample} OR NOT d.is_sample GROUP BY 1, 2 HAVING sum(${SIGNED}) <> 0`);
}

function countOpen(includeSample: boolean): Promise<Omit<OpenRow, "team">[]> {
  return ask<Omit<OpenRow, "team">>(Prisma.sql`
    SELECT severity, sum(n)::int AS n FROM finding_cube
    WHERE status = 'active' AND (${includeSample} OR NOT is_sample) GROUP BY 1 HAVING sum(n) <> 0`);
}

function countHeld(includeSample: boolean): Promise<HeldRow[]> {
  return ask<HeldRow>(Prisma.sql`
    SELECT t.team_id AS team, count(DISTINCT t.account_id)::int AS accounts, count(*)::int AS resources
    FROM lineage_team t JOIN resource r ON r.account_id = t.account_id AND r.lineage_id = t.lineage_id
    JOIN account a ON a.id = t.account_id WHERE ${includeSample} OR NOT a.is_sample GROUP BY 1`);
}

function toHoldings(id: string, held: HeldRow[], open: OpenRow[]): Holdings {
  const { accounts = 0, resources = 0 } = held.find(({ team }) => team === id) ?? {};
  return { accounts, resources, open: toOpen(open.filter(({ team }) => team === id)) };
}

function toOpen(rows: Omit<OpenRow, "team">[]): Holdings["open"] {
  return Object.fromEntries(rows.filter(({ n }) => n !== 0).map(({ severity, n }) => [severity, n]));
}

function subtract(all: Omit<OpenRow, "team">[], parts: OpenRow[]): Omit<OpenRow, "team">[] {
  return all.map(({ severity, n }) => ({
    severity,
    n: n - parts.filter((part) => part.severity === severity).reduce((sum, part) => sum + part.n, 0),
  }));
}
